import { readFileSync, statSync } from "node:fs";
import { interpolate, type Lookup } from "./interpolate.js";

/** A variable of an `.env` file, with its line, from 1. */
export interface FileVariable {
  value: string;
  line: number;
  /** The line itself. */
  text: string;
}

/** Bytes: nobody writes a longer one. */
const LARGEST = 256 * 1024;

/** Null where there is no such file, or none that can be read. */
export function readEnvironmentFile(path: string, lookup: Lookup): Map<string, FileVariable> | null {
  try {
    const facts = statSync(path);
    if (!facts.isFile() || facts.size > LARGEST) return null;
    return parseEnvironment(readFileSync(path, "utf8"), lookup);
  } catch {
    return null;
  }
}

const LINE = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*(?:[=:]\s*(.*))?$/;

/**
 * What Compose makes of an `.env` file: comments, `export`, quotes (over several lines too), and `$NAME` outside of
 * single quotes. A name alone is taken from the caller's environment.
 * Source: https://docs.docker.com/reference/compose-file/services/#env_file-format
 */
function parseEnvironment(text: string, lookup: Lookup): Map<string, FileVariable> {
  const found = new Map<string, FileVariable>();
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const known: Lookup = (name) => lookup(name) ?? found.get(name)?.value;
  for (let n = 0; n < lines.length; n += 1) {
    const [, name, rest] = LINE.exec(lines[n] ?? "") ?? [];
    if (name === undefined) continue;
    const facts = { line: n + 1, text: (lines[n] ?? "").trim() };
    if (rest === undefined) {
      const value = lookup(name);
      if (value !== undefined) found.set(name, { ...facts, value });
      continue;
    }
    let raw = rest;
    const quote = /^["']/.exec(raw)?.[0];
    while (quote !== undefined && closing(raw, quote) === -1 && n + 1 < lines.length) {
      n += 1;
      raw += `\n${lines[n] ?? ""}`;
    }
    found.set(name, { ...facts, value: valueOf(raw, quote, known) });
  }
  return found;
}

function valueOf(raw: string, quote: string | undefined, lookup: Lookup): string {
  const end = quote === undefined ? -1 : closing(raw, quote);
  if (quote === undefined || end === -1)
    return interpolate(raw.replace(/(^|\s)#.*$/, "").trim(), lookup).text;
  const inner = raw.slice(1, end);
  if (quote === "'") return inner;
  const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t" };
  return interpolate(
    inner.replace(/\\(.)/g, (_, one: string) => escapes[one] ?? one),
    lookup,
  ).text;
}

/** Where the quote that begins a value ends; -1 where it does not. */
function closing(raw: string, quote: string): number {
  for (let at = 1; at < raw.length; at += 1) {
    if (raw[at] === "\\" && quote === '"') at += 1;
    else if (raw[at] === quote) return at;
  }
  return -1;
}
