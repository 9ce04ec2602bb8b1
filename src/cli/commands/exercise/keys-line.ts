import { type Step } from "../../../course/exercise.js";

/** What the keys do, as words and as letters alone. */
const KEYS = ["h hint", "s solution", "n next", "b back", "q quit"];

/** All keys of a step. */
export function keysFor({ compose }: Step): string {
  return [...(compose ? [`r run ${compose.join(" ")}`] : []), ...KEYS].join("  ");
}

/** The line of keys, the longest first: a terminal takes the first that it has room for. */
export function keyLines(step: Step, lookingBack: boolean, byLine: boolean): string[] {
  const state = lookingBack ? "looking back" : "waiting for you";
  const keys = keysFor(step);
  if (byLine) return [`${state}: ${keys}  (each with Enter)`];
  const letters = [...(step.compose ? ["r"] : []), ...KEYS.map((key) => key.slice(0, 1)), "?"].join(" ");
  return [`${state}: ${keys}`, `waiting: ${keys}`, `waiting: ${KEYS.join("  ")}`, `${state}: ${letters}`];
}
