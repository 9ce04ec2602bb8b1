import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

interface Exported {
  exercise: { number: number };
  steps: { id: string; passedAt: string | null; hints: number; solutionViewed: boolean }[];
  solutionViewed: boolean;
  restartedAt: string | null;
}

describeWith("redis", "the progress of a student", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const tq = useTq();
  const env = () => ({ TQ_REDIS_URL: redis().url });
  const exercise = (...words: string[]) => tq.run(["exercise", "1", ...words], { env: env() });
  const passed = async (): Promise<string[]> => {
    const { stdout } = await exercise("--check", "--format", "json");
    const { checks } = JSON.parse(stdout) as { checks: { id: string; verdict: string }[] };
    return checks.filter(({ verdict }) => verdict === "passed").map(({ id }) => id);
  };
  const exported = async (): Promise<Exported> =>
    JSON.parse((await exercise("--export", "--json")).stdout) as Exported;
  const doIt = async (): Promise<void> => {
    await tq.run(["push", "a", "b", "c"], { env: env() });
    await tq.run(["len"], { env: env() });
    await tq.run(["consume", "--max", "3"], { env: env() });
  };
  beforeEach(async () => {
    await rm(join(tq.home, "progress.json"), { force: true });
    // As in a Redis that tq started: what was done is remembered.
    await client().config("SET", "slowlog-log-slower-than", "0", "slowlog-max-len", "10000");
    await client().call("SLOWLOG", "RESET");
  });

  it("begins anew with --restart, also where the exercise has no files, and what was done before counts no more", async () => {
    await doIt();
    expect(await passed()).toEqual(["1.1", "1.2", "1.3", "1.4"]);
    expect(await exercise("--restart")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--yes") as string,
    });
    expect(await passed()).toHaveLength(4);
    const { code, stdout, stderr } = await exercise("--restart", "--yes");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "exercise 1 begins anew\n" });
    expect(stderr).toContain("next: tq exercise 1");
    expect((await tq.run(["exercise"])).stdout).toMatch(/Producer and consumer +not begun$/m);
    expect(await passed()).toEqual(["1.1"]);
    // The history of Redis knows whole seconds.
    const began = Math.floor(Date.parse((await exported()).restartedAt ?? "") / 1000);
    await expect.poll(async () => Number((await client().time())[0])).toBeGreaterThan(began);
    await doIt();
    expect(await passed()).toEqual(["1.1", "1.2", "1.3", "1.4"]);
  });

  it("is asked for on a terminal before it is forgotten", async () => {
    await doIt();
    await exercise("--check");
    const terminal = new Terminal(["exercise", "1", "--restart"], cleanEnvironment(tq.home, env()));
    await terminal.until("Remove your progress of exercise 1?");
    terminal.type("n\r");
    expect(await terminal.ended).toBe(0);
    expect((await exported()).restartedAt).toBeNull();
  });

  it("puts the starter's files in place of those that were changed, and keeps these", async () => {
    const folder = join(tq.home, "three");
    await mkdir(folder);
    await tq.run(["exercise", "3", folder, "--start"]);
    const starter = await readFile(join(folder, "worker.py"), "utf8");
    await writeFile(join(folder, "worker.py"), "print('mine')\n");
    const { stderr } = await tq.run(["exercise", "3", folder, "--restart", "--yes"]);
    expect(stderr).toContain("--undo");
    expect(await readFile(join(folder, "worker.py"), "utf8")).toBe(starter);
    await tq.run(["exercise", "3", folder, "--undo"]);
    expect(await readFile(join(folder, "worker.py"), "utf8")).toBe("print('mine')\n");
  });

  it("is printed with --export: each step with what was seen, its hints and whether its solution was", async () => {
    await doIt();
    await exercise("--check");
    await exercise("--hint");
    await exercise("--solution", "--step", "1.6");
    const { stdout } = await exercise("--export");
    expect(stdout).toMatch(/^1 {2}Producer and consumer: 4 of 6 steps, solution of 1 step viewed\n/);
    expect(stdout).toMatch(/^ {4}1\.4 {3}passed 20\d\d-\d\d-\d\d \d\d:\d\d\n {10}.* took 3 messages/m);
    expect(stdout).toMatch(/^ {4}1\.5 {3}open, 1 hint$/m);
    expect(stdout).toMatch(/^ {4}1\.6 {3}open, solution viewed$/m);
    const { steps } = await exported();
    expect(steps.map(({ hints }) => hints)).toEqual([0, 0, 0, 0, 1, 0]);
    expect(steps.map(({ solutionViewed }) => solutionViewed)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
    const all = await tq.run(["exercise", "--export", "--json"]);
    expect(
      all.stdout
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as Exported).exercise.number),
    ).toEqual(Array.from({ length: 10 }, (_, n) => n + 1));
  });

  it("is not marked by a solution that is seen when all has passed", async () => {
    await doIt();
    await exercise("--check");
    expect((await exercise("--solution", "--step", "1.2")).stderr).toBe("");
    expect((await exported()).steps.some(({ solutionViewed }) => solutionViewed)).toBe(false);
    expect((await exercise("--solution")).stderr).toContain('marked "solution viewed"');
    expect(await exported()).toMatchObject({ solutionViewed: true });
  });

  it("has its solution shown on a terminal only when somebody says yes", async () => {
    const terminal = new Terminal(["exercise", "1", "--solution"], cleanEnvironment(tq.home, env()));
    await terminal.until('Show the solution of exercise 1? (it is then marked "solution viewed")');
    terminal.type("\r");
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen).not.toContain("# --- producer.py");
    expect((await exported()).solutionViewed).toBe(false);
  });
});

describe("the number of an exercise or a step that is none", () => {
  const tq = useTq();

  it.each([
    ["99", "there is no exercise 99", "There are: 1, 2, 3"],
    ["0", "there is no exercise 0", "tq exercise"],
    ["one", "there is no exercise one", "The number comes first, then the folder."],
    ["5.2", "there is no exercise 5.2", "tq exercise 5 --check --step 5.2"],
    ["5 --check --step 6.1", "exercise 5 has no step 6.1", "That is a step of exercise 6."],
    ["5 --solution --step 2", "exercise 5 has no step 2", "Its steps: 5.1, 5.2, 5.3, 5.4, 5.5"],
    ["5 --hint --step 5.2", "--step goes with --check or --solution", ""],
  ])("is answered with a sentence: tq exercise %s", async (words, message, hint) => {
    const { code, stderr } = await tq.run(["exercise", ...words.split(" ")]);
    expect(stderr).toContain(`tq: ${message}\n`);
    expect(stderr).toContain(hint);
    expect(code).toBe(2);
  });
});
