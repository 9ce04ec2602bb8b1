import { TqError } from "../errors.js";
import { type CheckResult, type Judgement, type NotYet } from "./verdict.js";

/** What can be verified: evidence is gathered, then judged by a pure rule. `Probes` gather it. */
export interface Check<Probes> {
  /** Such as "2.3". */
  id: string;
  title: string;
  /** Ids of the checks that must have passed before this one means anything. */
  needs: readonly string[];
  /** It is about what was running: once seen it stays passed. */
  lasting: boolean;
  /**
   * Throws `TqError` with exit code 3 where the machine is in the way; any other error is a bug of ours.
   */
  examine: (probes: Probes) => Promise<Judgement>;
}

export interface RunOptions<Probes> {
  checks: readonly Check<Probes>[];
  probes: Probes;
  /** When each check was seen to pass before, and what was seen then. */
  seen: ReadonlyMap<string, { at: string; observed: string }>;
  /** The tq command that runs one check again. */
  rerun: (id: string) => string;
  /** The hint that goes with a check that has not passed. */
  hintFor?: ((id: string, judgement: NotYet) => string | undefined) | undefined;
}

/** Runs the checks in order of need, those that wait on none at the same time. Results in the order of `checks`. */
export async function runChecks<Probes>(options: RunOptions<Probes>): Promise<CheckResult[]> {
  const outcomes = new Map<string, Promise<CheckResult>>();
  const { checks } = options;
  const byId = new Map(checks.map((check) => [check.id, check]));
  const start = (check: Check<Probes>): Promise<CheckResult> => {
    let outcome = outcomes.get(check.id);
    if (!outcome) {
      const needed = check.needs.flatMap((id) => byId.get(id) ?? []);
      outcome = Promise.all(needed.map(start)).then((results) => runOne(check, results, options));
      outcomes.set(check.id, outcome);
    }
    return outcome;
  };
  return Promise.all(checks.map(start));
}

async function runOne<Probes>(
  check: Check<Probes>,
  needed: readonly CheckResult[],
  options: RunOptions<Probes>,
): Promise<CheckResult> {
  const started = performance.now();
  const { id, title, needs } = check;
  const since = (): number => Math.round(performance.now() - started);
  const base = { id, title, needs, score: 0, maxScore: 1 } as const;
  const seen = check.lasting ? options.seen.get(id) : undefined;
  const fromRecord = (): CheckResult | null =>
    seen
      ? {
          ...base,
          verdict: "passed",
          observed: seen.observed,
          seenAt: seen.at,
          score: 1,
          durationMs: since(),
        }
      : null;
  const missing = needed.filter(({ verdict }) => verdict !== "passed");
  if (missing.length > 0) return fromRecord() ?? blockedByChecks(base, missing, options.rerun, since());
  try {
    const judgement = await check.examine(options.probes);
    if (judgement.verdict === "passed") return { ...base, ...judgement, score: 1, durationMs: since() };
    if (judgement.verdict === "blocked") {
      const { by } = judgement;
      const result = blockedByMachine(base, judgement, options.rerun(by ?? id), since());
      return fromRecord() ?? (by === undefined ? result : { ...result, blockedBy: "check" });
    }
    const hint = options.hintFor?.(id, judgement);
    return fromRecord() ?? { ...base, ...judgement, hint, durationMs: since() };
  } catch (error) {
    if (error instanceof TqError && error.exitCode === 3) {
      const { message, hint = "See what this machine lacks: tq doctor" } = error;
      return (
        fromRecord() ?? blockedByMachine(base, { observed: message, next: hint }, options.rerun(id), since())
      );
    }
    return failed(base, error, options.rerun(id), since());
  }
}

type Base = Pick<CheckResult, "id" | "title" | "needs" | "score" | "maxScore">;

function blockedByChecks(
  base: Base,
  missing: readonly CheckResult[],
  rerun: (id: string) => string,
  durationMs: number,
): CheckResult {
  const ids = missing.map(({ id }) => id).join(", ");
  return {
    ...base,
    verdict: "blocked",
    blockedBy: "check",
    expected: base.title,
    observed: `not looked at: it needs ${ids}`,
    probe: rerun(missing[0]?.id ?? base.id),
    next: `first ${missing.map(({ id, title }) => `${id}, ${title}`).join("; ")}`,
    durationMs,
  };
}

function blockedByMachine(
  base: Base,
  { observed, next }: { observed: string; next: string },
  rerun: string,
  durationMs: number,
): CheckResult {
  return {
    ...base,
    verdict: "blocked",
    blockedBy: "environment",
    expected: base.title,
    observed,
    probe: rerun,
    next,
    durationMs,
  };
}

function failed(base: Base, error: unknown, rerun: string, durationMs: number): CheckResult {
  return {
    ...base,
    verdict: "error",
    expected: base.title,
    observed: `tq itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    probe: `${rerun} --debug`,
    next: "This is not your fault. Please report it with these lines.",
    durationMs,
  };
}
