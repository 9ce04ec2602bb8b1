import { expect } from "vitest";
import { type StageOutcome } from "../../../src/course/author/dev-check.js";

/** The student got the verdict that the exercise says; else all that was seen is told. */
export function expectRight(outcome: StageOutcome): void {
  const seen = outcome.looks.map((checks) =>
    checks.map(({ id, verdict, mistake, observed }) => ({ id, verdict, mistake, observed })),
  );
  expect(outcome.right, `${outcome.expected}; seen: ${JSON.stringify(seen, null, 1)}`).toBe(true);
}
