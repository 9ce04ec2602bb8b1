import { type FailureExit } from "../errors.js";
import { type Target } from "./target.js";

interface Explanation {
  code: string;
  /** What is wrong; "Redis at <url> (<why>)" stands before it. */
  says: string;
  hint: string;
  exitCode?: FailureExit;
}

/** How one kind of failure is explained. */
export interface Rule {
  /** Matched against the error's code and message, joined by a space. */
  when: RegExp;
  applies?: (target: Target) => boolean;
  explain: (target: Target, seen: string) => Explanation;
}
