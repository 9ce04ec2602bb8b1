import { dayIn, formatDay } from "./dates.js";
import { matchPattern } from "./match-pattern.js";
import { type Part } from "./part.js";
import { sideOf, type Source, valuesFor } from "./values.js";

/** Days behind the last one. */
const BEHIND = { start: 1, end: 2 };

/** So far in the alphabet do made-up words begin. */
const LATE_LETTER = 16;

/** A value of the right form that no data have; undefined where none is to be had. */
export function valueWithoutData(part: Part, source: Source): unknown {
  if (part.words.length > 0 || part.stored !== null) return undefined;
  const side = sideOf(part);
  if (side !== null) return behind(part, side, source);
  if (part.pattern === null || part.types.has("list")) return undefined;
  const word = matchPattern(part.pattern, LATE_LETTER);
  return word === null || JSON.stringify(source.records).includes(word) ? undefined : word;
}

function behind(part: Part, side: "start" | "end", source: Source): unknown {
  // Both ends lie behind the last of the data.
  const [last] = valuesFor({ ...part, name: "end", date: part.date && "%Y-%m-%d" }, source);
  const day = dayIn(String(last));
  if (day !== null) {
    const later = new Date(Date.parse(day) + BEHIND[side] * 86_400_000).toISOString().slice(0, 10);
    return part.date === null ? later : formatDay(later, part.date);
  }
  const number = Number(last);
  if (last === undefined || !Number.isInteger(number)) return undefined;
  const later = number + BEHIND[side];
  return part.most !== null && later > part.most ? undefined : later;
}
