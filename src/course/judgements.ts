import { type NotYet, type Passed } from "../check/verdict.js";

/** The step is done; `observed` says what was seen. */
export function passed(observed: string): Passed {
  return { verdict: "passed", observed };
}

export function notYet(facts: Omit<NotYet, "verdict">): NotYet {
  return { verdict: "not-yet", ...facts };
}
