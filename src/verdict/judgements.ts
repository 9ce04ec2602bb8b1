import { type Blocked, type NotYet, type Passed } from "./verdict.js";

/** The step is done; `observed` says what was seen. */
export function passed(observed: string): Passed {
  return { verdict: "passed", observed };
}

/** The machine is in the way. */
export function blocked(observed: string, next: string): Blocked {
  return { verdict: "blocked", observed, next };
}

/** Another check has not passed, and what was seen tells nothing without it. */
export function waitsFor(id: string, observed: string): Blocked {
  return { verdict: "blocked", observed, next: `first ${id}`, by: id };
}

export function notYet(facts: Omit<NotYet, "verdict">): NotYet {
  return { verdict: "not-yet", ...facts };
}
