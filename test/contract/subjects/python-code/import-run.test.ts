import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type ImportRun, runImports } from "../../../../src/subjects/python-code/import-run.js";
import { startHere } from "../../../../src/lab/python/start-here.js";
import { describeWith, python } from "../../../support/suite/needs.js";
import { writeProject } from "../../../support/python/python-project.js";

const runtime = new URL("../../../../src/lab/program/runtime", import.meta.url).pathname;

async function importAll(files: Record<string, string>): Promise<ImportRun> {
  await using project = await writeProject(files);
  const modules = Object.keys(files).map((file) => file.replace(/\.py$/, ""));
  return await runImports({
    sandbox: { python: startHere(python()), folder: project.folder, runtime, env: process.env },
    root: project.folder,
    modules,
    packages: ["redis", "hotqueue"],
    signal: AbortSignal.timeout(50_000),
  });
}

const CLIENTS = `import redis
from hotqueue import HotQueue
rd = redis.Redis(host="127.0.0.1", port=6379, db=0)
q = HotQueue("queue", host="192.0.2.1", port=6379, db=1)
`;

describeWith("python", "importing modules", () => {
  it("imports each by itself, and stops at a connection and at a server", async () => {
    const run = await importAll({
      "jobs.py": CLIENTS,
      "worker.py": "from jobs import q\n@q.worker\ndef execute_job(jid): ...\nexecute_job()\n",
      "asks.py": "from jobs import rd\nprint(rd.get('x'))\nraise Exception('not reached')\n",
      "by_name.py": "import socket\nsocket.create_connection(('redis-db', 6379))\n",
      "serves.py": "import http.server\nhttp.server.HTTPServer(('', 0), None).serve_forever()\n",
      "guarded.py": "import jobs\nif __name__ == '__main__':\n    raise Exception('not run')\n",
    });
    expect(Object.fromEntries(run)).toEqual({
      jobs: { outcome: "imported" },
      worker: { outcome: "begins", what: "connection" },
      asks: { outcome: "begins", what: "connection" },
      by_name: { outcome: "begins", what: "connection" },
      serves: { outcome: "begins", what: "server" },
      guarded: { outcome: "imported" },
    });
  });

  it("says where it fails, by the student's lines", async () => {
    const run = await importAll({
      "jobs.py": "def make():\n    return int('x')\nrd = make()\n",
      "api.py": "import jobs\n",
      "worker.py": "def execute_job(jid)\n    pass\n",
      "ends.py": "exit(3)\n",
    });
    expect(Object.fromEntries(run)).toMatchObject({
      jobs: {
        outcome: "fails",
        traceback: {
          error: "ValueError: invalid literal for int() with base 10: 'x'",
          frames: [
            { file: "jobs.py", line: 3, function: null, text: "rd = make()" },
            { file: "jobs.py", line: 2, function: "make" },
          ],
        },
      },
      api: { outcome: "fails", traceback: { frames: [{ file: "api.py", line: 1 }, {}, {}] } },
      worker: {
        outcome: "fails",
        traceback: {
          error: expect.stringMatching(/^SyntaxError/) as string,
          frames: [{ file: "worker.py", line: 1 }],
        },
      },
      ends: { outcome: "ends" },
    });
  });

  it("ends what does not end, and what it started; nothing of it is left", { timeout: 60_000 }, async () => {
    const mark = `tq-left-${process.pid}`;
    const started = performance.now();
    const run = await importAll({
      "loop.py": "while True:\n    pass\n",
      "sleeps.py": "import time\ntime.sleep(1000)\n",
      "waits.py": "import threading\nthreading.Event().wait()\n",
      "prints.py": "for n in range(10**5):\n    print('x' * 100)\n",
      "forks.py": `import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)', '${mark}'])\n`,
      "dies.py": "import os\nos.abort()\n",
      "asks.py": "input()\n",
      "jobs.py": CLIENTS,
    });
    expect([...run].map(([name, { outcome }]) => [name, outcome])).toEqual([
      ["loop", "hangs"],
      ["sleeps", "imported"],
      ["waits", "hangs"],
      ["prints", "imported"],
      ["forks", "imported"],
      ["dies", "crashes"],
      ["asks", "fails"],
      ["jobs", "imported"],
    ]);
    expect(run.get("loop")).toMatchObject({ how: "computes", at: { file: "loop.py", line: 1 } });
    expect(run.get("waits")).toMatchObject({ how: "waits", at: { file: "waits.py", line: 2 } });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })).not.toContain(mark);
  });

  it("leaves the student's folder as it is", async () => {
    await using project = await writeProject({ "jobs.py": CLIENTS });
    const { folder } = project;
    await runImports({
      sandbox: { python: startHere(python()), folder, runtime, env: process.env },
      root: folder,
      modules: ["jobs"],
      packages: [],
      signal: AbortSignal.timeout(50_000),
    });
    expect(existsSync(join(folder, "__pycache__"))).toBe(false);
  });
});
