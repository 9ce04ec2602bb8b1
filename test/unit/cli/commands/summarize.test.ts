import { expect, it } from "vitest";
import { summarize } from "../../../../src/cli/commands/exercise/summarize.js";
import { type Verification } from "../../../../src/course/session.js";

const COMMAND = "tq exercise 8 work";

function summary(exitCode: Verification["exitCode"], ...checks: object[]): string {
  return summarize({ checks, exitCode } as unknown as Verification, COMMAND);
}

const passed = { id: "8.1", verdict: "passed" };
const open = { id: "8.2", verdict: "not-yet" };
const noCluster = { id: "8.8", verdict: "blocked", blockedBy: "environment" };

it("blames the machine for what it is in the way of, and not for files that are at fault", () => {
  expect(summary(3, passed, noCluster)).toBe(
    "1 of 2 steps. This machine is in the way of the rest; see: tq doctor",
  );
  const both = summary(3, passed, open, noCluster);
  expect(both).toContain("8.2 is not there yet");
  expect(both).toContain(`${COMMAND} --hint`);
  expect(both).toContain("in the way of 8.8");
  expect(both).not.toContain("the rest");
});
