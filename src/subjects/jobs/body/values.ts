import { dayIn, formatDay } from "./dates.js";
import { fitsPattern, matchPattern } from "./match-pattern.js";
import { type Part } from "./part.js";

/** What the values of a job may be taken from. */
export interface Source {
  /** The loaded data. */
  records: readonly Readonly<Record<string, unknown>>[];
  /** Numbers that follow from the seed. */
  range: { start: number; end: number };
}

/** So many records are looked at: the ends of the data are among them. */
const LOOKED_AT = 400;

/**
 * Values that the part may have, the likeliest first: what is demanded of it in the code, then what the data hold, then anything of
 * its type. Those of the n-th try go together: they come from one record.
 */
export function valuesFor(part: Part, source: Source): unknown[] {
  const found = [...part.words, ...part.examples, ...fromData(part, source), ...made(part, source)];
  const fitting = found.map((value) => shape(part, value)).filter((value) => value !== undefined);
  return [...new Map(fitting.map((value) => [JSON.stringify(value), value])).values()];
}

const END = /end|stop|(?:^|_)to$|max|last|until|high/i;
const START = /start|begin|(?:^|_)from$|min|first|since|low/i;

/** Of a pair such as start and end. */
export function sideOf({ name }: Pick<Part, "name">): "start" | "end" | null {
  return START.test(name) ? "start" : END.test(name) ? "end" : null;
}

function fromData(part: Part, { records }: Source): unknown[] {
  const some = records.length > LOOKED_AT ? sample(records) : records;
  const fields = [...new Set(some.flatMap((record) => Object.keys(record)))];
  const values = (field: string): unknown[] =>
    some
      .map((record) => record[field])
      .filter((value) => value !== undefined && value !== null && value !== "");
  const side = sideOf(part);
  if (part.date !== null || (side && !mustBeNumber(part))) {
    const days = fields.flatMap((field) => values(field).flatMap((value) => dayIn(String(value)) ?? []));
    const sorted = [...new Set(days)].sort();
    if (sorted.length > 0) return side === "end" ? sorted.reverse() : sorted;
    if (part.date !== null) return [];
  }
  const named = part.stored?.field ?? fieldNamed(part.name, fields);
  if (named !== null && fields.includes(named)) {
    const own = values(named);
    return side ? sorted(own, side) : own;
  }
  if (side) {
    const numbers = fields.filter((field) => values(field).every((value) => Number.isInteger(Number(value))));
    const [best] = numbers.sort((a, b) => spread(values(b)) - spread(values(a)));
    return best === undefined ? [] : sorted(values(best).map(Number), side);
  }
  // What is looked up among the data may be called otherwise there.
  if (part.stored !== null || (part.words.length === 0 && part.pattern !== null)) {
    const ids = fields.filter((field) => /^(?:id|key)$|id$|name|code|symbol/i.test(field));
    return [...ids, ...fields].flatMap((field) => values(field).slice(0, 2));
  }
  return [];
}

/** Four-digit years before all else: a job is rarely about anything but a time. */
function spread(values: readonly unknown[]): number {
  const numbers = values.map(Number);
  const years = numbers.every((value) => value > 1500 && value < 2200);
  return new Set(numbers).size + (years ? 1000 : 0);
}

function sorted(values: readonly unknown[], side: "start" | "end"): unknown[] {
  const order = [...values].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1,
  );
  return side === "end" ? order.reverse() : order;
}

function sample<T>(items: readonly T[]): T[] {
  const half = LOOKED_AT / 2;
  return [...items.slice(0, half), ...items.slice(-half)];
}

/** The field of the data that a part is called after: start_year, lighthouse_name, tickers. */
export function fieldNamed(name: string, fields: readonly string[]): string | null {
  const plain = (one: string): string => one.toLowerCase().replace(/[^a-z0-9]/g, "");
  const wanted = plain(name);
  const single = wanted.replace(/s$/, "");
  return (
    fields.find((field) => plain(field) === wanted) ??
    fields.find((field) => plain(field) === single || plain(field) === `${wanted}s`) ??
    fields.find(
      (field) =>
        plain(field).length > 2 && (wanted.endsWith(plain(field)) || wanted.startsWith(plain(field))),
    ) ??
    fields.find((field) => single.length > 2 && plain(field).endsWith(single)) ??
    // quake_id, stationId.
    fields.find((field) => plain(field) === "id" && /[_-]ids?$|[a-z]I[dD]s?$/.test(name)) ??
    null
  );
}

function mustBeNumber({ types }: Part): boolean {
  return (types.has("int") || types.has("float")) && !types.has("str");
}

/** Where the data tell no days: some, and then a time that holds all there may be. */
const DAYS = { start: ["2020-01-01", "1900-01-01"], end: ["2022-12-31", "2099-12-31"] };

/** Values out of nothing. */
function made(part: Part, { range }: Source): unknown[] {
  const side = sideOf(part);
  if (part.date !== null) return DAYS[side ?? "start"];
  if (part.pattern !== null) {
    const { pattern } = part;
    return [0, 1, 2].map((n) => matchPattern(pattern, n)).filter((text) => text !== null);
  }
  if (part.types.has("bool") && part.types.size === 1) return [true, false];
  if (part.types.has("dict")) return [{}];
  const numbers = numbersFor(part, range, side);
  if (part.types.size === 1 && part.types.has("str")) return [...wordsFor(part), ...numbers.map(String)];
  return mustBeNumber(part) || side || /year|month|day|hour|count|number|size|^n$/i.test(part.name)
    ? [...numbers, ...(side ? DAYS[side] : [])]
    : [...wordsFor(part), ...numbers];
}

function numbersFor({ name, least, most }: Part, range: Source["range"], side: string | null): number[] {
  const usual = side === "end" ? [range.end, 2100] : side === "start" ? [range.start, 1] : null;
  const list = /year/i.test(name)
    ? [...(side === "end" ? [2020, 2100] : []), 2010, 1900, 2020, 1800]
    : /month/i.test(name)
      ? [6, 1, 12]
      : usual === null
        ? [1, 2, 10]
        : usual;
  const inside = (value: number): number => Math.min(Math.max(value, least ?? -Infinity), most ?? Infinity);
  return [...list.map(inside), ...(least === null ? [] : [least]), ...(most === null ? [] : [most])];
}

function wordsFor({ length, edges: [front, behind] }: Part): string[] {
  return ["A", "B", "test"].map((word) => {
    const middle = length === null ? word : word.repeat(length).slice(0, length);
    return `${front}${middle}${behind}`;
  });
}

/** The value as its part must have it; undefined where it cannot be. */
function shape(part: Part, value: unknown): unknown {
  if (part.types.has("list") && !Array.isArray(value)) {
    const one = scalar(part, value);
    return one === undefined ? undefined : part.where === "json" ? [one] : one;
  }
  return Array.isArray(value) || (typeof value === "object" && value !== null) ? value : scalar(part, value);
}

function scalar(part: Part, value: unknown): unknown {
  const { date, types, least, most, pattern } = part;
  if (date !== null) {
    const day = dayIn(String(value));
    return day === null ? undefined : formatDay(day, date);
  }
  if (mustBeNumber(part)) {
    const number = Number(value);
    if (value === "" || !Number.isFinite(number) || typeof value === "boolean") return undefined;
    if ((least !== null && number < least) || (most !== null && number > most)) return undefined;
    return types.has("float") ? number : Math.trunc(number);
  }
  if (types.has("bool") && types.size === 1) return value === true || value === "true";
  if (types.has("str") && !types.has("int") && !types.has("float")) value = inCase(part, String(value));
  if (pattern !== null && !fitsPattern(pattern, String(value))) return undefined;
  if (typeof value === "number" && ((least !== null && value < least) || (most !== null && value > most)))
    return undefined;
  return typeof value === "string" ? inCase(part, value) : value;
}

/** A handler that makes capitals of it takes any; the words of its list are as they are. */
function inCase({ words }: Part, text: string): string {
  return words.find((word) => String(word).toLowerCase() === text.toLowerCase())?.toString() ?? text;
}
