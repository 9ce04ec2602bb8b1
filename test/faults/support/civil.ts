import { expect } from "vitest";
import { type Ended } from "../../support/command-line/tq.js";

/** The control characters that may not reach standard error: all but the end of a line. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

/** What holds for every command, whatever it is given: an exit code of the table, no bug, no stack, no raw controls. */
export function expectCivil({ code, stderr }: Ended, codes: readonly number[]): void {
  expect(stderr).not.toContain("a bug in tq");
  expect(stderr).not.toMatch(/^\s*at .*:\d+:\d+\)?$/m);
  expect(stderr).not.toContain("(node:");
  expect(stderr).not.toMatch(CONTROL);
  expect(codes, stderr).toContain(code);
}
