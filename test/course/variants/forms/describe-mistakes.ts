import { afterAll, it } from "vitest";
import { type CheckResult } from "../../../../src/verdict/verdict.js";
import { describeWith } from "../../../support/suite/needs.js";
import { type Place } from "../draft.js";
import { checkProgram, exerciseOf } from "../check-program.js";
import { type MistakenForm } from "./mistakes.js";
import { UNNAMED } from "./unnamed.js";

const exercise = await exerciseOf(7);

/**
 * Plays programs with one mistake through exercise 7. Those that it is known to name not, or wrongly, are expected to be so:
 * a mistake that is named by now is to leave that list.
 */
export function describeMistakes(mistaken: readonly MistakenForm[]): void {
  describeWith(["python", "web"], "exercise 7 names a mistake in a program of another form", () => {
    const table: string[] = [];
    it.concurrent.for(mistaken.map((one) => [one.name, one] as const))(
      "%s",
      async ([name, one], { expect }) => {
        const checks = await checkProgram(one.files, exercise, one.form.checked);
        const wrong = findWrong(one, checks);
        table.push(`${name}\t${wrong ?? "named"}`);
        if (UNNAMED.has(name)) expect(wrong, `${name} is named: take it off the list`).not.toBeNull();
        else expect(wrong).toBeNull();
      },
    );
    afterAll(() => {
      const named = table.filter((row) => row.endsWith("\tnamed")).length;
      console.log([...table.sort(), `${named} of ${table.length} are named`].join("\n"));
    });
  });
}

/** What is not said as it should be; null where all is. */
function findWrong({ expected, at, form }: MistakenForm, checks: readonly CheckResult[]): string | null {
  const refused = checks.filter(({ verdict }) => verdict !== "passed");
  const held = refused.filter(({ verdict, blockedBy }) => verdict === "not-yet" || blockedBy === undefined);
  const says = checks.map(textOf).join("\n");
  const seen = refused
    .filter(({ blockedBy }) => blockedBy !== "check")
    .map((one) => `${one.id} ${textOf(one)}`.replaceAll(/\s+/g, " ").slice(0, 240))
    .join(" || ");
  if (expected.as === "step" && held.length === 0) return "it passes";
  if (expected.as === "said" && refused.length > 0) return `it does not pass: ${seen}`;
  if (expected.as === "machine" && held.length > 0) return `it is held against the student: ${seen}`;
  if (expected.as === "machine" && !refused.some(({ blockedBy }) => blockedBy === "environment"))
    return "nothing says that the machine is in the way";
  const lacks = expected.says.find((word) => !word.test(says));
  if (lacks) return `nothing says ${String(lacks)}: ${seen}`;
  if (expected.never?.test(says)) return `${String(expected.never)} is said: ${seen}`;
  const isPlaced = at.some((place) => namesPlace(says, place, form.checked, expected.isWholeFile));
  return expected.as === "machine" || isPlaced ? null : `${JSON.stringify(at)} is not named: ${seen}`;
}

/** All that a check says to a student. */
function textOf({ observed = "", cause = "", next = "", expected = "" }: CheckResult): string {
  return [observed, cause, next, expected].join("\n");
}

/** As `file:line`, or as the file and its line; a file that lacks is a place as well. */
function namesPlace(says: string, { file, line }: Place, checked: string, isWholeFile = false): boolean {
  const name = checked !== "" && file.startsWith(`${checked}/`) ? file.slice(checked.length + 1) : file;
  const last = name.replace(/.*\//, "").replaceAll(".", "\\.");
  return new RegExp(isWholeFile ? `\\b${last}` : `${last}(:|,? line )${line}\\b`).test(says);
}
