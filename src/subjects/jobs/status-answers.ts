import { type Exchange } from "../../lab/http/exchange.js";

/** The status word in an answer: of a field called so, also one level down; null where there is none. */
export function statusIn({ json }: Pick<Exchange, "json">): string | null {
  return findStatus(json, 2);
}

function findStatus(value: unknown, depth: number): string | null {
  if (typeof value === "string" && /^\s*\{/.test(value)) {
    try {
      return findStatus(JSON.parse(value), depth);
    } catch {
      return null;
    }
  }
  if (typeof value !== "object" || value === null || depth === 0) return null;
  for (const [name, one] of Object.entries(value)) {
    if (/status|state/i.test(name) && (typeof one === "string" || typeof one === "number"))
      return String(one);
  }
  for (const one of Object.values(value)) {
    const found = findStatus(one, depth - 1);
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

/** The page or JSON by which Flask and FastAPI themselves answer where there is no route. */
export function isNoRoute({ status, text }: Pick<Exchange, "status" | "text">): boolean {
  return (
    status === 404 && /<title>404 Not Found<\/title>|^\s*\{\s*"detail"\s*:\s*"Not Found"\s*\}\s*$/.test(text)
  );
}

/** An answer that says something: not empty, null, or an empty list or object. */
export function saysSomething({ text }: Pick<Exchange, "text">): boolean {
  return !/^["'\s]*(?:null|\{\s*\}|\[\s*\])?["'\s]*$/.test(text);
}
