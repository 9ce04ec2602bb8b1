import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { ScriptedStudent } from "../../src/course/author/scripted-student.js";
import { findFreePort } from "../../src/redis/engines/free-port.js";
import { describeWith, python } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, type Tq, useTq } from "../support/command-line/tq.js";
import { stableScreen } from "../support/command-line/stable-screen.js";
import { readLesson, waitsAt } from "../support/command-line/walk.js";

const exercises = new URL("../../dist/exercises", import.meta.url).pathname;

const TQ = new URL("../../bin/tq.js", import.meta.url).pathname;

/** The ways in which each exercise is walked through, and the names of the files that keep the screens. */
const LOOKS = [
  { name: "80x24", args: [], env: {} },
  { name: "plain", args: ["--plain"], env: {} },
  { name: "no-color", args: [], env: { NO_COLOR: "1" } },
] as const;
type Look = (typeof LOOKS)[number];

function open(tq: Tq, look: Look, args: string[], env: Record<string, string> = {}): Terminal {
  return new Terminal(
    ["exercise", ...args, ...look.args],
    cleanEnvironment(tq.home, { ...env, ...look.env }),
  );
}

/** The student's folder, with what an exercise begins with. */
async function layStarter(tq: Tq, name: string): Promise<string> {
  const work = join(tq.home, "work");
  await rm(work, { recursive: true, force: true });
  await cp(join(exercises, name, "starter"), work, { recursive: true });
  return work;
}

/** `before`: only what comes before this text is kept. */
async function keep(
  terminal: Terminal,
  number: number,
  look: Look,
  folder?: string,
  before?: string,
): Promise<void> {
  expect(await terminal.ended).toBe(0);
  // eslint-disable-next-line no-control-regex
  const colours = /\u001b\[[0-9;]*m/;
  if (look.name === "80x24") expect(terminal.screen).toMatch(colours);
  else expect(terminal.screen).not.toMatch(colours);
  if (look.name === "plain") expect(terminal.screen).not.toContain("\u001b");
  const file = new URL(`../data/screens/exercise-${number}-${look.name}.txt`, import.meta.url).pathname;
  const [kept = ""] = before === undefined ? [terminal.transcript] : terminal.transcript.split(before);
  await expect(stableScreen(kept, folder)).toMatchFileSnapshot(file);
}

describeWith("redis", "exercise 1 from the first screen to the last", () => {
  const redis = useRedisServer();
  useClient(redis);
  const tq = useTq();
  beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

  it.each(LOOKS)("looks as it should: $name", async (look) => {
    const env = { TQ_REDIS_URL: redis().url };
    const terminal = open(tq, look, ["1"], env);
    await readLesson(terminal, 4);
    await waitsAt(terminal, "1.2  two clients");
    terminal.resize(60, 20);
    // The student's other terminals.
    await tq.run(["push", "a", "b", "c"], { env });
    await tq.run(["len"], { env });
    const consumer = tq.start(["consume"], { env });
    await waitsAt(terminal, "1.5  the queue is empty");
    terminal.resize(80, 24);
    await tq.run(["len"], { env });
    await tq.run(["push", "more"], { env });
    await terminal.until("PASSED   1.5");
    await consumer.until("stdout", "more");
    await tq.run(["push", "now"], { env });
    await terminal.until("done, all 6 steps");
    consumer.child.kill("SIGINT");
    await consumer.ended;
    await keep(terminal, 1, look);
    expect((await tq.run(["exercise"])).stdout).toMatch(/Producer and consumer +done/);
  });
});

describeWith(["docker", "python"], "exercise 2 from the first screen to the last", () => {
  const tq = useTq();
  const stage = join(exercises, "02-compose", "solution");
  beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

  it.each(LOOKS)("looks as it should: $name", async (look) => {
    // Of the same length on every machine, because lines are broken by it.
    const folder = join(tq.home, `tqwalk${String(process.pid).padStart(8, "0")}`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    const file = join(folder, "docker-compose.yml");
    const terminal = open(tq, look, ["2", folder]);
    await readLesson(terminal, 4);
    await waitsAt(terminal, "2.1  the Compose file");
    terminal.resize(60, 20);
    await writeFile(file, await readFile(join(stage, "docker-compose.yml")));
    await waitsAt(terminal, "2.2  the folder data");
    terminal.resize(80, 24);
    await using student = ScriptedStudent.start({
      tq: TQ,
      stage,
      shared: join(exercises, "02-compose", "staging"),
      folder,
      python: python(),
      redisPort: await findFreePort(),
      env: process.env,
    });
    // What is typed before it asks is shown by the terminal, too: it ends with the question, or with the sign below it.
    const asks = async (after: string, question: string): Promise<void> => {
      const since = (): string => terminal.screen.split(after).at(-1) ?? "";
      await terminal.until(after);
      await expect.poll(since).toContain(question);
      if (look.name === "plain") await expect.poll(since).toMatch(/> $/);
    };
    await asks("A question.", "Which name or address reaches Redis");
    expect(await student?.next()).toBe(true);
    terminal.type("\r");
    await asks("Nothing was typed.", "Which name or address");
    terminal.type("localhost\r");
    await asks("Inside a container that is the container itself.", "Which name or address");
    terminal.type("redis-db\r");
    await asks("It is the service's name", "Which Python packages");
    terminal.type("redis hotqueue\r");
    await terminal.until("PASSED   2.7");
    student?.proceed();
    await terminal.until("done, all 8 steps");
    expect(await student?.next()).toBe(true);
    student?.proceed();
    expect(await student?.next()).toBe(false);
    await keep(terminal, 2, look, folder);
  });
});

describeWith(["redis", "python"], "exercise 3 from the first screen to the last", () => {
  const redis = useRedisServer();
  const tq = useTq();
  const solution = join(exercises, "03-echo-worker", "solution", "worker.py");
  beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

  it.each(LOOKS)("looks as it should: $name", async (look) => {
    const folder = join(tq.home, "work");
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    const terminal = open(tq, look, ["3", folder, "--python", python()], { TQ_REDIS_URL: redis().url });
    await readLesson(terminal, 5);
    await waitsAt(terminal, "3.1  echo is decorated");
    terminal.resize(60, 20);
    await writeFile(join(folder, "worker.py"), await readFile(solution));
    await terminal.until("done, all 5 steps");
    await keep(terminal, 3, look, folder);
  });
});

describeWith(
  ["redis", "python", "web"],
  "an exercise of the jobs API from the first screen to the last",
  () => {
    const tq = useTq();
    beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

    // One look: what the others change is the same in every exercise.
    it.each([
      [4, "04-code-organization", 5, "4.1  each name", "done, all 5 steps"],
      [5, "05-save-and-queue", 5, "5.1  the request", "done, all 5 steps"],
      [6, "06-execute-the-job", 6, "6.1  the worker", "done, all 7 steps"],
      [7, "07-jobs-api", 10, "7.1  the code", "done, all 10 steps"],
    ])("looks as it should: %i", async (number, name, sections, first, last) => {
      const [look] = LOOKS;
      const work = await layStarter(tq, name);
      const terminal = open(tq, look, [String(number), work, "--seed", "1", "--python", python()]);
      // Wide enough for the folder's name, which no two runs share.
      terminal.resize(100, 24);
      await readLesson(terminal, sections);
      await waitsAt(terminal, first);
      await cp(join(exercises, name, "solution", "flask"), work, { recursive: true });
      await terminal.until(last);
      await keep(terminal, number, look, work);
    });
  },
);

describe("exercise 8 as far as it goes without a cluster", () => {
  const tq = useTq();
  const folder = join(exercises, "08-kubernetes");
  beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

  // One look: what the others change is the same in every exercise.
  it("looks as it should", async () => {
    const [look] = LOOKS;
    const work = join(tq.home, "work");
    await rm(work, { recursive: true, force: true });
    await mkdir(work);
    const lay = async (from: string, ...names: string[]): Promise<void> => {
      for (const name of names) await writeFile(join(work, name), await readFile(join(folder, from, name)));
    };
    // Nothing is on this PATH, so that no kubectl is.
    const terminal = open(tq, look, ["8", work, "--seed", "1"], { PATH: work });
    await readLesson(terminal, 6);
    await waitsAt(terminal, "8.1  the manifests");
    await lay("halfway", "redis.yml", "debug.yml");
    await waitsAt(terminal, "8.4  a Service");
    // The card's last row: one that comes after the resize is broken elsewhere.
    await terminal.until("6379}]");
    terminal.resize(60, 20);
    await lay("solution", "redis.yml");
    await waitsAt(terminal, "8.6  the API");
    // Wide enough for the folder's name, which no two runs share.
    terminal.resize(100, 24);
    await lay("solution", "api.yml");
    await waitsAt(terminal, "8.7  the workers");
    await lay("solution", "worker.yml");
    await waitsAt(terminal, "8.8  on a cluster");
    await terminal.until("no kubectl on the PATH");
    terminal.type("n");
    for (const step of ["8.9  messages", "8.10  three", "8.11  all"]) {
      await waitsAt(terminal, step);
      terminal.type("n");
    }
    await terminal.until("Still open: 8.8, 8.9, 8.10, 8.11");
    // Whether the verdict of a step stands there before its key is pressed is a matter of luck.
    await keep(terminal, 8, look, work, "8.9  messages");
  });
});

describeWith(
  ["docker", "rabbitmq", "python", "celery"],
  "exercise 9 from the first screen to the last",
  () => {
    const tq = useTq();
    const folder = join(exercises, "09-celery");
    beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

    // One look: what the others change is the same in every exercise.
    it("looks as it should", async () => {
      const [look] = LOOKS;
      const work = await layStarter(tq, "09-celery");
      const lay = (name: string) => cp(join(folder, "solution", name), join(work, name));
      const terminal = open(tq, look, ["9", work, "--seed", "1", "--python", python()]);
      await readLesson(terminal, 8);
      await waitsAt(terminal, "9.1  the Compose file");
      await lay("docker-compose.yml");
      await waitsAt(terminal, "9.3  the task is right");
      terminal.resize(60, 20);
      await lay("tasks.py");
      await waitsAt(terminal, "9.4  the web hands tasks over");
      terminal.resize(100, 24);
      await lay("app.py");
      await terminal.until("done, all 8 steps");
      await keep(terminal, 9, look, work);
    });
  },
);

describeWith(["redis", "python"], "exercise 10 from the first screen to the last", () => {
  const redis = useRedisServer();
  useClient(redis);
  const tq = useTq();
  const folder = join(exercises, "10-delivery-guarantees");
  beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

  // One look: what the others change is the same in every exercise.
  it("looks as it should", async () => {
    const [look] = LOOKS;
    const work = await layStarter(tq, "10-delivery-guarantees");
    const words = ["10", work, "--seed", "1", "--python", python()];
    const terminal = open(tq, look, words, { TQ_REDIS_URL: redis().url });
    await readLesson(terminal, 6);
    await waitsAt(terminal, "10.1  a worker is killed");
    await using student = ScriptedStudent.start({
      tq: TQ,
      stage: join(folder, "solution"),
      shared: join(folder, "staging"),
      folder: work,
      python: python(),
      redisPort: redis().port,
      env: process.env,
    });
    await waitsAt(terminal, "10.4  exit code 0");
    expect(await student?.next()).toBe(true);
    student?.proceed();
    await cp(join(folder, "solution", "work.py"), join(work, "work.py"));
    await terminal.until("done, all 6 steps");
    await keep(terminal, 10, look, work);
  });
});
