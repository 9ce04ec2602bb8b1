import { type CheckResult, overallVerdict, type Verdict } from "../verdict/verdict.js";

/** The one model behind every format. */
export interface Result {
  version: 1;
  exercise: { number: number; slug: string; title: string };
  verdict: Verdict;
  /** What a run with random choices can be repeated with. */
  seed: string;
  durationMs: number;
  /** tq's own version. */
  tq: string;
  environment: { redis: string | null; docker: string | null; node: string };
  checks: readonly CheckResult[];
}

export interface ResultFacts {
  exercise: Result["exercise"];
  checks: readonly CheckResult[];
  seed: string;
  durationMs: number;
  tq: string;
  environment: Result["environment"];
}

export function makeResult({ exercise, checks, ...facts }: ResultFacts): Result {
  const { number, slug, title } = exercise;
  return { version: 1, exercise: { number, slug, title }, verdict: overallVerdict(checks), ...facts, checks };
}
