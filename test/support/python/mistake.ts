import { type FindingKind } from "../../../src/subjects/python-code/finding.js";
import { type Ways } from "./jobs-api.js";

/** A mistake: what is replaced where (by a pattern that stands there once), and the line that must be named. */
export interface Mistake {
  kind: FindingKind;
  breaks: boolean;
  in: "api" | "jobs" | "worker" | "compose";
  change: [find: RegExp, put: string][];
  /** Stands in the line that is named. */
  line: RegExp;
  /** What must be said besides. */
  says?: RegExp;
  only?: (ways: Ways) => boolean;
}
