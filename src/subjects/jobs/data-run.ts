import { type Exchange, type Request } from "../../lab/http/exchange.js";

type Ask = (request: Request) => Promise<Exchange>;

/** What the data routes of an API answered. */
export interface DataRun {
  load: Exchange;
  list: Exchange;
  /** The records that GET /data gives, whatever form it has; null where there are none in it. */
  records: readonly DataRecord[] | null;
  /** One record by its id; null where no value of it led to an answer. */
  one: { id: string; exchange: Exchange } | null;
  /** The ids that were tried. */
  tried: string[];
  search: { word: string; exchange: Exchange; found: readonly DataRecord[] | null } | null;
  unknown: Exchange;
}

/** A record as text by field; of a list of ids, only the id. */
export type DataRecord = Readonly<Record<string, string>>;

/** As many values of the first record are tried as its id. */
const MOST_TRIES = 12;

/** Ids that no data has: where ids are numbers, a number. */
const NO_ID = { text: "no-such-record-0", number: "987654321" };

/** Loads the data, and asks for it in all ways. */
export async function runData(ask: Ask): Promise<DataRun> {
  const load = await ask({ method: "POST", path: "/data" });
  const list = await ask({ method: "GET", path: "/data" });
  const records = readRecords(list.json);
  const tried: string[] = [];
  let one: DataRun["one"] = null;
  for (const id of idsOf(records?.[0])) {
    if (one || tried.length >= MOST_TRIES) break;
    tried.push(id);
    const exchange = await ask({ method: "GET", path: `/data/${encodeURIComponent(id)}` });
    if (isFine(exchange)) one = { id, exchange };
  }
  const word = records && findWord(records);
  const search = word ? await ask({ method: "GET", path: `/data?search=${encodeURIComponent(word)}` }) : null;
  const noId = one !== null && /^\d+$/.test(one.id) ? NO_ID.number : NO_ID.text;
  const unknown = await ask({ method: "GET", path: `/data/${noId}` });
  return {
    load,
    list,
    records,
    one,
    tried,
    unknown,
    search: search && word ? { word, exchange: search, found: readRecords(search.json) } : null,
  };
}

export function isFine({ status }: Exchange): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** The records in an answer: a list, a list in an object, an object of records, each perhaps as JSON text. */
export function readRecords(json: unknown): DataRecord[] | null {
  const value = unwrap(json);
  if (Array.isArray(value)) return value.map(toRecord);
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value);
  const list = entries.map(([, one]) => unwrap(one)).find(Array.isArray);
  if (list) return (list as unknown[]).map(toRecord);
  const isOfRecords = entries.length > 0 && entries.every(([, one]) => typeof unwrap(one) === "object");
  return isOfRecords ? entries.map(([key, one]) => ({ key, ...toRecord(one) })) : null;
}

function toRecord(value: unknown): DataRecord {
  const record = unwrap(value);
  if (typeof record !== "object" || record === null) return { id: String(record) };
  return Object.fromEntries(
    Object.entries(record).map(([name, one]) => [name, typeof one === "string" ? one : JSON.stringify(one)]),
  );
}

/** JSON within JSON, as a text. */
function unwrap(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** What may be a record's id: what is called so first. */
function idsOf(record: DataRecord | undefined): string[] {
  const entries = Object.entries(record ?? {}).filter(
    ([, value]) => /^[^{[]/.test(value) && value.length <= 100,
  );
  const rank = (name: string): number =>
    /^(?:id|key)$/i.test(name) ? 0 : /(?:_id|id|key|code|name)$/i.test(name) ? 1 : 2;
  return entries.sort(([a], [b]) => rank(a) - rank(b)).map(([, value]) => value);
}

/** A word that stands in some records, and in as few as can be. */
function findWord(records: readonly DataRecord[]): string | null {
  const texts = records.map((record) => Object.values(record).join(" ").toLowerCase());
  const words = Object.values(records[0] ?? {}).flatMap((value) => value.match(/\p{L}{4,}/gu) ?? []);
  const counts = words.map((word) => ({
    word,
    count: texts.filter((text) => text.includes(word.toLowerCase())).length,
  }));
  return counts.sort((a, b) => a.count - b.count)[0]?.word ?? null;
}
