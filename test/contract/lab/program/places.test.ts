import { existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { notesOf } from "../../../../src/lab/program/program-notes.js";
import { Program, type ProgramOptions } from "../../../../src/lab/program/program.js";
import { startHere } from "../../../../src/lab/python/start-here.js";
import { describeWith, python } from "../../../support/suite/needs.js";

const runtime = new URL("../../../../src/lab/program/runtime", import.meta.url).pathname;

describeWith("python", "the paths of a student's container", () => {
  let root = "";
  const folder = () => join(root, "work");
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "tq-test-places-")));
    await mkdir(folder());
  });
  afterEach(() => rm(root, { recursive: true }));

  const write = async (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder(), path)), { recursive: true });
      await writeFile(join(folder(), path), text);
    }
  };
  const run = async (code: string, some: Partial<ProgramOptions> = {}) => {
    await write({ "src/it.py": code });
    await using program = new Program({
      python: startHere(python()),
      command: ["it.py"],
      within: "src",
      folder: folder(),
      runtime,
      env: process.env,
      allowNetwork: false,
      redisPort: 1,
      ...some,
    });
    await expect.poll(() => program.ended, { timeout: 10_000 }).not.toBeNull();
    const { ended, errors, lines, notes } = program;
    return { code: ended?.code, errors, lines, refused: notesOf(notes, "refused") };
  };

  it.each([
    ["a file in /", "open('/tq-output.png', 'wb').write(b'x')", "open('/tq-output.png', 'rb').read()"],
    [
      "a folder in /",
      "os.makedirs('/tq-plots/a'); open('/tq-plots/a/b', 'w').write('x')",
      "os.listdir('/tq-plots/a')",
    ],
    [
      "/app",
      "pathlib.Path('/tq-app/x.png').write_bytes(b'x')",
      "os.path.getsize('/tq-app/x.png'), glob.glob('/tq-app/*')",
    ],
    [
      "/tmp",
      "open('/tmp/tq-of-a-student.txt', 'a').write('x')",
      "os.path.exists('/tmp/tq-of-a-student.txt')",
    ],
    [
      "by its descriptor",
      "os.close(os.open('/tq-fd', os.O_CREAT | os.O_WRONLY))",
      "os.stat('/tq-fd').st_size",
    ],
    [
      "moved and removed",
      "open('/tq-a', 'w'); os.replace('/tq-a', '/tq-b'); os.remove('/tq-b')",
      "os.path.exists('/tq-b')",
    ],
    ["removed as a tree", "os.makedirs('/tq-t/u'); shutil.rmtree('/tq-t')", "os.path.isdir('/tq-t')"],
  ])("are led into its own run: %s", async (_, does, shows) => {
    const { code, errors, lines } = await run(`import glob, os, pathlib, shutil\n${does}\nprint(${shows})`);
    expect(errors).toBe("");
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    for (const path of [
      "/tq-output.png",
      "/tq-plots",
      "/tq-app",
      "/tmp/tq-of-a-student.txt",
      "/tq-fd",
      "/tq-t",
    ])
      expect(existsSync(path), path).toBe(false);
  });

  it("are its own: another program sees nothing of them", async () => {
    await run("open('/tq-mine', 'w').write('x')");
    const { lines } = await run("import os\nprint(os.path.exists('/tq-mine'))");
    expect(lines).toEqual(["False"]);
  });

  it("are the student's files where the run says so, the longest path first", async () => {
    await write({ "data/neo.csv": "a,b", "src/here.txt": "here" });
    const { lines, errors } = await run(
      "print(open('/app/here.txt').read(), open('/app/data/neo.csv').read())\nopen('/app/new.txt', 'w').write('new')\nprint(open('new.txt').read())",
      {
        places: [
          { from: "/app", to: join(folder(), "src") },
          { from: "/app/data", to: join(folder(), "data") },
        ],
      },
    );
    expect(lines, errors).toEqual(["here a,b", "new"]);
  });

  it.each(["/etc/tq-x", "/usr/tq-x", "/home/tq-x", "/var/tq-x", "/root/tq-x"])(
    "are not those of the system: %s is refused",
    async (path) => {
      const { refused, code } = await run(`open('${path}', 'w')`);
      expect(code).toBe(1);
      expect(refused[0]).toMatchObject({ kind: "file", target: path, at: { file: "src/it.py", line: 1 } });
    },
  );
});
