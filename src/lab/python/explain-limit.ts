import { type Limit } from "../program/program.js";

/** Why tq ended a program, as a rule says it; null where it did not. */
export function explainLimit(limit: Limit | null): { cause: string; next: string; mistake: string } | null {
  switch (limit) {
    case "output":
      return {
        cause: "it printed more than 16 MB, and was ended: a print in a loop without an end?",
        next: "look at what prints, and how often",
        mistake: "without-end",
      };
    case "processor":
      return {
        cause: "it used a processor for a minute, and was ended: a loop without an end?",
        next: "look for the loop that does not come to its end",
        mistake: "without-end",
      };
    case null:
      return null;
  }
}
