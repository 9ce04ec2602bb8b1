import { execFile } from "node:child_process";
import { chmod, cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

const run = promisify(execFile);
const docker = async (...args: string[]) => (await run("docker", args)).stdout.trim();
const solution = new URL("../../dist/exercises/02-compose/solution/docker-compose.yml", import.meta.url)
  .pathname;

/** Milliseconds after which tq is killed: before, in and after the middle of what it does. */
const DELAYS = [120, 250, 400, 600, 900, 1300];

const name = `bystander${process.pid}`;

/** A person's own project, whose services are called as those of the exercise are. */
const PROJECT = `
services:
  redis-db: { image: "redis:7", volumes: ["kept:/data"] }
  python1: { image: "python:3.14", command: ["sleep", "9999999"], stop_signal: SIGKILL }
volumes: { kept: }
`;

describeWith("docker", "what a person has on the engine", () => {
  const tq = useTq();
  const project = () => join(tq.home, `${name}project`);
  const folder = () => join(tq.home, `${name}work`);
  const compose = (...args: string[]) => run("docker", ["compose", ...args], { cwd: project() });
  const containers = () => [`${name}-redis`, `${name}project-redis-db-1`, `${name}project-python1-1`];

  /** All that the engine tells of them, and what stands in the two servers. */
  async function look(): Promise<unknown> {
    const told = JSON.parse(
      await docker("inspect", ...containers(), ...[name, `${name}project_kept`, `${name}project_default`]),
    ) as unknown;
    const servers = containers().slice(0, 2);
    const keys = await Promise.all(
      servers.map((server) => docker("exec", server, "redis-cli", "LRANGE", "hotqueue:queue", "0", "-1")),
    );
    return { told, keys };
  }

  let before: unknown;
  beforeAll(async () => {
    await mkdir(project());
    await writeFile(join(project(), "compose.yaml"), PROJECT);
    await compose("up", "--detach");
    await docker("volume", "create", name);
    await docker("run", "--detach", "--name", `${name}-redis`, "--volume", `${name}:/data`, "redis:7");
    for (const server of containers().slice(0, 2)) {
      const push = () => docker("exec", server, "redis-cli", "-e", "RPUSH", "hotqueue:queue", "theirs");
      await vi.waitFor(push, { timeout: 20_000 });
    }
    await mkdir(join(folder(), "data"), { recursive: true });
    await chmod(join(folder(), "data"), 0o777);
    await cp(solution, join(folder(), "docker-compose.yml"));
  });
  beforeEach(async () => {
    before = await look();
  });
  afterAll(async () => {
    await tq.run(["sidecar", "down"]);
    await tq.run(["redis", "down", "--volumes", "--name", name]);
    await compose("down", "--timeout", "0", "--volumes");
    await docker("rm", "--force", "--volumes", `${name}-redis`);
    await docker("volume", "rm", name);
  });

  /** What tq has started from this home, or from a folder in it. */
  async function ours(): Promise<string[]> {
    const mine = ["--filter", "label=tq.owner=tq", "--format", '{{.Label "tq.name"}} {{.Label "tq.home"}}'];
    const lists = await Promise.all([
      docker("ps", "--all", ...mine),
      docker("network", "ls", ...mine),
      docker("volume", "ls", ...mine),
    ]);
    return lists.flatMap((text) => text.split("\n").filter((line) => line.includes(tq.home)));
  }

  it.each([
    ["sidecar up", ["sidecar", "up", "--bare", `${name}a`, `${name}b`], [["sidecar", "down"]]],
    [
      "redis up",
      ["redis", "up", "--engine", "docker", "--port", "0", "--name", name],
      [
        ["redis", "up", "--engine", "docker", "--port", "0", "--name", name],
        ["redis", "down", "--volumes", "--name", name],
      ],
    ],
  ])("stays as it is where %s is killed, and the next commands clean up", async (_, command, next) => {
    for (const delay of DELAYS) {
      const killed = tq.start(command);
      await new Promise((resolve) => setTimeout(resolve, delay));
      killed.child.kill("SIGKILL");
      await killed.ended;
      expect(await look()).toEqual(before);
      // Also where it was the last thing that was started.
      expect(await tq.run(next.at(-1) ?? [])).toMatchObject({ code: 0 });
      expect(await ours(), `killed after ${delay} ms`).toEqual([]);
    }
    for (const args of next) expect(await tq.run(args)).toMatchObject({ code: 0 });
    expect(await ours()).toEqual([]);
    expect(await look()).toEqual(before);
  });

  it("stays as it is where a check is killed, or comes to its end", async () => {
    for (const delay of DELAYS) {
      const killed = tq.start(["exercise", "2", folder(), "--check"]);
      await new Promise((resolve) => setTimeout(resolve, delay));
      killed.child.kill("SIGKILL");
      await killed.ended;
    }
    const { stdout } = await tq.run(["exercise", "2", folder(), "--check"]);
    expect(stdout, "it is seen").toContain(`the project ${name}project`);
    for (const args of [["network"], ["doctor"], ["sidecar", "list"], ["exercise"]]) await tq.run(args);
    expect(await ours()).toEqual([]);
    expect(await look()).toEqual(before);
  });

  it("stays as it is where a walk is killed", async () => {
    const walk = new Terminal(["exercise", "2", folder()], cleanEnvironment(tq.home));
    for (const key of ["\r", "\r", "\r", "\r"]) walk.type(key);
    await walk.until("2.3  three containers run");
    await walk.until("a second Compose project");
    walk.kill();
    await walk.ended;
    expect(await ours()).toEqual([]);
    expect(await look()).toEqual(before);
  });
});
