import { mkdir, symlink } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Client,
  type Definition,
  type Import,
  type Module,
  type Project,
  readProject,
} from "../../../../src/subjects/python-code/project.js";
import { writeProject } from "../../../support/python/python-project.js";
import { readCode, JOBS, FLASK, FASTAPI, WORKER } from "../../../support/python/code-samples.js";

describe("where things are", () => {
  it.each([
    ["flat", "", { "api.py": FLASK, "jobs.py": JOBS, "worker.py": WORKER }],
    ["src", "src", { "src/flask_api.py": FLASK, "src/jobs.py": JOBS, "src/worker.py": WORKER }],
    ["source", "source", { "source/app.py": FASTAPI, "source/jobs.py": JOBS, "source/worker.py": WORKER }],
    [
      "iss_api",
      "src",
      { "src/iss_api.py": FASTAPI, "src/jobs.py": JOBS, "src/workers.py": WORKER, "hello.py": "x = 1\n" },
    ],
    [
      "deeper",
      "homework/src",
      { "homework/src/main.py": FLASK, "homework/src/jobs.py": JOBS, "homework/src/worker.py": WORKER },
    ],
  ])("finds api, jobs and worker: %s", async (_, root, files) => {
    const project = await readCode({
      ...files,
      "test/test_api.py": "import pytest\n",
      "src/test_jobs.py": "import pytest\n",
    });
    expect(project.root).toBe(root);
    expect([project.jobs?.name, project.worker?.name.replace(/s$/, "")]).toEqual(["jobs", "worker"]);
    expect(project.api?.definitions.some(({ name }) => name === "post_job")).toBe(true);
    expect(project.packages.filter((name) => name !== "flask" && name !== "fastapi")).toEqual([
      "hotqueue",
      "redis",
    ]);
  });

  it("finds them by what they contain, where their names do not tell", async () => {
    const project = await readCode({
      "web.py": FLASK.replace("import jobs", "import store as jobs"),
      "store.py": JOBS,
      "doer.py": WORKER.replace("jobs", "store"),
    });
    expect([project.api?.name, project.jobs?.name, project.worker?.name]).toEqual(["web", "store", "doer"]);
    expect(project.app).toMatchObject({ module: "web", name: "app", framework: "flask", factory: false });
  });

  it("finds the app object under any name, and in a factory", async () => {
    expect((await readCode({ "api.py": FASTAPI, "jobs.py": JOBS })).app).toMatchObject({
      name: "service",
      framework: "fastapi",
    });
    const factory =
      "import flask\ndef create_app():\n    server = flask.Flask(__name__)\n    return server\n";
    expect((await readCode({ "main.py": factory })).app).toMatchObject({
      name: "create_app",
      factory: true,
      framework: "flask",
    });
  });
});

describe("what a module holds", () => {
  const find = ({ modules }: Project, name: string): Module | undefined =>
    modules.find((one) => one.name === name);
  const names = (all: readonly (Definition | Import | Client)[] = []): (string | null)[] =>
    all.map(({ name }) => name);

  it("is what it defines and imports, with its lines", async () => {
    const project = await readCode({ "jobs.py": JOBS, "worker.py": WORKER });
    const [jobs, worker] = [find(project, "jobs"), find(project, "worker")];
    expect(names(jobs?.definitions)).toEqual(["rd", "q", "add_job"]);
    expect(names(project.clients)).toEqual(["rd", "q"]);
    expect(jobs?.definitions.at(-1)).toMatchObject({
      kind: "function",
      line: 6,
      text: 'def add_job(start, end, status="submitted"):',
      parameters: [{ name: "start", optional: false }, { name: "end" }, { name: "status", optional: true }],
    });
    expect(worker?.imports).toMatchObject([
      { from: "jobs", name: "q", as: "q", own: "jobs", atTop: true, line: 1 },
    ]);
    expect(worker?.definitions).toMatchObject([{ name: "execute_job", decorators: ["q.worker"], line: 3 }]);
  });
});

describe("whatever the files contain", () => {
  it("reads it without an exception", async () => {
    await using project = await writeProject({
      "binary.py": new Uint8Array([0, 1, 2, 255]),
      "latin.py": new Uint8Array([0x78, 0x3d, 0x22, 0xe9, 0x22]),
      "empty.py": "",
      "huge.py": "x = 1\n".repeat(200_000),
      "bom.py": "\uFEFFimport redis\r\nrd = redis.Redis(host='r')\r\n",
      "deep.py": `${"(".repeat(20_000)}\n`,
      "list.py": `x = ${"[".repeat(3000)}${"]".repeat(3000)}\n`,
      "worker.py": "@<...>\ndef execute_job(jid):\n  rd.hset(.....)\n",
    });
    const { folder } = project;
    await symlink(folder, join(folder, "src"));
    await symlink("nowhere", join(folder, "gone.py"));
    await symlink("loop.py", join(folder, "loop.py"));
    await mkdir(join(folder, "folder.py"));
    execFileSync("sh", ["-c", 'mkfifo "$0"', join(folder, "pipe.py")]);
    const read = await readProject(folder);
    const unreadable = read.modules.filter(({ readable }) => !readable).map(({ name }) => name);
    expect(unreadable).toEqual(["binary", "deep", "huge", "latin", "list", "worker"]);
    expect(read.clients).toMatchObject([{ module: "bom", line: 2, text: "rd = redis.Redis(host='r')" }]);
  });

  it("reads an empty folder, and one that is not there", async () => {
    for (const folder of [(await writeProject({})).folder, "/nowhere/at/all"]) {
      expect(await readProject(folder)).toMatchObject({ root: "", modules: [], api: null, framework: null });
    }
  });
});

describe("how a file is saved", () => {
  const bytes = (...lines: string[]) => Buffer.from(lines.join("\n"), "latin1");

  it.each([
    ["latin-1", bytes("# -*- coding: latin-1 -*-", "x = 'caf\u00e9'", "")],
    [
      "cp1252, in the second line",
      bytes("#!/usr/bin/python", "# vim: set fileencoding=cp1252 :", "x = 'caf\u00e9'", ""),
    ],
    ["UTF-8 with a mark", Buffer.from("\uFEFFx = 'café'\n")],
  ])("is read in the encoding that it says: %s", async (_, text) => {
    const project = await readCode({ "api.py": text });
    expect(project.modules[0]).toMatchObject({ unreadable: null, readable: true });
    expect(project.findings.filter(({ kind }) => kind === "syntax-error")).toEqual([]);
  });

  it("names the line and the byte of what Windows has saved", async () => {
    const project = await readCode({
      "api.py": Buffer.concat([Buffer.from("# é\n"), bytes("x = 'caf\u00e9'", "")]),
    });
    expect(project.findings[0]).toMatchObject({ kind: "syntax-error", file: "api.py", line: 2 });
    expect(project.findings[0]?.says).toContain("byte 0xe9, which Windows (cp1252) writes for é");
  });
});
