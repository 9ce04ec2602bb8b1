import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { ScriptedStudent } from "../../src/check/staging/scripted-student.js";
import { findFreePort } from "../../src/redis/engines/free-port.js";
import { describeWith, python } from "../support/needs.js";
import { useClient, useRedisServer } from "../support/redis-server.js";
import { Terminal } from "../support/terminal.js";
import { cleanEnvironment, useTq } from "../support/tq.js";

const exercises = new URL("../../exercises", import.meta.url).pathname;
const golden = (name: string) => new URL(`../data/screens/${name}.txt`, import.meta.url).pathname;

/** Without what differs from run to run: ports, times, folders. */
function stable(text: string, folder = "/nowhere"): string {
  return text
    .replaceAll(folder, "<folder>")
    .replace(/127\.0\.0\.1:\d{4,5}/g, "127.0.0.1:<port>")
    .replace(/port=\d{4,5}/g, "port=<port>")
    .replace(/-p \d{4,5}/g, "-p <port>")
    .replace(/\d+\.\d ms/g, "<n> ms")
    .replace(/Redis 7[.\d]+/g, "Redis <version>");
}

/** The lesson, a section at a time, to its end. */
async function readLesson(terminal: Terminal, sections: number): Promise<void> {
  for (let n = 1; n <= sections; n += 1) {
    await expect.poll(() => terminal.screen.split("Enter goes on").length - 1).toBe(n);
    terminal.type("\r");
  }
}

describeWith("redis", "walking through exercise 1", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const tq = useTq();
  const env = (more: Record<string, string> = {}) => ({ TQ_REDIS_URL: redis().url, ...more });
  const open = (args: string[], more?: Record<string, string>) =>
    new Terminal(["exercise", "1", ...args], cleanEnvironment(tq.home, env(more)));
  beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

  /** The student's other terminals. */
  async function play(terminal: Terminal): Promise<void> {
    await terminal.until("1.2  two clients");
    await tq.run(["push", "a", "b", "c"], { env: env() });
    await tq.run(["len"], { env: env() });
    const consumer = tq.start(["consume"], { env: env() });
    await terminal.until("PASSED   1.4");
    await tq.run(["len"], { env: env() });
    await tq.run(["push", "more"], { env: env() });
    await terminal.until("PASSED   1.5");
    await consumer.until("stdout", "more");
    await tq.run(["push", "now"], { env: env() });
    await terminal.until("done, all 6 steps");
    consumer.child.kill("SIGINT");
    await consumer.ended;
  }

  it("in 80 columns, from the first screen to the last, resized on the way", async () => {
    const terminal = open([]);
    await readLesson(terminal, 4);
    await terminal.until("1.2  two clients");
    terminal.resize(60, 20);
    await play(terminal);
    expect(await terminal.ended).toBe(0);
    for (const line of terminal.transcript.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
    expect((await tq.run(["exercise"])).stdout).toMatch(/Producer and consumer +done/);
  });

  it.each([
    ["plain", ["--plain"], {}],
    ["no-color", [], { NO_COLOR: "1" }],
  ])("looks as it should: %s", async (name, args, more) => {
    const terminal = open(args, more);
    await readLesson(terminal, 4);
    await play(terminal);
    expect(await terminal.ended).toBe(0);
    // eslint-disable-next-line no-control-regex
    const colours = /\u001b\[[0-9;]*m/;
    expect(terminal.screen).not.toMatch(colours);
    if (name === "plain") expect(terminal.screen).not.toContain("\u001b");
    await expect(stable(terminal.transcript)).toMatchFileSnapshot(golden(`exercise-1-${name}`));
  });

  it("goes on where it was, back and over a step, and leaves the terminal as it was", async () => {
    const first = open([]);
    await first.until("Enter goes on");
    first.type("q");
    expect(await first.ended).toBe(0);
    await client().rpush("hotqueue:queue", "x");

    const second = open([]);
    await readLesson(second, 4);
    await second.until("1.2  two clients");
    for (const key of ["h", "h"]) second.type(key);
    await second.until("Hint 2 of 4, the idea");
    second.type("s");
    await second.until("# --- producer.py");
    second.type("n");
    await second.until("1.3  messages wait");
    second.type("\u0003");
    expect(await second.ended).toBe(130);

    const third = open([]);
    await third.until("go on where you were");
    await third.until("1.3  messages wait");
    third.type("b");
    await third.until("1.2  two clients");
    third.type("?");
    await third.until("The keys:");
    third.type("q");
    await third.until("It goes on here: tq exercise 1");
    expect(await third.ended).toBe(0);
    const state = JSON.parse(await readFile(join(tq.home, "progress.json"), "utf8")) as {
      exercises: Record<string, object>;
    };
    expect(state.exercises["producer-and-consumer"]).toMatchObject({
      ...{ viewed: true, skipped: ["1.2"], hints: { "1.2": 2 }, at: "1.2" },
    });
  });

  it("names a mistake in the moment in which it is made", async () => {
    const terminal = open([]);
    await readLesson(terminal, 4);
    await terminal.until("1.2  two clients");
    const consumer = tq.start(["consume", "--db", "0"], { env: env() });
    await expect.poll(() => client().client("LIST")).toContain("cmd=blpop");
    await tq.run(["push", "hello"], { env: env() });
    await terminal.until("the two ends use different databases");
    terminal.type("q");
    expect(await terminal.ended).toBe(0);
    consumer.child.kill("SIGINT");
    await consumer.ended;
  });

  it("waits for a Redis that is not there yet", async () => {
    const url = `redis://127.0.0.1:${await findFreePort()}`;
    const terminal = new Terminal(["exercise", "1"], cleanEnvironment(tq.home, { TQ_REDIS_URL: url }));
    await readLesson(terminal, 4);
    await terminal.until("waiting for you");
    expect(terminal.screen).toContain(`This exercise looks at ${url}`);
    terminal.type("q");
    expect(await terminal.ended).toBe(0);
  });
});

describeWith(["redis", "python"], "walking through exercise 3", () => {
  const redis = useRedisServer();
  const tq = useTq();

  it("from an empty folder to the last step", async () => {
    const folder = join(tq.home, "work");
    await mkdir(folder);
    const terminal = new Terminal(
      ["exercise", "3", folder, "--python", python()],
      cleanEnvironment(tq.home, { TQ_REDIS_URL: redis().url, NO_COLOR: "1" }),
    );
    await readLesson(terminal, 5);
    await terminal.until("3.1  echo is decorated");
    const solution = join(exercises, "03-echo-worker", "solution", "worker.py");
    await writeFile(join(folder, "worker.py"), await readFile(solution));
    await terminal.until("done, all 5 steps");
    expect(await terminal.ended).toBe(0);
    const screen = stable(terminal.transcript, folder).replace(
      /20 messages: \d+ to one worker,\s+\d+ to the other/,
      "20 messages: <n> to one worker, <n> to the other",
    );
    await expect(screen).toMatchFileSnapshot(golden("exercise-3"));
  });
});

describeWith(["docker", "python"], "walking through exercise 2", () => {
  const tq = useTq();

  it("from the first question to the last container", async () => {
    const folder = join(tq.home, `tqwalk${process.pid}`);
    await mkdir(folder);
    const at = join(exercises, "02-compose");
    await writeFile(
      join(folder, "docker-compose.yml"),
      await readFile(join(at, "solution", "docker-compose.yml")),
    );
    const terminal = new Terminal(["exercise", "2", folder], cleanEnvironment(tq.home, { NO_COLOR: "1" }));
    await readLesson(terminal, 4);
    await terminal.until("2.2  the folder data");
    await using student = ScriptedStudent.start({
      ...{ stage: join(at, "solution"), shared: join(at, "staging"), folder, python: python() },
      ...{ redisPort: await findFreePort(), env: process.env },
    });
    await terminal.until("Which name or address reaches Redis");
    terminal.type("localhost\r");
    await terminal.until("Inside a container that is the container itself.");
    terminal.type("redis-db\r");
    await terminal.until("It is the service's name");
    await terminal.until("Which Python packages");
    terminal.type("redis hotqueue\r");
    expect(await student?.next()).toBe(true);
    await terminal.until("PASSED   2.7");
    student?.proceed();
    await terminal.until("done, all 8 steps");
    expect(await terminal.ended).toBe(0);
    expect(await student?.next()).toBe(true);
    student?.proceed();
    expect(await student?.next()).toBe(false);
  });
});

describe("walking through an exercise that cannot run here", () => {
  const tq = useTq();

  it("says so at the step that needs it", async () => {
    const folder = join(tq.home, "work");
    await mkdir(join(folder, "data"), { recursive: true });
    await chmod(join(folder, "data"), 0o777);
    await writeFile(
      join(folder, "docker-compose.yml"),
      await readFile(join(exercises, "02-compose", "solution", "docker-compose.yml")),
    );
    const terminal = new Terminal(
      ["exercise", "2", folder],
      cleanEnvironment(tq.home, { DOCKER_HOST: "unix:///nowhere.sock", NO_COLOR: "1" }),
    );
    await readLesson(terminal, 4);
    await terminal.until("no Docker engine answers");
    terminal.type("q");
    expect(await terminal.ended).toBe(0);
  });
});
