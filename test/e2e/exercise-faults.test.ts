import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFreePort } from "../../src/redis/engines/free-port.js";
import { startEngineWithout } from "../support/docker/docker-proxy.js";
import { describeWith } from "../support/suite/needs.js";
import { useTq } from "../support/command-line/tq.js";

const run = promisify(execFile);
const root = new URL("../..", import.meta.url).pathname;
const solution = join(root, "dist", "exercises", "02-compose", "solution", "docker-compose.yml");

interface Result {
  verdict: string;
  environment: { docker: string | null };
  checks: { id: string; verdict: string; blockedBy?: string; observed?: string; next?: string }[];
}

describeWith("docker", "exercise 2 on a machine that is in the way", () => {
  const tq = useTq();
  const folder = () => join(tq.home, `tqfault${process.pid}`);
  const data = () => join(folder(), "data");
  const compose = (...args: string[]) => run("docker", ["compose", ...args], { cwd: folder() });
  let port = 0;

  beforeEach(async () => {
    await rm(join(tq.home, "progress.json"), { force: true });
    await mkdir(data(), { recursive: true });
    await chmod(data(), 0o777);
    port = await findFreePort();
    const text = await readFile(solution, "utf8");
    await writeFile(join(folder(), "docker-compose.yml"), text.replace("6379:6379", `${port}:6379`));
  });
  afterEach(async () => {
    await compose("down", "--timeout", "0", "--volumes");
    await run("umount", [data()]).catch(() => undefined);
    await rm(folder(), { recursive: true });
  });

  const check = async (env: Record<string, string> = {}) => {
    const { code, stdout } = await tq.run(["exercise", "2", folder(), "--check", "--format", "json"], {
      env,
    });
    return { code, result: JSON.parse(stdout) as Result };
  };
  /** Up, with a Redis that answers. */
  const start = async () => {
    await compose("up", "--detach");
    const ping = () => compose("exec", "-T", "redis-db", "redis-cli", "PING").catch(() => ({ stdout: "" }));
    await expect.poll(async () => (await ping()).stdout).toContain("PONG");
  };
  const progress = () => readFile(join(tq.home, "progress.json"), "utf8");
  /** Blocked by the machine at this step, and nothing of it in the progress. */
  const expectBlocked = async (id: string, says: string, env: Record<string, string> = {}) => {
    await check(); // What is there already counts.
    const before = await progress();
    const { code, result } = await check(env);
    const seen = JSON.stringify(result.checks, null, 1);
    const at = result.checks.find((one) => one.id === id);
    expect(at, seen).toMatchObject({ verdict: "blocked", blockedBy: "environment" });
    expect(at?.observed).toContain(says);
    expect(at?.next).not.toBe("");
    expect(code, seen).toBe(3);
    expect(await progress()).toBe(before);
  };

  it("is blocked where another program holds the port", async () => {
    const other = createServer().listen(port, "0.0.0.0");
    await once(other, "listening");
    try {
      await expect(compose("up", "--detach")).rejects.toThrow();
      await expectBlocked("2.3", `port ${port} is taken by`);
    } finally {
      other.close();
    }
  });

  it("is blocked where an image is gone", async () => {
    await using engine = await startEngineWithout(["python:3.14"]);
    await expectBlocked("2.3", "python:3.14 is not among this machine's images", { DOCKER_HOST: engine.url });
    const { code, result } = await check();
    expect(result.checks[2]?.verdict, "with its images nothing but the start is missing").toBe("not-yet");
    expect(code).toBe(1);
  });

  it("is blocked where Redis, or all of it, was stopped in the middle", async () => {
    await start();
    const { code, result } = await check();
    expect(result.checks[3]?.verdict).toBe("passed");
    expect(code).toBe(1);
    const { stdout } = await run("docker", ["version", "--format", "{{.Server.Version}}"]);
    expect(result.environment.docker).toBe(stdout.trim());
    await compose("stop", "--timeout", "0", "redis-db");
    await expectBlocked("2.7", "redis-db does not run any more");
    await compose("stop", "--timeout", "0");
    await expectBlocked("2.5", "python1 and python2 do not run any more");
  });

  it.runIf(process.getuid?.() === 0)("is blocked where the disk of data is full", async () => {
    await run("mount", ["-t", "tmpfs", "-o", "size=512k,mode=777", "tmpfs", data()]);
    await start();
    await writeFile(join(data(), "filler"), Buffer.alloc(1024 * 1024)).catch(() => undefined);
    await compose("exec", "-T", "redis-db", "redis-cli", "RPUSH", "hotqueue:queue", "x");
    await expectBlocked("2.7", "is full (0 bytes are free)");
    for (const service of ["python1", "python2"])
      await compose("exec", "-T", service, "pip", "install", "--quiet", "hotqueue", "redis");
    await expectBlocked("2.6", "refuses new data");
  });
});

describe("an exception within a check", () => {
  const tq = useTq();

  it("is tq's fault: exit 70, with what to report, and the other steps as ever", async () => {
    const broken = join(tq.home, "broken");
    for (const part of ["bin", "dist", "package.json"])
      await cp(join(root, part), join(broken, part), { recursive: true });
    const at = join(broken, "dist", "exercises", "03-echo-worker");
    await rename(join(at, "exercise.js"), join(at, "whole.js"));
    await writeFile(
      join(at, "exercise.js"),
      `import { exercise as whole } from "./whole.js";
       const examine = async () => { throw new RangeError("broken on purpose"); };
       const steps = whole.steps.map((step) => (step.id === "3.1" ? { ...step, examine } : step));
       export const exercise = { ...whole, steps };`,
    );
    const check = (...args: string[]) =>
      run(process.execPath, [join(broken, "bin", "tq.js"), "exercise", "3", tq.home, "--check", ...args], {
        env: { ...process.env, TQ_HOME: join(tq.home, "state"), TQ_REDIS_URL: "redis://127.0.0.1:1" },
      }).then(
        () => ({ code: 0, stdout: "", stderr: "" }),
        (error: unknown) => error as { code: number; stdout: string; stderr: string },
      );
    const text = await check();
    expect(text.code, text.stderr).toBe(70);
    expect(text.stdout).toContain("TQ ERROR 3.1");
    expect(text.stdout).toContain("RangeError: broken on purpose");
    expect(text.stdout).toContain("This is not your fault. Please report it");
    expect(text.stderr).toContain("tq itself failed");
    const json = await check("--format", "json");
    expect(json.code).toBe(70);
    const { verdict, checks } = JSON.parse(json.stdout) as Result;
    expect(verdict).toBe("error");
    expect(checks.map((one) => one.verdict)).toEqual(["error", "blocked", "blocked", "blocked", "blocked"]);
    await expect(readFile(join(tq.home, "state", "progress.json"))).rejects.toThrow("ENOENT");
  });
});
