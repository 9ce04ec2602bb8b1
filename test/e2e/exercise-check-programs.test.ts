import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeWith, python } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { type Result } from "../support/command-line/check-result.js";
import { useTq } from "../support/command-line/tq.js";

const run = promisify(execFile);

function verdicts(result: Result): string {
  return result.checks.map(({ id, verdict }) => `${id} ${verdict}`).join(", ");
}

describeWith(["redis", "python"], "exercise 3", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const tq = useTq();
  const folder = () => join(tq.home, "work");
  const env = () => ({ TQ_REDIS_URL: redis().url });
  const check = async (...args: string[]) => {
    const { stdout, ...rest } = await tq.run(
      ["exercise", "3", folder(), "--check", "--format", "json", "--python", python(), ...args],
      { env: env() },
    );
    return { ...rest, result: JSON.parse(stdout) as Result };
  };
  beforeEach(async () => {
    await rm(folder(), { recursive: true, force: true });
    await mkdir(folder());
  });
  const write = (text: string) => writeFile(join(folder(), "worker.py"), text);
  const worker = (body: string) =>
    write(`from hotqueue import HotQueue\nq = HotQueue("queue", host="no.such.host", port=1, db=1)\n${body}`);

  it("runs the file unchanged, whatever host it names, and touches neither it nor the student's Redis", async () => {
    await worker("@q.worker\ndef echo(item):\n    print('got', item)\necho()\n");
    await client().rpush("hotqueue:queue", "theirs");
    const { code, result } = await check();
    expect(result.verdict, verdicts(result)).toBe("passed");
    expect(code).toBe(0);
    expect(await client().lrange("hotqueue:queue", 0, -1)).toEqual(["theirs"]);
    const { stdout } = await run("ls", ["-A", folder()]);
    expect(stdout).toBe("worker.py\n");
  });

  it.each([
    ["an endless loop", "while True: pass\n", "3.1"],
    ["a fork that stays", "import os\nif os.fork() == 0:\n    import time\n    time.sleep(1000)\n", "3.1"],
    ["megabytes of output", "print('x' * 10_000_000)\n", "3.1"],
    ["a question", "input()\n", "3.1"],
    ["its own death", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", "3.1"],
    ["a module of its own with the client's name", "", "3.1"],
  ])("ends %s with a verdict, and leaves nothing", async (_, body, at) => {
    await worker(body);
    if (body === "") await writeFile(join(folder(), "hotqueue.py"), "raise SystemExit('mine')\n");
    const { code, result } = await check();
    expect(result.checks.find(({ id }) => id === at)?.verdict, verdicts(result)).toBe("not-yet");
    expect(code).toBe(1);
  });

  it("is judged live where there is no file, with tq's own worker", async () => {
    const watch = tq.start(["exercise", "3", folder(), "--watch"], { env: env() });
    await watch.until("stdout", "NOT YET  3.1");
    const workers = [tq.start(["echo-worker"], { env: env() }), tq.start(["echo-worker"], { env: env() })];
    await expect.poll(async () => String(await client().client("LIST")).split("cmd=blpop")).toHaveLength(3);
    for (let n = 0; n < 30; n += 1) await tq.run(["push", String(n)], { env: env() });
    const { code, stdout } = await watch.ended;
    expect(code, stdout).toBe(0);
    for (const { child, ended } of workers) {
      child.kill("SIGINT");
      await ended;
    }
  });

  it("is blocked, by package and with the command that helps, where Python lacks one", async () => {
    await worker("echo()\n");
    const venv = join(tq.home, "bare");
    await run(python(), ["-m", "venv", "--without-pip", venv]);
    const bare = join(venv, "bin", "python");
    const ended = await tq.run(["exercise", "3", folder(), "--check", "--python", bare], { env: env() });
    expect(ended.stdout).toContain("lacks hotqueue and redis");
    // It has no pip: an environment beside the files is the way.
    expect(ended.stdout).toContain(`${bare} -m venv .venv`);
    expect(ended.stdout).toContain(".venv/bin/python -m pip install hotqueue redis");
    expect(ended.code).toBe(3);
    const none = await tq.run(["exercise", "3", folder(), "--check", "--python", "/no/python"], {
      env: env(),
    });
    expect(none.stdout).toContain("this is no Python that runs");
    expect(none.code).toBe(3);
  });
});

describeWith("docker", "exercise 2 and the engine", () => {
  const tq = useTq();
  const folder = () => join(tq.home, "work");
  const solution = new URL("../../dist/exercises/02-compose/solution/docker-compose.yml", import.meta.url);
  beforeAll(async () => {
    await mkdir(join(folder(), "data"), { recursive: true, mode: 0o777 });
    await run("chmod", ["777", join(folder(), "data")]);
    await writeFile(join(folder(), "docker-compose.yml"), await readFile(solution));
  });
  const check = (env: Record<string, string>) =>
    tq.run(["exercise", "2", folder(), "--check", "--format", "json"], { env });

  it("is blocked without an engine; the file is judged all the same", async () => {
    const { code, stdout } = await check({ DOCKER_HOST: "unix:///nowhere.sock" });
    expect(code).toBe(3);
    const result = JSON.parse(stdout) as Result;
    expect(verdicts(result)).toContain("2.1 passed, 2.2 passed, 2.3 blocked");
    expect(result.checks[2]).toMatchObject({ blockedBy: "environment" });
  });

  describe("an engine that goes away in the middle", () => {
    const socket = () => join(tq.home, "docker.sock");
    let allowed = 0;
    const server = createServer((incoming) => {
      incoming.on("error", () => undefined);
      if ((allowed -= 1) < 0) {
        incoming.destroy();
        return;
      }
      const engine = connect("/var/run/docker.sock").on("error", () => undefined);
      incoming.pipe(engine).pipe(incoming);
    });
    beforeAll(() => new Promise<void>((resolve) => server.listen(socket(), resolve)));
    afterAll(() => server.close());

    it.each([0, 1, 2, 3, 4, 5])(
      "after %i connections is never taken for the student's doing",
      async (connections) => {
        await check({}); // What is there already counts.
        const progress = await readFile(join(tq.home, "progress.json"), "utf8");
        allowed = connections;
        const { code, stdout } = await check({ DOCKER_HOST: `unix://${socket()}` });
        const result = JSON.parse(stdout) as Result;
        // With enough of them it is answered after all: no container runs.
        expect([1, 3], stdout).toContain(code);
        if (code === 1) expect(result.checks[2]?.verdict).toBe("not-yet");
        else expect(result.checks.find(({ blockedBy }) => blockedBy === "environment")).toBeDefined();
        expect(await readFile(join(tq.home, "progress.json"), "utf8")).toBe(progress);
      },
    );
  });
});
