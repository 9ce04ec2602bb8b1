import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { layOutExercise } from "../../../.config/lay-out-exercise.mjs";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tq-test-layout-"));
});
afterEach(() => rm(root, { recursive: true }));

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** Lays out an exercise of these files, and returns what is there then, by path. */
async function layOut(files: Record<string, string>): Promise<Record<string, string>> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, "exercises/01-some", dirname(path)), { recursive: true });
    await writeFile(join(root, "exercises/01-some", path), text);
  }
  const target = join(root, "dist/01-some");
  await layOutExercise(join(root, "exercises/01-some"), target, root);
  const found = await filesBelow(target);
  const texts = await Promise.all(found.map((path) => readFile(path, "utf8")));
  return Object.fromEntries(found.map((path, n) => [path.slice(target.length + 1), texts[n] ?? ""]));
}

describe("the files of an exercise, as they are built", () => {
  it("are those of its folder without its own code, and copies where copies.yaml names their folders", async () => {
    const laidOut = await layOut({
      "exercise.ts": "",
      "rules/line.ts": "",
      "lesson.md": "lesson",
      "starter/api.py": "begun",
      "common/worker.py": "worker",
      "solution/flask/api.py": "flask",
      "../02-other/common/jobs.py": "jobs",
      "copies.yaml":
        "common/worker.py: [starter, solution/flask]\n../02-other/common/jobs.py: [wrong/slip]\n",
    });
    expect(laidOut).toEqual({
      "lesson.md": "lesson",
      "starter/api.py": "begun",
      "starter/worker.py": "worker",
      "solution/flask/api.py": "flask",
      "solution/flask/worker.py": "worker",
      "wrong/slip/jobs.py": "jobs",
    });
  });

  it.each([
    ["would replace a file", "common/worker.py: [starter]\n", "has a worker.py of its own"],
    ["leaves the exercise", "common/worker.py: [../02-other]\n", "is not inside"],
    ["comes from outside the repository", "../../../worker.py: [solution]\n", "is not inside"],
    ["is of a file that is not there", "common/jobs.py: [solution]\n", "ENOENT"],
    ["names its folder without a list", "common/worker.py: solution\n", "the list of the folders"],
  ])("are refused where a copy %s", async (_, copies, says) => {
    await expect(
      layOut({ "starter/worker.py": "begun", "common/worker.py": "whole", "copies.yaml": copies }),
    ).rejects.toThrow(says);
  });
});

it("no file stands twice below exercises/", async () => {
  const byContent = new Map<string, string[]>();
  for (const path of await filesBelow("exercises")) {
    const hash = createHash("md5")
      .update(await readFile(path))
      .digest("hex");
    byContent.set(hash, [...(byContent.get(hash) ?? []), path]);
  }
  expect([...byContent.values()].filter(({ length }) => length > 1)).toEqual([]);
});
