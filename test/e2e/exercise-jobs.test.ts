import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ajv } from "ajv";
import { Redis } from "ioredis";
import { beforeEach, describe, expect, it } from "vitest";
import { ApiProgram } from "../../src/subjects/jobs/api-program.js";
import { RunRedis } from "../../src/lab/private-redis/run-redis.js";
import { WatchedWorker } from "../../src/subjects/jobs/watched-worker.js";
import { findFreePort } from "../../src/redis/engines/free-port.js";
import { startHere } from "../../src/lab/python/start-here.js";
import { describeWith, python } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { useTq } from "../support/command-line/tq.js";

const run = promisify(execFile);
const exercises = new URL("../../dist/exercises", import.meta.url).pathname;
const runtime = new URL("../../src/lab/program/runtime", import.meta.url).pathname;
const solution = (folder: string, variant = "flask") => join(exercises, folder, "solution", variant);

interface Result {
  verdict: string;
  seed: string;
  checks: {
    id: string;
    verdict: string;
    observed: string;
    probe?: string;
    mistake?: string;
    cause?: string;
  }[];
}

/** The tests of one suite, with a folder for the student's files. */
function useStudent() {
  const tq = useTq();
  const folder = () => join(tq.home, "my work");
  beforeEach(async () => {
    await rm(folder(), { recursive: true, force: true });
    await mkdir(folder());
  });
  const check = async (number: number, ...args: string[]) => {
    const all = [
      "exercise",
      String(number),
      folder(),
      "--check",
      "--format",
      "json",
      "--python",
      python(),
      ...args,
    ];
    const ended = await tq.run(all);
    return { ...ended, result: JSON.parse(ended.stdout) as Result };
  };
  const write = (name: string, text: string) => writeFile(join(folder(), name), text);
  return { tq, folder, check, write };
}

describe("the options of a check that runs files", () => {
  const tq = useTq();

  it.each([
    [["1", "--check", "--url", "http://localhost:5000"], "exercise 1 has no --url"],
    [["7", "--check", "--url", "localhost"], "It is an address such as"],
    [["7", "--check", "--job", "{"], "It is not JSON"],
    [["6", "--keep"], "--keep goes with --check"],
    [["5", "--solution", "--variant", "django"], 'no variant "django"'],
    [["3", "--solution", "--variant", "../../../.."], "There is but one"],
    [["4", "x/".repeat(3000), "--check"], "ENAMETOOLONG"],
  ])("%j end with 2 where they are wrong", async (args, says) => {
    const { code, stderr } = await tq.run(["exercise", ...args]);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });

  it("show the solution that goes with the framework", async () => {
    const flask = await tq.run(["exercise", "6", "--solution", "--variant", "flask"]);
    expect(flask.stdout).toContain("from flask import");
    const fastapi = await tq.run(["exercise", "6", "--solution", "--variant", "fastapi"]);
    expect(fastapi.stdout).toContain("from fastapi import");
  });
});

describeWith(["python", "web"], "going on from exercise 4's files into 5", () => {
  const { folder, check } = useStudent();

  it("is told all that is open there", async () => {
    await cp(solution("04-code-organization"), folder(), { recursive: true });
    const { result } = await check(5);
    const [first] = result.checks;
    expect(first).toMatchObject({ verdict: "not-yet", mistake: "unfinished" });
    for (const name of ["_instantiate_job", "_save_job", "_queue_job", "add_job"])
      expect(first?.cause).toContain(name);
    // What the next exercise asks for is not open yet.
    expect(first?.cause).not.toContain("update_job_status");
  });
});

describeWith(["redis", "python", "web"], "a student's Redis, folder and machine", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const { tq, folder, check } = useStudent();

  it("are as they were after every check, whatever host and port the files name", async () => {
    await cp(solution("07-jobs-api"), folder(), { recursive: true });
    const jobs = await readFile(join(folder(), "jobs.py"), "utf8");
    const own = jobs.replaceAll("port=6379", `port=${redis().port}`);
    await writeFile(join(folder(), "jobs.py"), own);
    await client().hset("job.mine", { id: "mine", status: "submitted" });
    await client().rpush("hotqueue:queue", "mine");
    await client().select(1);
    for (let n = 0; n < 500; n += 1) await client().rpush("hotqueue:queue", String(n));
    const worker = tq.start(["consume", "--queue", "other", "--db", "1"], {
      env: { TQ_REDIS_URL: redis().url },
    });
    await expect.poll(() => client().client("LIST")).toContain("cmd=blpop");
    const look = async () => ({
      data: await Promise.all([0, 1].map(async (db) => dump(redis().port, db))),
      settings: await client().config("GET", "*"),
      clients: String(await client().client("LIST")).split("\n").length,
      files: await readdir(folder(), { recursive: true }),
    });
    const before = await look();
    for (const number of [4, 5, 6, 7]) {
      const { result } = await check(number);
      expect(result.checks[0]?.verdict, JSON.stringify(result.checks[0])).toBe("passed");
    }
    expect(await look()).toEqual(before);
    worker.child.kill("SIGINT");
    await worker.ended;
  });
});

/** Every key of a database with its value, as Redis itself writes it. */
async function dump(port: number, db: number): Promise<[string, string | undefined][]> {
  const client = new Redis(port, { db });
  const keys = (await client.keys("*")).sort();
  const values = await Promise.all(keys.map(async (key) => (await client.dumpBuffer(key)).toString("hex")));
  client.disconnect();
  return keys.map((key, n) => [key, values[n]]);
}

describeWith(["python", "web"], "a check that runs files", () => {
  const { folder, check, write, tq } = useStudent();

  it("says what its schema says, and repeats a run with its seed", async () => {
    await cp(solution("05-save-and-queue"), folder(), { recursive: true });
    const schema = JSON.parse(
      await readFile(new URL("../../dist/result.schema.json", import.meta.url), "utf8"),
    ) as object;
    const isValid = new Ajv({ allowUnionTypes: true }).compile(schema);
    const ranges = [];
    for (const args of [["--seed", "abc"], ["--seed", "abc"], []]) {
      const { result } = await check(5, ...args);
      expect(isValid(result), JSON.stringify(isValid.errors)).toBe(true);
      ranges.push(/"start": ?\d+, ?"end": ?\d+/.exec(result.checks[0]?.observed ?? "")?.[0]);
      if (args.length > 0) expect(result.seed).toBe("abc");
    }
    expect(ranges[0]).toBeDefined();
    expect(ranges[1]).toBe(ranges[0]);
    expect(ranges[2]).not.toBe(ranges[0]);
  });

  it("names a command that shows the same: the folder and the seed are in it", async () => {
    await cp(join(exercises, "05-save-and-queue", "starter"), folder(), { recursive: true });
    const { result } = await check(5, "--seed", "abc");
    const failed = result.checks.find(({ verdict }) => verdict === "not-yet");
    const words = /^tq (exercise 5 '(.+)' --check --step (\S+) --seed abc .*)$/.exec(failed?.probe ?? "");
    expect(words, failed?.probe).not.toBeNull();
    expect(words?.[2]).toBe(folder());
    const again = await run(
      "sh",
      ["-c", `"${process.execPath}" bin/tq.js ${words?.[1] ?? ""} --format json`],
      { env: { ...process.env, TQ_HOME: tq.home } },
    ).catch((error: unknown) => error as { stdout: string });
    const repeated = (JSON.parse(again.stdout) as Result).checks.find(({ id }) => id === words?.[3]);
    expect(repeated).toMatchObject({ verdict: "not-yet", mistake: failed?.mistake });
  });

  it.each([
    ["an endless loop", "while True: pass\n", 20_000],
    ["a loop that prints", "while True: print('x' * 10000)\n", 5000],
    ["a question", "input('your name? ')\n", 5000],
    ["an exit", "raise SystemExit\n", 5000],
    ["a sudden end", "import os\nos._exit(3)\n", 5000],
    ["forks", "import os\nwhile True: os.fork()\n", 20_000],
    ["all memory", "x = bytearray(10 ** 11)\n", 5000],
    ["its parent's death", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n", 5000],
    ["a folder above its own removed", "import shutil\nshutil.rmtree('../..')\n", 5000],
    ["a socket elsewhere", "import socket\nsocket.create_connection(('192.0.2.1', 80))\n", 5000],
    ["tq's progress", "import os\nopen(os.path.expanduser('~/.local/share/tq/progress.json'), 'w')\n", 5000],
  ])(
    "ends %s before the server starts with a verdict in time, and leaves nothing",
    async (_, code, patience) => {
      await cp(solution("05-save-and-queue"), folder(), { recursive: true });
      const api = await readFile(join(folder(), "api.py"), "utf8");
      await write("api.py", api.replace("app = Flask", `${code}app = Flask`));
      const began = performance.now();
      const { code: exit, result } = await check(5);
      expect(result.checks[0], JSON.stringify(result.checks[0])).toMatchObject({
        id: "5.1",
        verdict: "not-yet",
      });
      expect(result.checks[0]?.cause).toBeTruthy();
      expect(exit).toBe(1);
      expect(performance.now() - began).toBeLessThan(patience);
    },
  );

  it("is blocked, by package and with the command that installs it, where Python lacks one", async () => {
    await cp(solution("06-execute-the-job"), folder(), { recursive: true });
    await write("numbers_of_mine.py", "import numpy, yaml\n");
    const jobs = await readFile(join(folder(), "jobs.py"), "utf8");
    await write("jobs.py", `import yaml\n${jobs}`);
    const venv = join(tq.home, "bare");
    await run(python(), ["-m", "venv", "--without-pip", venv]);
    const bare = join(venv, "bin", "python");
    const { code, stdout } = await tq.run(["exercise", "6", folder(), "--check", "--python", bare]);
    expect(stdout).toContain("pip install");
    for (const name of ["flask", "hotqueue", "redis", "pyyaml"]) expect(stdout.toLowerCase()).toContain(name);
    expect(code).toBe(3);
  });

  it("keeps the private Redis open when it is told to", async () => {
    await cp(solution("05-save-and-queue"), folder(), { recursive: true });
    const kept = tq.start(["exercise", "5", folder(), "--check", "--keep", "--python", python()]);
    await kept.until("stderr", "Ctrl-C ends it.");
    const port = Number(/redis:\/\/127\.0\.0\.1:(\d+)/.exec(kept.stderr)?.[1]);
    const client = new Redis(port);
    expect(await client.keys("job.*")).toHaveLength(2);
    client.disconnect();
    kept.child.kill("SIGINT");
    expect((await kept.ended).code).toBe(130);
  });
});

describeWith(["python", "web"], "a system that runs somewhere", () => {
  const { folder, tq } = useStudent();
  const { signal } = new AbortController();

  it.each(["flask", "fastapi"])("is judged from outside, by its address: %s", async (variant) => {
    await cp(solution("07-jobs-api", variant), folder(), { recursive: true });
    await using redis = await RunRedis.open("a system", { keep: undefined });
    const program = {
      python: startHere(python()),
      folder: folder(),
      runtime,
      env: process.env,
      allowNetwork: false,
      redisPort: redis.port,
      speed: 100,
    };
    await using api = await ApiProgram.run("api.py", program, signal);
    const look = async (...args: string[]) => {
      const ended = await tq.run([
        "exercise",
        "7",
        "--check",
        "--format",
        "json",
        "--url",
        `${api.url}/`,
        ...args,
      ]);
      return { ...ended, result: JSON.parse(ended.stdout) as Result };
    };
    const refused = await look("--job", '{"no": "such"}', "--step", "7.4");
    expect(refused.result.checks.at(-1)).toMatchObject({
      id: "7.4",
      verdict: "not-yet",
      mistake: "body-refused",
    });
    await using worker = WatchedWorker.start({ ...program, file: "worker.py" }, redis, signal);
    await worker.firstWait();
    const { code, result } = await look("--job", '{"start": "2026-03-01", "end": "2026-03-09"}');
    expect(result.checks.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(
      ["7.2", "7.3", "7.4", "7.5", "7.6", "7.8"].map((id) => `${id} passed`),
    );
    expect(code).toBe(0);
  });

  it("is not there yet where nothing answers", async () => {
    const url = `http://127.0.0.1:${await findFreePort()}`;
    const { code, stdout } = await tq.run(["exercise", "7", "--check", "--url", url, "--plain"]);
    expect(stdout).toContain("NOT YET  7.2");
    expect(stdout).toContain(`curl -i ${url}/jobs`);
    expect(code).toBe(1);
  });
});
