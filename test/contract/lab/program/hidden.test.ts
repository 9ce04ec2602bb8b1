import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Program } from "../../../../src/lab/program/program.js";
import { startHere } from "../../../../src/lab/python/start-here.js";
import { describeWith, python } from "../../../support/suite/needs.js";

const runtime = new URL("../../../../src/lab/program/runtime", import.meta.url).pathname;

/** What the packages of the course need, loaded as a worker and an API load it. */
const PROGRAMS = {
  worker: "import hotqueue, redis\nprint('loaded')",
  api: "import flask, redis\nprint('loaded')\nraise SystemExit",
};

describeWith("python", "a file with the name of a module of Python's", () => {
  let folder = "";
  beforeEach(async () => (folder = await realpath(await mkdtemp(join(tmpdir(), "tq-test-hidden-")))));
  afterEach(() => rm(folder, { recursive: true }));

  const plain = (file: string): boolean => {
    try {
      return execFileSync(python(), [file], { cwd: folder, encoding: "utf8", stdio: "pipe" }).includes(
        "loaded",
      );
    } catch {
      return false;
    }
  };
  const led = async (...command: string[]): Promise<boolean> => {
    await using program = new Program({
      python: startHere(python()),
      command,
      folder,
      runtime,
      env: process.env,
      allowNetwork: false,
      redisPort: 1,
    });
    await expect.poll(() => program.ended, { timeout: 20_000 }).not.toBeNull();
    return program.lines.includes("loaded");
  };

  it.each([
    ["random.py", false],
    ["types.py", false],
    ["queue.py", false],
    ["email/__init__.py", false],
    ["socket.py", false],
    ["json.py", false],
    ["email/notes.txt", true],
    ["time.py", true],
    ["turtle.py", true],
  ])("does what it does without tq: %s", async (name, isFine) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), "WORD = 1\n");
    for (const [role, code] of Object.entries(PROGRAMS)) {
      const file = `my_${role}.py`;
      await writeFile(join(folder, file), code);
      const command = role === "api" ? [join(runtime, "serve.py"), join(folder, file)] : [file];
      expect(await led(...command), `${role} under tq`).toBe(plain(file));
      expect(plain(file), role).toBe(isFine);
    }
  });
});
