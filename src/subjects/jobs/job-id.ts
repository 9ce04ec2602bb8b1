import { type Exchange } from "../../lab/http/exchange.js";
import { type Submission } from "./submission.js";

/** What the API calls a job's id, the likeliest first. */
const NAMES = ["id", "jid", "job_id", "jobid", "job-id", "uuid", "task_id", "key"];

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** A shorter word of a sentence may stand in a key by chance. */
const SHORTEST = 8;

/**
 * The job's id: a text of the answer that stands on the queue or in a key of the record, what is called an id before the rest; else
 * what is called so. Null where there is none.
 */
export function jobIdOf({ exchange, changed }: Pick<Submission, "exchange" | "changed">): string | null {
  const { json, text, headers } = exchange;
  const told = Object.values(headers);
  const named = namedIds(json ?? text, 4);
  const uuids = [text, ...told].join(" ").match(new RegExp(UUID, "gi")) ?? [];
  const words = [
    ...named,
    ...uuids,
    ...textsIn(json ?? text),
    ...told.flatMap((value) => value.split(/[/?=&]/).reverse()),
  ];
  const messages = changed.flatMap(({ items }) => items.slice(-1));
  const keys = changed.filter(({ items }) => items.length === 0);
  const isKnown = (word: string): boolean =>
    word !== "" &&
    (messages.some(({ value, text: whole, shown }) =>
      value === null
        ? word.length >= SHORTEST && /\d/.test(word) && (whole ?? shown).includes(word)
        : value === word,
    ) ||
      keys.some(
        ({ key, fields }) =>
          key === word || (word.length >= SHORTEST && (key.includes(word) || word in (fields ?? {}))),
      ));
  return words.find(isKnown) ?? named[0] ?? uuids[0] ?? null;
}

/** The same where of all that it changed only the messages are known. */
export function idAmong(exchange: Exchange, messages: readonly string[]): string | null {
  const changed = messages.map((message) => ({
    db: 0,
    key: "",
    type: "list",
    fields: null,
    text: null,
    items: [
      {
        value: /^[\x20-\x7e]{1,80}$/.test(message) ? message : null,
        pickled: true,
        shown: "",
        text: message,
      },
    ],
  }));
  return jobIdOf({ exchange, changed });
}

/** Values under the names of ids, those of the outer object first. */
function namedIds(value: unknown, depth: number): string[] {
  const read = unwrap(value);
  if (typeof read !== "object" || read === null || depth === 0) return [];
  const entries = Object.entries(read) as [string, unknown][];
  const own = NAMES.flatMap((name) =>
    entries.flatMap(([key, one]) =>
      key.toLowerCase() === name && (typeof one === "string" || typeof one === "number") ? [String(one)] : [],
    ),
  );
  return [...own, ...entries.flatMap(([, one]) => namedIds(one, depth - 1))];
}

/** All texts in a JSON value, and the words of each. */
function textsIn(value: unknown): string[] {
  const read = unwrap(value);
  if (typeof read === "string") return [read, ...read.split(/[^\w-]+/)];
  if (typeof read === "number") return [String(read)];
  return typeof read === "object" && read !== null ? Object.values(read).flatMap(textsIn) : [];
}

function unwrap(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{"]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
