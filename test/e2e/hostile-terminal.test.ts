import { chmod, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startCannedServer } from "../support/queue/canned-server.js";
import { startHostileDocker } from "../support/docker/hostile-docker.js";
import { describeWith, python } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

/** Sets the title, clears the screen in 8 bits, and turns the reading direction. */
const HOSTILE = "\u001b]0;owned\u0007\u009b2J\u202e";
/** As tq writes it, or in JSON. */
const WRITTEN = /\\(x1b|u001b)\]0;owned\\(x07|u0007)\\(x9b|u009b)2J\\u202e/;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const ALONE = { DOCKER_HOST: "unix:///nowhere/docker.sock" };
const SOLUTION = new URL("../../dist/exercises/04-code-organization/solution/flask", import.meta.url)
  .pathname;
const SIDECAR = { "tq.owner": "tq", "tq.role": "sidecar", "tq.name": `side${HOSTILE}` };

/*
 * The places that print what comes from elsewhere, each shown here or, for messages and names of queues, in
 * terminal.test.ts: words of the command line, questions, answers of a server (an error, a reply, INFO, its log),
 * facts of the Docker engine, names of files and folders, a student's files in findings, what a student's
 * program prints, and what a Python says of itself.
 */
describe("hostile text on a terminal", () => {
  const tq = useTq();

  /** Runs it to its end on a terminal; what was seen has the text written out, and no control character. */
  async function shows(
    args: string[],
    { env = {}, cwd = tq.home, typed = "", repeats = true }: Options = {},
  ): Promise<string> {
    const terminal = new Terminal(
      [...args, "--no-color"],
      cleanEnvironment(tq.home, { ...ALONE, ...env }),
      cwd,
    );
    if (typed !== "") terminal.type(typed);
    await terminal.ended;
    const seen = terminal.screen.replaceAll("\r\n", "\n");
    expect(seen).not.toMatch(CONTROL);
    // A terminal breaks long lines, and so does tq.
    if (repeats) expect(seen.replace(/\s+/g, "")).toMatch(WRITTEN);
    else expect(seen).not.toContain("owned");
    return seen;
  }
  interface Options {
    env?: Record<string, string>;
    cwd?: string;
    typed?: string;
    /** It is shown, written out; else no part of it is. */
    repeats?: boolean;
  }

  it.each([
    [[`shout${HOSTILE}`]],
    [["exercise", "4", "--check", "--step", `4${HOSTILE}`]],
    [["exercise", "4", `no${HOSTILE}`, "--check"]],
    [["sidecar", "up", `a${HOSTILE}`]],
  ])("words of the command line: %j", async (args) => {
    await shows(args);
  });

  it.each([
    [["len", "--redis-url", `redis://host${HOSTILE}:1`]],
    [["redis", "url", "--redis-url", `redis://host${HOSTILE}`]],
  ])("a url that is none may hold a password, and is not repeated: %j", async (args) => {
    await shows(args, { repeats: false });
  });

  it("names of files and folders", async () => {
    const folder = `files${HOSTILE}`;
    await shows(["exercise", "4", "--start", folder]);
    await mkdir(join(tq.home, folder), { recursive: true });
    await shows(["exercise", "2", folder, "--check", "--step", "2.1"]);
  });

  it("an answer of a server, as an error and as a reply", async () => {
    await using error = await startCannedServer(`-WEIRD ${HOSTILE}\r\n`);
    const env = { TQ_REDIS_URL: `redis://127.0.0.1:${error.port}/0`, PATH: "/nowhere" };
    await shows(["len"], { env });
    await shows(["redis", "cli", "PING"], { env });
  });

  it("a log of a Redis, and the folder of its data", async () => {
    const folder = join(tq.home, "redis", "redis");
    await mkdir(folder, { recursive: true });
    const state = {
      version: 1,
      engine: "native",
      name: "redis",
      addresses: ["127.0.0.1"],
      port: 1,
      password: null,
      runId: null,
      handle: "999999999",
      data: `/data${HOSTILE}`,
      dataIsTheirs: true,
      startedAt: "2026-01-01",
      stoppedAt: "2026-01-01",
    };
    await writeFile(join(folder, "state.json"), JSON.stringify(state));
    await writeFile(join(folder, "redis.log"), `line ${HOSTILE}\n`);
    await shows(["redis", "logs"]);
    await shows(["redis", "status"]);
    await shows(["redis", "down"]);
  });

  it.each([
    [["network"]],
    [["network", "--json"]],
    [["sidecar", "list"]],
    [["sidecar", "exec", "other", "--", "true"]],
    [["sidecar", "down"]],
    [["doctor"]],
  ])("facts of a Docker engine: %j", async (args) => {
    await using docker = await startHostileDocker(HOSTILE, { ...SIDECAR, "tq.home": tq.home });
    await shows(args, { env: { DOCKER_HOST: docker.url } });
  });

  it("a student's Compose file, in a finding", async () => {
    const folder = join(tq.home, "compose");
    await mkdir(folder, { recursive: true });
    const name = JSON.stringify(`db${HOSTILE}`);
    await writeFile(join(folder, "docker-compose.yml"), `services:\n  ${name}: { image: redis }\n`);
    await shows(["exercise", "2", folder, "--check", "--step", "2.1"]);
  });

  it("what a Python says of itself", async () => {
    const path = join(tq.home, `python${HOSTILE}`);
    await writeFile(
      path,
      `#!/bin/sh\nprintf '%s\\n' '${HOSTILE}'\nprintf '%s\\n' '${HOSTILE}' >&2\nexit 1\n`,
    );
    await chmod(path, 0o755);
    await shows(["doctor", "--python", path]);
  });

  describeWith("redis", "from a real Redis", () => {
    const redis = useRedisServer();
    const client = useClient(redis);
    const env = () => ({ TQ_REDIS_URL: redis().url });

    it("a message as JSON, and one that cannot be read", async () => {
      await client().rpush("hotqueue:queue", JSON.stringify(HOSTILE), HOSTILE);
      const seen = await new Promise<string>((resolve, reject) => {
        const terminal = new Terminal(
          ["get", "--json", "--serializer", "json"],
          cleanEnvironment(tq.home, env()),
        );
        terminal.ended.then(() => {
          resolve(terminal.screen);
        }, reject);
      });
      expect(seen.replaceAll("\r\n", "\n")).not.toMatch(CONTROL);
      await shows(["push", "x", "--queue", HOSTILE], { env: env() });
      await client().set(`hotqueue:text${HOSTILE}`, "x");
      await shows(["get", "--queue", `text${HOSTILE}`], { env: env() });
    });

    it("the question whether a queue is to be cleared", async () => {
      await client().rpush(`hotqueue:${HOSTILE}`, "x");
      await shows(["clear", "--plain", "--queue", HOSTILE], { env: env(), typed: "n\r" });
    });
  });

  describeWith(["python", "web"], "from a student's program", () => {
    it("what it prints, and the text of its error", async () => {
      const folder = join(tq.home, "program");
      await cp(SOLUTION, folder, { recursive: true });
      const jobs = join(folder, "jobs.py");
      const text = await readFile(jobs, "utf8");
      const quoted = String.raw`"\x1b]0;owned\x07\x9b2J\u202e"`;
      await writeFile(jobs, `${text}\nprint(${quoted})\nraise ValueError(${quoted})\n`);
      await shows(["exercise", "4", folder, "--check", "--python", python()]);
    });
  });
});
