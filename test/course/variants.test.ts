import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { type FindingKind } from "../../src/subjects/python-code/finding.js";
import { type Project, readProject } from "../../src/subjects/python-code/project.js";
import { describeWith, python } from "../support/suite/needs.js";
import { writeProject } from "../support/python/python-project.js";
import { apiModule } from "./variants/api.js";
import { isPossible, TABLE, ways, WAYS } from "./variants/choices.js";
import { HERE } from "./variants/draft.js";
import { listMistakes, type Mistaken } from "./variants/mistakes.js";
import { holds, listPairs } from "./variants/pairwise.js";
import { describeChoices, listVariants, pathOf } from "./variants/variants.js";

const variants = listVariants();
const mistakes = listMistakes();

describe("the ways of correct programs", () => {
  it("are at least 40, each another, and the same each time", () => {
    expect(variants.length).toBeGreaterThanOrEqual(40);
    expect(new Set(variants.map(({ choices }) => describeChoices(choices))).size).toBe(variants.length);
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
    expect(listVariants()).toEqual(variants);
  });

  it("hold every two choices that can stand together", () => {
    const missing = listPairs(TABLE).filter((pair) => !variants.some(({ choices }) => holds(choices, pair)));
    expect(missing).toEqual([]);
    // All pairs of values of two ways but the two that are said to be impossible.
    const sizes = ways.map((way) => WAYS[way].length as number);
    const all = sizes.flatMap((size, at) => sizes.slice(at + 1).map((other) => size * other));
    expect(listPairs(TABLE).length).toBe(all.reduce((sum, n) => sum + n) - 2);
    expect(variants.every(({ choices }) => isPossible(choices))).toBe(true);
  });
});

describe("the mistakes in them", () => {
  it("are of 16 kinds, each in at least three programs that differ in most of their choices", () => {
    const kinds = new Set(mistakes.map(({ mistake }) => mistake));
    expect(kinds.size).toBe(16);
    for (const kind of kinds) {
      const made = new Set(mistakes.filter(({ mistake }) => mistake === kind).map(({ variant }) => variant));
      const choices = variants.filter(({ name }) => made.has(name)).map((variant) => variant.choices);
      expect(choices.length, kind).toBeGreaterThanOrEqual(3);
      const values = ways.map((way) => new Set(choices.map((one) => one[way])).size);
      expect(values.filter((n) => n > 1).length, kind).toBeGreaterThan(ways.length * 0.6);
    }
  });

  it.each(mistakes.map((one) => [`${one.mistake} ${one.form} in ${one.variant}`, one] as const))(
    "%s changes the program, and a line of it is pointed at",
    (_, { variant, files, at }) => {
      const correct = variants.find(({ name }) => name === variant)?.files;
      expect(files).not.toEqual(correct);
      expect(Object.keys(files)).toEqual(Object.keys(correct ?? {}));
      expect(at.length).toBeGreaterThan(0);
      for (const { file, line } of at) {
        expect(files[file], `${file} is where the change is`).not.toBe(correct?.[file]);
        expect(files[file]?.split("\n")[line - 1]?.trim()).not.toBe("");
      }
      expect(Object.values(files).join("")).not.toContain(HERE);
    },
  );
});

/** The sources that Python's compiler refuses; one process for all of them. */
function refused(sources: Readonly<Record<string, string>>): string[] {
  const program = `
import json, sys
wrong = []
for name, text in json.load(sys.stdin).items():
    try:
        compile(text, name, "exec")
    except SyntaxError:
        wrong.append(name)
json.dump(wrong, sys.stdout)`;
  const input = JSON.stringify(sources);
  return JSON.parse(execFileSync(python(), ["-c", program], { input, encoding: "utf8" })) as string[];
}

const pythonOnly = (name: string, files: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(files)
    .filter(([path]) => path.endsWith(".py"))
    .map(([path, text]) => [`${name}/${path}`, text]);

describeWith("python", "the sources", () => {
  it("compile, but for the syntax errors", () => {
    const named = mistakes.map((one) => ({ ...one, name: `${one.mistake}-${one.form}-${one.variant}` }));
    const sources = [...variants, ...named].flatMap(({ name, files }) => pythonOnly(name, files));
    const errors = named
      .filter(({ mistake }) => mistake === "syntax-error")
      .flatMap(({ name, at }) => at.map(({ file }) => `${name}/${file}`));
    expect(refused(Object.fromEntries(sources)).sort()).toEqual(errors.sort());
  });
});

async function read(files: Readonly<Record<string, string>>): Promise<Project> {
  await using project = await writeProject(files);
  return await readProject(project.folder);
}

describe("tq's reader", () => {
  it.each(variants.map((variant) => [variant.name, variant] as const))(
    "takes a correct program for right: %s",
    async (_, { files, choices }) => {
      const { api, jobs, worker, framework, clients, findings } = await read(files);
      expect(findings).toEqual([]);
      const [apiFile, ...others] = [apiModule(choices), "jobs", "worker"].map((name) =>
        pathOf(choices, `${name}.py`),
      );
      expect([api?.file, jobs?.file, worker?.file]).toEqual([apiFile, ...others]);
      expect(framework).toBe(choices.framework);
      const dbs = clients.map(({ kind, db }) => (db.kind === "literal" ? `${kind} ${db.value}` : kind));
      const expected = [
        `queue ${choices.queueDb}`,
        `redis ${choices.jobsDb}`,
        `redis ${choices.jobsDb === 0 ? 5 : 0}`,
        ...(choices.results === "database" ? ["redis 3"] : []),
      ];
      expect(dbs.sort()).toEqual(expected.sort());
    },
  );

  /** What the reader calls it. */
  function kindOf({ mistake, form }: Mistaken): FindingKind {
    return mistake === "status-not-as-asked" && form === 4 ? "parameter-overwritten" : mistake;
  }

  it("points at each mistake", async () => {
    const missed = new Set<string>();
    for (const one of mistakes) {
      const expected = kindOf(one);
      const { findings } = await read(one.files);
      const isFound = one.at.every(({ file, line }) =>
        findings.some((found) => found.kind === expected && found.file === file && found.line === line),
      );
      if (!isFound) missed.add(`${one.mistake} ${one.form}`);
    }
    expect([...missed]).toEqual([]);
  });
});
