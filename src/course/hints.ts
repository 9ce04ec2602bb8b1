import { type CheckResult } from "../verdict/verdict.js";
import { type Exercise } from "./exercise.js";

/** The four steps of a hint, from the vaguest to nearly the solution. */
const KINDS = ["a question", "the idea", "a command", "nearly the solution"];

export interface Hint {
  /** From 1. */
  number: number;
  of: number;
  kind: string;
  text: string;
}

/**
 * The hint of this level (from 0; beyond the last it stays the last) for a step. Where the evidence looks like a known
 * mistake, or its cause is known, it speaks of that one.
 */
export function hintFor(
  { hints }: Exercise,
  id: string,
  level: number,
  result?: Partial<CheckResult>,
): Hint | null {
  const all = hints[id];
  if (!all) return null;
  const n = Math.min(level, all.length - 1);
  const { mistake, cause, probe, next } = result ?? {};
  const particular = mistake === undefined && cause === undefined ? [] : [undefined, cause, probe, next];
  const text = [all[n], particular[n] === undefined ? "" : `${PREFIXES[n] ?? ""}${particular[n]}`];
  return { number: n + 1, of: all.length, kind: KINDS[n] ?? "", text: text.filter(Boolean).join("\n") };
}

const PREFIXES = ["", "What tq sees looks like this: ", "Here:  ", "Here:  "];
