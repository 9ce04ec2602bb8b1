import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { findFreePort } from "../../src/redis/engines/free-port.js";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";
import { readLesson, waitsAt } from "../support/command-line/walk.js";

const exercises = new URL("../../dist/exercises", import.meta.url).pathname;

describeWith("redis", "walking through exercise 1", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const tq = useTq();
  const env = () => ({ TQ_REDIS_URL: redis().url });
  const open = () => new Terminal(["exercise", "1"], cleanEnvironment(tq.home, env()));
  beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

  it("goes on where it was, back and over a step, and leaves the terminal as it was", async () => {
    const first = open();
    await first.until("Enter goes on");
    first.type("q");
    expect(await first.ended).toBe(0);
    await client().rpush("hotqueue:queue", "x");

    const second = open();
    await readLesson(second, 4);
    await second.until("1.2  two clients");
    for (const key of ["h", "h"]) second.type(key);
    await second.until("Hint 2 of 4, the idea");
    second.type("s");
    await second.until("Show the solution?");
    second.type("\r");
    await waitsAt(second, "Show the solution?");
    second.type("s");
    await expect.poll(() => second.screen.split("of this step, 1.2").length).toBeGreaterThan(2);
    expect(second.screen).not.toContain("# --- producer.py");
    second.type("\u001b[B\r");
    await second.until("# --- producer.py");
    await second.until('Step 1.2 is marked "solution viewed"');
    second.type("n");
    await second.until("1.3  messages wait");
    second.type("\u0003");
    expect(await second.ended).toBe(130);

    const third = open();
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
      viewed: false,
      viewedSteps: ["1.2"],
      skipped: ["1.2"],
      hints: { "1.2": 2 },
      at: "1.2",
    });
  });

  it("says that it waits when it sees what happens, and not before", async () => {
    const terminal = open();
    await readLesson(terminal, 3);
    await expect.poll(() => terminal.screen.split("Enter goes on").length - 1).toBe(4);
    const began = performance.now();
    await client().call("CLIENT", "PAUSE", "600", "ALL");
    terminal.type("\r");
    await terminal.until("waiting for you");
    expect(performance.now() - began).toBeGreaterThan(600);
    terminal.type("q");
    expect(await terminal.ended).toBe(0);
  });

  it("names a mistake in the moment in which it is made", async () => {
    const terminal = open();
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

  it.each([[], ["--plain"]])(
    "says of a card only what has changed, with the task in sight: %j",
    async (...plain) => {
      const terminal = new Terminal(["exercise", "1", ...plain], cleanEnvironment(tq.home, env()));
      await readLesson(terminal, 4);
      await terminal.until("1.2  two clients");
      await tq.run(["push", "hello"], { env: env() });
      const waits = async (db: string): Promise<() => Promise<void>> => {
        const consumer = tq.start(["consume", "--db", db], { env: env() });
        await expect.poll(() => client().client("LIST")).toMatch(new RegExp(`db=${db} .*cmd=blpop`));
        return async () => {
          consumer.child.kill("SIGINT");
          await consumer.ended;
        };
      };
      const cards = () => terminal.screen.split("NOT YET").length - 1;
      const stop = await waits("2");
      await terminal.until("db=1 and db=2");
      await stop();
      const stopAgain = await waits("2");
      await stopAgain();
      const stopOther = await waits("3");
      await terminal.until("db=1 and db=3");
      await stopOther();
      expect(cards(), terminal.transcript).toBe(2);
      expect(terminal.screen.split("expected").length - 1, terminal.transcript).toBe(1);
      const rows = terminal.transcript.split("\n").slice(-24).join("\n");
      expect(rows).toContain('tq push "hello"');
      terminal.type(plain.length > 0 ? "q\n" : "q");
      expect(await terminal.ended).toBe(0);
    },
  );

  it("tells the task again when hints have moved it off the screen", async () => {
    const terminal = open();
    await readLesson(terminal, 4);
    await terminal.until("1.2  two clients");
    for (let n = 0; n < 4; n += 1) terminal.type("h");
    await expect.poll(() => terminal.screen.split("1.2  two clients").length - 1).toBe(2);
    terminal.type("q");
    expect(await terminal.ended).toBe(0);
  });

  it("names its keys on 40 columns, too, and what each does at any other key", async () => {
    const terminal = new Terminal(["exercise", "1"], cleanEnvironment(tq.home, env()), undefined, 40);
    await readLesson(terminal, 4);
    await terminal.until("waiting for you: h s n b q ?");
    terminal.type("?");
    await terminal.until("h hint  s solution");
    terminal.type("q");
    expect(await terminal.ended).toBe(0);
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
