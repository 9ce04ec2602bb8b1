import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { newExercise } from "../../../../src/course/author/new-exercise.js";

const template = new URL("../../../../src/course/author/template", import.meta.url).pathname;

let clone: string;
let assets: string;

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "tq-clone-"));
  assets = join(clone, "assets");
  await cp(template, join(assets, "template"), { recursive: true });
  await mkdir(join(clone, "src", "course"), { recursive: true });
  await mkdir(join(clone, "exercises", "07-jobs-api"), { recursive: true });
});

afterEach(() => rm(clone, { recursive: true }));

it("lays out an exercise with the next number, and leaves no placeholder", async () => {
  const folder = await newExercise({ clone, assets, slug: "dead-letters" });
  expect(folder).toBe(join("exercises", "08-dead-letters"));
  const files = await readdir(join(clone, folder), { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  expect(paths.length).toBeGreaterThan(6);
  for (const path of paths) {
    expect(path).not.toMatch(/\.template$/);
    expect(await readFile(path, "utf8"), path).not.toContain("{{");
  }
  const definition = await readFile(join(clone, folder, "exercise.ts"), "utf8");
  expect(definition).toContain("number: 8,");
  expect(definition).toContain('title: "Dead letters"');
});

it.each(["", "Bad", "a b", "../x", "-x", "x-", "jobs-api"])("refuses the name %j", async (slug) => {
  await expect(newExercise({ clone, assets, slug })).rejects.toMatchObject({ exitCode: 2 });
  expect(await readdir(join(clone, "exercises"))).toEqual(["07-jobs-api"]);
});

it("says so where there is no clone, and writes nothing", async () => {
  await rm(join(clone, "src"), { recursive: true });
  await expect(newExercise({ clone, assets, slug: "x" })).rejects.toThrow("no clone of tq");
  expect(existsSync(join(clone, "exercises", "08-x"))).toBe(false);
});
