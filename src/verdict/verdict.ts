/** What a rule says about the evidence. */
export type Judgement = Passed | NotYet | Blocked;

export interface Passed {
  verdict: "passed";
  /** What was seen. */
  observed: string;
}

export interface NotYet {
  verdict: "not-yet";
  expected: string;
  observed: string;
  /** A command that shows the same, as it can be pasted. */
  probe: string;
  /** What to do. */
  next: string;
  /** The likely cause, where the evidence looks like a known mistake. */
  cause?: string | undefined;
  /** The mistake's name among the exercise's wrong answers. */
  mistake?: string | undefined;
}

/** The machine is in the way, as the evidence shows; or another check, without which this one would judge nothing. */
export interface Blocked {
  verdict: "blocked";
  observed: string;
  /** That check; without one it is the machine. */
  by?: string;
  /** What helps. */
  next: string;
}

export type Verdict = "passed" | "not-yet" | "blocked" | "error";

/** The outcome of one check. All but the verdict is text for a person. */
export interface CheckResult {
  id: string;
  title: string;
  verdict: Verdict;
  needs: readonly string[];
  expected?: string;
  observed?: string;
  probe?: string;
  next?: string;
  cause?: string | undefined;
  hint?: string | undefined;
  mistake?: string | undefined;
  /** With `blocked`: a check that it needs, or the machine. */
  blockedBy?: "check" | "environment";
  /** ISO 8601: when it was seen to pass, where that was earlier than this run. */
  seenAt?: string;
  score: 0 | 1;
  maxScore: 1;
  durationMs: number;
}

/** The exit code that goes with all of them: an error of tq's wins over the machine's, that over "not yet". */
export function exitCodeFor(results: readonly CheckResult[]): 0 | 1 | 3 | 70 {
  if (results.some(({ verdict }) => verdict === "error")) return 70;
  if (results.some(({ blockedBy }) => blockedBy === "environment")) return 3;
  return results.every(({ verdict }) => verdict === "passed") ? 0 : 1;
}

/** One word for all of them. */
export function overallVerdict(results: readonly CheckResult[]): Verdict {
  const verdicts = { 0: "passed", 1: "not-yet", 3: "blocked", 70: "error" } as const;
  return verdicts[exitCodeFor(results)];
}
