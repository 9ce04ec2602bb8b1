import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { type Ended, useTq } from "../support/command-line/tq.js";

const run = promisify(execFile);

async function docker(...args: string[]): Promise<string[]> {
  return (await run("docker", args)).stdout.split("\n").filter(Boolean);
}

/** Everything that an engine promises, on the built command; a name of its own for each run. */
function itStartsAndStops(engine: string, { keepsData }: { keepsData: boolean }): void {
  const tq = useTq();
  const name = `test-${engine}-${process.pid}`;
  let temporary = "";
  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), "tq-test-tmp-"));
  });
  afterAll(async () => {
    await tq.run(["redis", "down", "--name", name, "--volumes"]);
    await rm(temporary, { recursive: true });
  });
  const say = (...args: string[]): Promise<Ended> => tq.run(args, { env: { TMPDIR: temporary } });
  const redis = (command: string, ...args: string[]) => say("redis", command, "--name", name, ...args);

  it(
    "up, push, len, consume in another process, down, and nothing is left",
    { timeout: 60_000 },
    async () => {
      const up = await redis("up", "--engine", engine, "--port", "0");
      expect(up.stderr).toContain(`starting Redis with the engine ${engine}`);
      expect(up).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Redis is up at redis:\/\/127/) as string,
      });

      const again = await redis("up");
      expect(again).toMatchObject({ code: 0, stdout: up.stdout.replace("is up at", "is up already at") });

      expect((await say("redis", "status")).stdout).toContain("state     running");
      expect((await say("redis", "url")).stdout).toMatch(/^redis:\/\/127\.0\.0\.1:\d+\/1\n$/);
      expect((await say("push", "hello", "world")).stdout).toBe('2 messages pushed; 2 on queue "queue"\n');
      expect((await say("len")).stdout).toBe("2\n");
      expect((await say("consume", "--max", "1")).stdout).toBe("hello\n");
      const log = (await redis("logs")).stdout;
      expect(log).not.toBe("");
      const following = tq.start(["redis", "logs", "--follow", "--name", name]);
      await following.until("stdout", log.trimEnd().split("\n").at(-1) ?? "");
      following.child.kill("SIGINT");
      expect((await following.ended).code).toBe(130);

      const down = await redis("down");
      expect(down).toMatchObject({ code: 0, stderr: "" });
      expect(down.stdout).toContain(`Redis "${name}" is stopped`);
      expect((await redis("down")).stdout).toContain("was stopped before");
      expect(await say("redis", "status")).toMatchObject({ code: 1 });
      expect(await say("len")).toMatchObject({ code: 3 });

      await redis("up", "--engine", engine, "--port", "0");
      expect((await say("len")).stdout).toBe(keepsData ? "1\n" : "0\n");
      await redis("down", "--volumes");
      await redis("up", "--engine", engine, "--port", "0");
      expect((await say("len")).stdout).toBe("0\n");
      await redis("down", "--volumes");

      expect(await readdir(temporary)).toEqual([]);
      expect(await readdir(join(tq.home, "redis"))).toEqual([]);
    },
  );

  it(
    "with --expose wants a password, and shows it in no list of processes",
    { timeout: 60_000 },
    async () => {
      const up = await redis("up", "--engine", engine, "--port", "0", "--expose");
      expect(up.stderr).toMatch(/listens on all interfaces[^]*wants a password/);
      const url = new URL((await say("redis", "url")).stdout.trim());
      expect(url.password.length).toBeGreaterThan(20);
      expect((await run("ps", ["-eww", "-o", "args"])).stdout).not.toContain(url.password);
      expect(`${up.stdout}${up.stderr}${(await redis("logs")).stdout}`).not.toContain(url.password);
      expect((await say("push", "x")).code).toBe(0);
      const without = await say("len", "--redis-url", `redis://127.0.0.1:${url.port}`);
      expect(without).toMatchObject({
        code: 3,
        stderr: expect.stringContaining("wants a password") as string,
      });
      await redis("down", "--volumes");
    },
  );

  it("two at once start one", { timeout: 60_000 }, async () => {
    const both = await Promise.all([1, 2].map(() => redis("up", "--engine", engine, "--port", "0")));
    const lines = both.map(({ stdout }) => stdout).sort();
    expect(lines[1]).toBe(lines[0]?.replace("is up already", "is up"));
    expect(lines[0]).toContain("already");
    await redis("down", "--volumes");
  });
}

describe("the embedded engine", () => {
  itStartsAndStops("embedded", { keepsData: false });
});

describeWith("redis", "the native engine", () => {
  itStartsAndStops("native", { keepsData: true });

  const tq = useTq();
  const state = () => join(tq.home, "redis", "redis", "state.json");

  it("keeps data in the folder of --data, and never removes that", async () => {
    const folder = join(tq.home, "my data");
    await tq.run(["redis", "up", "--engine", "native", "--port", "0", "--data", folder]);
    await tq.run(["push", "kept"]);
    const down = await tq.run(["redis", "down", "--volumes"]);
    expect(down.stdout).toContain(`its data stay in ${folder}, which is your folder`);
    expect(await readdir(folder)).toEqual(["dump.rdb"]);
    await tq.run(["redis", "up", "--engine", "native", "--port", "0", "--data", folder]);
    expect((await tq.run(["get"])).stdout).toBe("kept\n");
    await tq.run(["redis", "down", "--volumes"]);
  });

  it("keeps its password in files of this user alone, and hands it to redis-cli unseen", async () => {
    await tq.run(["redis", "up", "--engine", "native", "--port", "0", "--expose"]);
    const { password } = new URL((await tq.run(["redis", "url"])).stdout.trim());
    const files = await readdir(tq.home, { recursive: true, withFileTypes: true });
    const holding: string[] = [];
    for (const file of files.filter((one) => one.isFile())) {
      const path = join(file.parentPath, file.name);
      if (!(await readFile(path, "latin1")).includes(password)) continue;
      holding.push(file.name);
      expect((await stat(path)).mode & 0o777, path).toBe(0o600);
    }
    expect(holding.sort()).toEqual(["redis.conf", "state.json"]);

    const waiting = tq.start(["redis", "cli", "BLPOP", "never-comes", "0"], { input: "" });
    await vi.waitFor(async () => {
      const clients = await tq.run(["redis", "cli", "CLIENT", "LIST"]);
      expect(clients.stdout).toContain("cmd=blpop");
    });
    const { stdout: processes } = await run("ps", ["-eww", "-o", "args"]);
    expect(processes).toContain("redis-cli -h 127.0.0.1");
    expect(processes).not.toContain(password);
    const other = await tq.run(["redis", "cli", "CLIENT", "UNBLOCK", "999999"]);
    expect(`${other.stdout}${other.stderr}`).not.toContain(password);
    await tq.run(["redis", "down", "--volumes"]);
    expect(JSON.stringify(await waiting.ended)).not.toContain(password);
  });

  it("says that it is gone after a kill -9, and starts anew", async () => {
    await tq.run(["redis", "up", "--engine", "native", "--port", "0"]);
    const { handle } = JSON.parse(await readFile(state(), "utf8")) as { handle: string };
    process.kill(Number(handle), "SIGKILL");
    const status = await tq.run(["redis", "status"]);
    expect(status).toMatchObject({ code: 1, stdout: expect.stringContaining("not running") as string });
    const push = await tq.run(["push", "x"]);
    expect(push).toMatchObject({ code: 3, stderr: expect.stringContaining("tq redis up") as string });
    const up = await tq.run(["redis", "up", "--engine", "native", "--port", "0"]);
    expect(up).toMatchObject({ code: 0, stdout: expect.stringContaining("is up at") as string });
    await tq.run(["redis", "down", "--volumes"]);
  });

  it("does not touch a process that has got the old one's id", async () => {
    await tq.run(["redis", "up", "--engine", "native", "--port", "0"]);
    const text = await readFile(state(), "utf8");
    const { handle } = JSON.parse(text) as { handle: string };
    await tq.run(["redis", "down"]);
    const other = tq.start(["consume", "--redis-url", "redis://127.0.0.1:1"], { input: "" });
    await writeFile(state(), text.replace(`"${handle}"`, `"${other.child.pid ?? 0}"`));
    other.child.kill("SIGSTOP"); // it would end by itself soon
    const down = await tq.run(["redis", "down"]);
    expect(down.stdout).toMatch(/had stopped already[^]*not tq's and was not touched/);
    other.child.kill("SIGCONT");
    expect((await other.ended).code).toBe(3);
    await tq.run(["redis", "down", "--volumes"]);
  });

  it("takes over the lock of a tq that was killed", async () => {
    await tq.run(["redis", "up", "--engine", "native", "--port", "0"]);
    await writeFile(join(tq.home, "redis", "redis", "lock"), "4194304");
    expect(await tq.run(["redis", "down", "--volumes"])).toMatchObject({ code: 0 });
  });

  it("outlives the terminal, and a Ctrl-C in it", async () => {
    await tq.run(["redis", "up", "--engine", "native", "--port", "0"]);
    const { handle } = JSON.parse(await readFile(state(), "utf8")) as { handle: string };
    const stat = await readFile(`/proc/${handle}/stat`, "utf8");
    const session = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3];
    expect(session).toBe(handle);
    await tq.run(["redis", "down", "--volumes"]);
  });
});

describeWith("docker", "the docker engine", () => {
  itStartsAndStops("docker", { keepsData: true });

  afterAll(async () => {
    const filter = ["--filter", "label=tq.owner", "--filter", `name=test-docker-${process.pid}`];
    expect(await docker("ps", "-aq", ...filter)).toEqual([]);
    expect(await docker("volume", "ls", "-q", ...filter)).toEqual([]);
  });
});
