import { unwrap } from "./unwrap.js";

/** A record as text by field; of a list of ids, only the id. */
export type DataRecord = Readonly<Record<string, string>>;

/** A record as it was answered. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** The records in an answer: a list, a list in an object, an object of records, each perhaps as JSON text. */
export function readRaw(json: unknown): RawRecord[] | null {
  const value = unwrap(json);
  if (Array.isArray(value)) return value.map(toRaw);
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value);
  const list = entries.map(([, one]) => unwrap(one)).find(Array.isArray);
  if (list) return (list as unknown[]).map(toRaw);
  const isOfRecords = entries.length > 0 && entries.every(([, one]) => typeof unwrap(one) === "object");
  return isOfRecords ? entries.map(([key, one]) => ({ key, ...toRaw(one) })) : null;
}

export function readRecords(json: unknown): DataRecord[] | null {
  return readRaw(json)?.map(toText) ?? null;
}

export function toText(record: RawRecord): DataRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, one]) => [name, typeof one === "string" ? one : JSON.stringify(one)]),
  );
}

function toRaw(value: unknown): RawRecord {
  const record = unwrap(value);
  return typeof record === "object" && record !== null ? (record as RawRecord) : { id: record };
}

/** What may be a record's id: what is called as the route calls it, then what is called so. */
export function idsOf(record: DataRecord | undefined, called: string): string[] {
  const entries = Object.entries(record ?? {}).filter(
    ([, value]) => /^[^{[]/.test(value) && value.length <= 100,
  );
  const rank = (name: string): number =>
    name.toLowerCase() === called.toLowerCase()
      ? 0
      : /^(?:id|key)$/i.test(name)
        ? 1
        : /(?:_id|id|key|code|name|symbol)$/i.test(name)
          ? 2
          : 3;
  return entries.sort(([a], [b]) => rank(a) - rank(b)).map(([, value]) => value);
}

/** So many fields are searched for a word of theirs. */
const MOST_WORDS = 4;

/** Words that stand in some records, each of another field, those first that stand in the fewest. */
export function findWords(records: readonly DataRecord[]): string[] {
  const texts = records.map((record) => Object.values(record).join(" ").toLowerCase());
  const words = Object.values(records[0] ?? {}).flatMap((value) => {
    const counts = (value.match(/\p{L}{4,}/gu) ?? []).map((word) => ({
      word,
      count: texts.filter((text) => text.includes(word.toLowerCase())).length,
    }));
    return counts.sort((a, b) => a.count - b.count).slice(0, 1);
  });
  return words
    .sort((a, b) => a.count - b.count)
    .map(({ word }) => word)
    .slice(0, MOST_WORDS);
}
