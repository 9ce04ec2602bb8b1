import { type CheckResult } from "../verdict/verdict.js";
import { wrap, wrapAdvice } from "./wrap.js";

/** How a report looks where it is shown. */
export interface Look {
  /** Columns; Infinity where lines are not to be broken. */
  width: number;
  /** Text of whatever origin as it may be shown: control characters written out. */
  clean: (text: string) => string;
  /** A symbol stands before each verdict; the word says the same. */
  symbols: boolean;
  /** Puts colour around a text; without colour it is given back as it is. */
  paint: (color: "green" | "yellow" | "red" | "dim" | "bold", text: string) => string;
}

const HEADINGS = {
  passed: { symbol: "✓", word: "PASSED", color: "green" },
  "not-yet": { symbol: "✗", word: "NOT YET", color: "yellow" },
  blocked: { symbol: "!", word: "BLOCKED", color: "yellow" },
  error: { symbol: "!", word: "TQ ERROR", color: "red" },
} as const;

/** The width of the labels, with the space around them. */
const INDENT = 13;

/** Columns in which there is no room for a text beside its label. */
const NARROW = 56;

/** A card for each check, and what the ones that did not pass hold up. */
export function formatText(checks: readonly CheckResult[], look: Look): string {
  const cards = checks
    .filter(({ verdict, blockedBy }) => verdict !== "blocked" || blockedBy !== "check")
    .map((check) => formatCard(check, checks, look));
  return cards.join("\n");
}

function formatCard(check: CheckResult, all: readonly CheckResult[], look: Look): string {
  return layOut(check, rowsOf(check, all), look);
}

/**
 * What is new in a check since a card told of it; null where nothing is. The port of a client that came back is no news,
 * nor is a command that shows the same.
 */
export function formatNews(
  check: CheckResult,
  { before, all, look }: { before: CheckResult | undefined; all: readonly CheckResult[]; look: Look },
): string | null {
  if (before?.verdict !== check.verdict || before.blockedBy !== check.blockedBy)
    return formatCard(check, all, look);
  if (check.verdict === "passed") return null;
  const old = new Map(rowsOf(before, all));
  const rows = rowsOf(check, all).filter(
    ([label, text]) => withoutPorts(text) !== withoutPorts(old.get(label)),
  );
  return rows.some(([label]) => NEWS.has(label)) ? layOut(check, rows, look) : null;
}

/** The rows that tell something new by themselves. */
const NEWS = new Set(["expected", "observed", "likely", "next"]);

function withoutPorts(text: string | undefined): string | undefined {
  return text?.replace(/(\d+\.\d+\.\d+\.\d+|\[[0-9a-f:]+\]):\d+/g, "$1");
}

type Row = [label: string, text: string | undefined];

function rowsOf(check: CheckResult, all: readonly CheckResult[]): Row[] {
  if (check.verdict === "passed")
    return [
      [
        "seen",
        `${check.observed ?? ""}${check.seenAt ? ` (remembered from ${showTime(check.seenAt)})` : ""}`,
      ],
    ];
  return [
    ["expected", check.expected],
    ["observed", check.observed],
    ["see it", check.probe],
    ["likely", check.cause],
    ["next", check.next],
    ["blocked", describeBlocked(check, all)],
  ];
}

function layOut(check: CheckResult, rows: readonly Row[], look: Look): string {
  const { symbol, word, color } = HEADINGS[check.verdict];
  const mark = look.symbols ? `${symbol} ` : "";
  const before = `${mark}${word}${" ".repeat(Math.max(9 - word.length, 1))}${check.id}  `;
  const [title = "", ...more] = wrap(check.title, look.width - before.length);
  const head = [
    look.paint(color, mark + word) + before.slice(mark.length + word.length) + look.paint("bold", title),
    ...more.map((line) => " ".repeat(before.length) + look.paint("bold", line)),
  ];
  return [...head, ...rows.flatMap(([label, text]) => (text ? formatRow(label, text, look) : []))].join("\n");
}

/** In a narrow terminal what is said stands below its label. */
function formatRow(label: string, text: string, { width, paint, clean }: Look): string[] {
  const isNarrow = width < NARROW;
  const indent = isNarrow ? 4 : INDENT;
  const fit = label === "see it" || label === "next" ? wrapAdvice : wrap;
  const lines = text.split("\n").flatMap((line) => fit(clean(line), width - indent));
  const [first = "", ...rest] = lines.map((line) => " ".repeat(indent) + line);
  const head = `  ${paint("dim", label)}`;
  return isNarrow ? [head, first, ...rest] : [`${head}${first.slice(2 + label.length)}`, ...rest];
}

/** The checks that wait for this one, directly or not. */
function describeBlocked({ id }: CheckResult, all: readonly CheckResult[]): string | undefined {
  const held = new Set([id]);
  // They stand in order of need.
  const waiting = all.filter((check) => {
    const waits = check.blockedBy === "check" && check.needs.some((need) => held.has(need));
    if (waits) held.add(check.id);
    return waits;
  });
  if (waiting.length === 0) return undefined;
  return waiting.map((check) => `${check.id} (needs ${check.needs.join(", ")})`).join("; ");
}

/** Such as 2026-11-24 10:03, in local time. */
function showTime(iso: string): string {
  const time = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
