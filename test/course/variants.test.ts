import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWith, python } from "../support/needs.js";
import { useClient, useRedisServer } from "../support/redis-server.js";
import { DIMENSIONS, isPossible, OPTIONS, WORDS } from "./variants/choices.js";
import { allPairs, holds } from "./variants/cover-pairs.js";
import { listVariants } from "./variants/index.js";
import { listMistakes } from "./variants/make-mistakes.js";
import { RunningVariant, writeFiles } from "./variants/run-variant.js";

const variants = listVariants();
const mistakes = listMistakes();

describe("the list of variants", () => {
  it("has every pair of choices, and at least forty variants that all differ", () => {
    const missing = allPairs().filter((pair) => !variants.some(({ choices }) => holds(choices, pair)));
    expect(missing).toEqual([]);
    expect(variants.every(({ choices }) => isPossible(choices))).toBe(true);
    expect(variants.length).toBeGreaterThanOrEqual(40);
    expect(new Set(variants.map(({ files }) => JSON.stringify(files))).size).toBe(variants.length);
  });

  it("is the same each time", () => {
    expect(listVariants()).toEqual(variants);
    expect(listMistakes()).toEqual(mistakes);
  });

  it("has each mistake in three variants, in one place each", () => {
    const names = [...new Set(mistakes.map(({ mistake }) => mistake))];
    expect(names).toHaveLength(16);
    for (const name of names) {
      const made = mistakes.filter(({ mistake }) => mistake === name);
      expect(new Set(made.map(({ variant }) => variant.name)).size, name).toBeGreaterThanOrEqual(3);
    }
    for (const { mistake, variant, files, at } of mistakes) {
      expect(files, mistake).not.toEqual(variant.files);
      const lines = (files[at.file] ?? "").split("\n");
      expect(lines[at.line - 1]?.trim(), `${mistake} at ${at.file}:${at.line}`).toBeTruthy();
    }
  });
});

/** Compiles each file that it is given by its path; prints as JSON the line of each that Python cannot read. */
const COMPILE = `
import json, sys
found = {}
for path in sys.stdin.read().splitlines():
    try:
        compile(open(path, encoding="utf-8").read(), path, "exec")
    except SyntaxError as error:
        found[path] = error.lineno
print(json.dumps(found))
`;

describeWith("python", "the code of the variants", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tq-test-variants-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("is what Python reads, but for syntax errors, which stand where they are said to", async () => {
    const laid = [...variants, ...mistakes].map((one, n) => ({ ...one, folder: join(folder, String(n)) }));
    for (const one of laid) await writeFiles(one.folder, one.files);
    const paths = laid.flatMap((one) =>
      Object.keys(one.files)
        .filter((file) => file.endsWith(".py"))
        .map((file) => join(one.folder, file)),
    );
    const compiling = promisify(execFile)(python(), ["-c", COMPILE]);
    compiling.child.stdin?.end(paths.join("\n"));
    const wrong = laid.flatMap((one) =>
      "at" in one && one.mistake === "syntax-error" ? [[join(one.folder, one.at.file), one.at.line]] : [],
    );
    expect(JSON.parse((await compiling).stdout)).toEqual(Object.fromEntries(wrong));
  });
});

/** So few that it does not take long, and each option is among them. */
const DOZEN = variants.filter((_, n) => n % 4 === 0);

describeWith(["redis", "web"], "a dozen of the variants, run", () => {
  const redis = useRedisServer();
  useClient(redis);

  it("has every option", () => {
    for (const dimension of DIMENSIONS) {
      const found = new Set(DOZEN.map(({ choices }) => choices[dimension]));
      expect([...found].sort(), dimension).toEqual([...OPTIONS[dimension]].sort());
    }
  });

  it.each(DOZEN)("$name", async (variant) => {
    await using running = await RunningVariant.lay(variant, python(), redis().port);
    const [submitted, , done] = WORDS[variant.choices.words];
    running.startApi();
    await expect.poll(() => running.ask("GET", "/jobs")).toEqual({ status: 200, body: [] });
    expect(await running.ask("POST", "/data")).toMatchObject({ body: { loaded: 4 } });
    expect((await running.ask("GET", "/data"))?.body).toHaveLength(4);
    expect((await running.ask("GET", "/data?search=robin"))?.body).toHaveLength(2);
    expect(await running.ask("GET", "/data/s3")).toMatchObject({ body: { bird: "robin", count: 3 } });
    expect(await running.ask("GET", "/data/none")).toMatchObject({ status: 404 });
    expect(await running.ask("GET", "/jobs/none")).toMatchObject({ status: 404 });
    expect([400, 422]).toContain((await running.ask("POST", "/jobs", { start: 1 }))?.status);

    const range = { start: "2026-03-01", end: "2026-03-05" };
    const answer = await running.ask("POST", "/jobs", range);
    expect(answer).toMatchObject({ status: 202, body: { ...range, status: submitted } });
    const job = answer?.body as { id: string };
    const listed = variant.choices.jobList === "ids" ? job.id : job;
    expect(await running.ask("GET", "/jobs")).toEqual({ status: 200, body: [listed] });
    const results = `/jobs/${job.id}/results`;
    expect((await running.ask("GET", results))?.body).toMatchObject({ status: submitted });

    running.startWorker();
    const status = async (): Promise<unknown> => (await running.ask("GET", `/jobs/${job.id}`))?.body;
    await expect.poll(status).toEqual({ id: job.id, ...range, status: done });
    expect((await running.ask("GET", results))?.body).toEqual({ sightings: 3, birds: 6 });
  });
});
