import { afterAll, it } from "vitest";
import { type CheckResult } from "../../../../src/verdict/verdict.js";
import { describeWith } from "../../../support/suite/needs.js";
import { checkProgram, exerciseOf } from "../check-program.js";
import { type Form } from "./forms.js";

const exercise = await exerciseOf(7);
const earlier = await Promise.all([4, 5, 6].map(exerciseOf));

/** Plays these programs through exercise 7, which refuses none. */
export function describeAcceptance(forms: readonly Form[]): void {
  describeWith(["python", "web"], "exercise 7 takes a program of another form for right", () => {
    const table: string[] = [];
    it.concurrent.for(forms.map((form) => [form.name, form] as const))("%s", async ([, form], { expect }) => {
      const checks = await checkProgram(form.files, exercise, form.checked);
      const refusals = checks.filter(
        ({ verdict, blockedBy }) => verdict !== "passed" && blockedBy !== "check",
      );
      table.push(rowOf(form, refusals));
      expect(refusals).toEqual([]);
    });
    afterAll(() => {
      const passed = table.filter((row) => row.includes("\tpassed")).length;
      console.log([...table.sort(), `${passed} of ${table.length} are accepted`].join("\n"));
    });
  });
}

/** Its name, what is told, and of each step that refuses it what was seen and the cause. */
function rowOf({ name, isTold }: Form, refusals: readonly CheckResult[]): string {
  const cells = refusals.map(
    ({ id, verdict, observed = "", cause = "" }) =>
      `${id} ${verdict}: ${oneLine(observed)}${cause === "" ? "" : ` | ${oneLine(cause)}`}`,
  );
  return [name, isTold ? "tq.yaml" : "", cells.length === 0 ? "passed" : cells.join(" || ")].join("\t");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").slice(0, 200);
}

/** Plays these programs through exercises 4 to 6, which ask for the same of the newest edition. */
export function describeEarlier(forms: readonly Form[]): void {
  describeWith(["python", "web"], "exercises 4 to 6 take it for right, too", () => {
    it.for(forms.map((form) => [form.name, form] as const))(
      "%s",
      async ([, { files, checked }], { expect }) => {
        for (const exercise of earlier) {
          const checks = await checkProgram(files, exercise, checked);
          expect(checks.filter(({ verdict }) => verdict !== "passed")).toEqual([]);
        }
      },
    );
  });
}
