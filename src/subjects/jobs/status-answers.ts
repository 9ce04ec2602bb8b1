import { type Exchange } from "../../lab/http/exchange.js";
import { unwrap } from "./unwrap.js";

type Answer = Pick<Exchange, "json" | "text">;

/** The words that a text may call a status by, where nothing is known of the system's own. */
const USUAL =
  /\b(?:submitted|queued|pending|waiting|in[ _-]?progress|running|working|processing|started|completed?|done|finished|success(?:ful)?|failed|error)\b/i;

/**
 * The status that an answer tells: of the job with this id, where there are several in it; a field called so, or one of the words
 * that were written into the record. Null where there is none.
 */
export function statusIn(
  { json, text }: Answer,
  { id = null, words }: { id?: string | null; words?: readonly string[] } = {},
): string | null {
  const mine = id === null ? null : objectWith(json, id, 4);
  const found = findStatus(mine ?? json, 3, words) ?? (words ? findStatus(mine ?? json, 3) : null);
  if (found !== null) return found;
  if (mine !== null || isDocument(json)) return null;
  if (words) return lastOf(words, id === null ? text : text.replaceAll(id, " "));
  return typeof json === "object" && json !== null ? null : (USUAL.exec(text)?.[0] ?? null);
}

/** A list or object of JSON: its status would be a field. */
function isDocument(json: unknown): boolean {
  return typeof json === "object" && json !== null;
}

/** A plain text says its status as a word of a sentence; a number is one, too. */
function lastOf(words: readonly string[], text: string): string | null {
  const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const isIn = (word: string): boolean => new RegExp(`(?<!\\w)${escaped(word)}(?!\\w)`, "i").test(text);
  return [...words].reverse().find((word) => (word.length > 2 || /^\d+$/.test(word)) && isIn(word)) ?? null;
}

/** The smallest object in which this id stands: one of a list, or what is kept under it. */
function objectWith(value: unknown, id: string, depth: number): unknown {
  const read = unwrap(value);
  if (typeof read !== "object" || read === null || depth === 0) return null;
  for (const [key, one] of Object.entries(read) as [string, unknown][]) {
    const inner = unwrap(one);
    if (key === id && typeof inner === "object" && inner !== null) return inner;
    const found = objectWith(inner, id, depth - 1);
    if (found !== null) return found;
  }
  return !Array.isArray(read) && Object.values(read).some((one) => String(one) === id) ? read : null;
}

/** Of a field called so, also further down; only one of the words, where they are given. */
function findStatus(value: unknown, depth: number, words?: readonly string[]): string | null {
  const read = unwrap(value);
  if (typeof read !== "object" || read === null || depth === 0) return null;
  for (const [name, one] of Object.entries(read)) {
    if (!/status|state/i.test(name) || (typeof one !== "string" && typeof one !== "number")) continue;
    if (!words || words.includes(String(one))) return String(one);
  }
  for (const one of Object.values(read)) {
    const found = findStatus(one, depth - 1, words);
    if (found !== null) return found;
  }
  return null;
}

/** The body of an answer in a line or so: of a web page its words, and "(nothing)" where there is none. */
export function readable(text: string): string {
  const isPage = /^\s*<!doctype html|^\s*<html/i.test(text);
  const words = isPage
    ? text
        .replace(/<title>.*?<\/title>|<(?:style|script)[\s\S]*?<\/(?:style|script)>/gi, " ")
        .replace(/<[^>]+>/g, " ")
    : text;
  return words.replace(/\s+/g, " ").trim() || "(nothing)";
}

/** The page or JSON by which Flask and FastAPI themselves answer where there is no route for the path, or none for the method. */
export function isNoRoute({ status, text }: Pick<Exchange, "status" | "text">): boolean {
  const own =
    /<title>40[45] (?:Not Found|Method Not Allowed)<\/title>|^\s*\{\s*"detail"\s*:\s*"(?:Not Found|Method Not Allowed)"\s*\}\s*$/;
  return (status === 404 || status === 405) && own.test(text);
}

/** An answer that says something: not empty, null, or an empty list or object. */
export function saysSomething({ text }: Pick<Exchange, "text">): boolean {
  return !/^["'\s]*(?:null|\{\s*\}|\[\s*\])?["'\s]*$/.test(text);
}

/** A status of a job that waits or is in work, and of one that could not be done. */
export function isOpenWord(word: string): boolean {
  return /progress|running|started|working|pending|queued|waiting|submitted|processing/i.test(word);
}

export function isFailedWord(word: string): boolean {
  return /fail|error|abort|cancel/i.test(word);
}
