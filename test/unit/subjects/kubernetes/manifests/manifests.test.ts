import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { exercise } from "../../../../../exercises/08-kubernetes/exercise.js";
import { judgeFiles } from "../../../../../src/subjects/kubernetes/manifests/manifests.js";
import { readManifestFiles } from "../../../../../src/subjects/kubernetes/manifests/manifest-files.js";
import { type Judgement } from "../../../../../src/course/authoring.js";
import { changeFile } from "../../../../support/kubernetes/fault.js";
import { judgeSteps } from "../../../../support/kubernetes/judge-steps.js";
import { FAULTS } from "../../../../support/kubernetes/manifest-faults.js";

const data = new URL("../../../../data/manifests", import.meta.url).pathname;
type Files = Awaited<ReturnType<typeof readManifestFiles>>;

/** What each step that needs no cluster says of the files. */
async function judge(files: Files): Promise<(readonly [string, Judgement])[]> {
  return judgeSteps(await judgeFiles(files));
}

it.each(readdirSync(data))("refuses nothing of a correct answer in the style %s", async (style) => {
  const files = await readManifestFiles(join(data, style));
  const { findings, leftAlone } = await judgeFiles(files);
  expect(findings).toEqual([]);
  for (const [id, judgement] of await judge(files))
    expect([id, judgement]).toMatchObject([id, { verdict: "passed" }]);
  if (style === "older-style") {
    const names = ["ci.yml", "docker-compose.yml", "kind.yaml", "kustomization.yaml", "template.yaml"];
    expect(leftAlone.map(({ file }) => file).sort()).toEqual(names);
  }
});

it.each(FAULTS)(
  "names $mistake in $style/$file: $find → $put",
  async ({ style, file, find, put, ...expected }) => {
    const files = changeFile(await readManifestFiles(join(data, style)), { file, find, put });
    const changed = files.find(({ path }) => path === file)?.text.split("\n") ?? [];
    const lines = changed.flatMap((text, n) => (text.includes(expected.line) ? [n + 1] : []));
    expect(lines, "the line to be named stands there once").toHaveLength(1);
    const failed = (await judge(files)).filter(([, { verdict }]) => verdict !== "passed");
    const [id, judgement] = failed[0] ?? [];
    expect(id).toBe(expected.step);
    expect(judgement).toMatchObject({ verdict: "not-yet", mistake: expected.mistake });
    expect(judgement?.observed).toContain(`${file}, line ${lines[0]}: `);
    // Nothing but what it says: those of the same step, or of a step that needs it.
    const needing = (wanted: string): string[] =>
      exercise.steps.filter(({ needs }) => needs.includes(wanted)).flatMap(({ id }) => [id, ...needing(id)]);
    for (const [other] of failed) expect([expected.step, ...needing(expected.step)]).toContain(other);
    for (const text of Object.values(judgement ?? {})) expect(String(text)).not.toMatch(/undefined|\[object/);
  },
);

it("has 30 faults of at least 20 kinds, in 10 styles", () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(30);
  expect(new Set(FAULTS.map(({ mistake }) => mistake)).size).toBeGreaterThanOrEqual(20);
  expect(readdirSync(data)).toHaveLength(10);
});

it("reads what a folder of homework can hold, and never fails", async () => {
  const texts = [
    "",
    "---\n",
    "- 1\n- 2",
    "null",
    "kind: 3",
    "kind: Deployment\n",
    "apiVersion: v1\nkind: List\nitems: 3\n",
  ];
  texts.push(
    "apiVersion: apps/v1\nkind: Deployment\nspec: 3\nmetadata: []\n",
    "a: &a [*a]\nkind: x\n",
    "kind: {a: b}",
  );
  texts.push(
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {template: {spec: {containers: {a: 1}}}}",
  );
  const solution = readFileSync(join(data, "one-file", "k8s.yaml"), "utf8");
  for (let end = 0; end < solution.length; end += 97) texts.push(solution.slice(0, end));
  for (const text of texts) {
    const { findings } = await judgeFiles([{ path: "x.yml", text, unreadable: null }]);
    for (const { line, says, next } of findings) {
      expect(line).toBeGreaterThan(0);
      expect(`${says} ${next}`).not.toMatch(/undefined|\[object/);
    }
    await judge([{ path: "x.yml", text, unreadable: null }]);
  }
});
