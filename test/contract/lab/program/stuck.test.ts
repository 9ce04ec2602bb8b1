import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type StuckNote } from "../../../../src/lab/program/program-notes.js";
import { Program } from "../../../../src/lab/program/program.js";
import { startHere } from "../../../../src/lab/python/start-here.js";
import { describeStuck, watchStuck } from "../../../../src/lab/program/stuck.js";
import { describeWith, python } from "../../../support/suite/needs.js";

const runtime = new URL("../../../../src/lab/program/runtime", import.meta.url).pathname;

describeWith("python", "a program that does not come on", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "tq-test-stuck-")));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const start = async (name: string, code: string): Promise<Program> => {
    await writeFile(join(folder, `${name}.py`), code);
    return new Program({
      python: startHere(python()),
      command: [`${name}.py`],
      folder,
      runtime,
      env: process.env,
      allowNetwork: false,
      redisPort: 1,
      speed: 100,
    });
  };
  const looking = (program: Program): (() => StuckNote | null) =>
    watchStuck(() => program.notes, false, { idle: true, main: true });

  it.each([
    ["a loop", "n = 0\nwhile True:\n    n += 1\n    n -= 1\n", "computes", 2],
    [
      "a loop in a function",
      "def f(n):\n    return n\ndef main():\n    while True:\n        f(1)\nmain()\n",
      "computes",
      4,
    ],
    ["a wait", "import threading\nthreading.Event().wait()\n", "waits", 2],
    [
      "a server that is not asked",
      "import socket\ns = socket.create_server(('127.0.0.1', 0))\ns.accept()\n",
      "waits",
      3,
    ],
    ["sleep after sleep", "import time\nwhile True:\n    time.sleep(1)\n", "sleeps", 2],
  ])("%s is named with its line", async (_, code, how, line) => {
    await using program = await start("it", code);
    const look = looking(program);
    const found: StuckNote[] = [];
    await expect
      .poll(
        () => {
          found.push(...[look()].filter((one) => one !== null));
          return found.length;
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThan(0);
    const [first] = found;
    if (!first) throw new Error("nothing was found");
    expect(first).toMatchObject({ how, at: { file: "it.py" } });
    // Of a loop it is the first line that was seen.
    expect([line, line + 1]).toContain(first.at.line);
    expect(describeStuck(first)).toMatch(/^it\.py:\d+: it /);
  });

  it("is none that has too little of the machine: one of six that work at once", async () => {
    const code = `import time, json
end = time.process_time() + 0.6
while time.process_time() < end:
    pass
time.sleep(60)
end = time.process_time() + 0.6
while time.process_time() < end:
    pass
print("done")
`;
    const programs = await Promise.all(Array.from({ length: 6 }, (_, n) => start(`it${n}`, code)));
    for (const one of programs) {
      await using program = one;
      await expect.poll(() => program.ended, { timeout: 40_000 }).not.toBeNull();
      expect(program.lines).toEqual(["done"]);
      expect(program.notes.filter(({ what }) => what === "stuck")).toEqual([]);
    }
  });
});
