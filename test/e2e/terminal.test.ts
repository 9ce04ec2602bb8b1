import { describe, expect, it } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

describeWith("redis", "on a terminal", () => {
  const redis = useRedisServer();
  const tq = useTq();
  const client = useClient(redis);
  const open = (...args: string[]) =>
    new Terminal(args, cleanEnvironment(tq.home, { TQ_REDIS_URL: redis().url }));
  const push = (...messages: string[]) =>
    tq.run(["push", ...messages], { env: { TQ_REDIS_URL: redis().url } });

  it("consume escapes what a message could do to the terminal, and ends at Ctrl-C", async () => {
    await push("\u001b]0;owned\u0007 \u001b[2J \r\n x");
    const terminal = open("consume");
    await terminal.until(String.raw`\x1b]0;owned\x07 \x1b[2J \r\n x`);
    expect(terminal.screen).toContain('waiting on queue "queue"');
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(130);
    expect(terminal.screen).not.toContain("\u001b]0");
    expect(terminal.screen).not.toContain("\u001b[2J");
  });

  it.each(["peek", "get", "echo-worker"])("%s escapes it too", async (command) => {
    await push("\u001b[31mred");
    const terminal = open(command);
    await terminal.until(String.raw`\x1b[31mred`);
    terminal.type("\u0003");
    await terminal.ended;
    expect(terminal.screen).not.toContain("\u001b[31m");
  });

  it.each([
    ["consume", "waiting on queue"],
    ["echo-worker", "waiting on queue"],
    ["exercise 1 --watch", "A hint:"],
    ["exercise 1", "waiting for you"],
    ["exercise 1 --plain", "waiting for you"],
    ["clear", "(y/N)"],
    ["exercise", "Which exercise?"],
  ])("%s leaves the shell's prompt a line of its own at Ctrl-C", async (command, waits) => {
    if (command === "clear") await push("x");
    const terminal = open(...command.split(" "));
    await terminal.until(waits);
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(130);
    expect(terminal.transcript.split("\n").at(-1), terminal.transcript).toBe("");
    await client().flushdb();
  });

  it("queues escapes names", async () => {
    await client().rpush("hotqueue:\u001b[2J", "x");
    const terminal = open("queues");
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen).toContain(String.raw`\x1b[2J`);
  });

  it("clear asks, and takes no answer but yes for one", async () => {
    await push("a", "b");
    const no = open("clear");
    await no.until("Remove 2 messages of queue");
    no.type("\r");
    expect(await no.ended).toBe(0);
    expect(no.screen).toContain("Nothing was removed.");

    const stopped = open("clear");
    await stopped.until("Remove 2 messages");
    stopped.type("\u0003");
    expect(await stopped.ended).toBe(130);
    expect(await client().llen("hotqueue:queue")).toBe(2);

    const yes = open("clear");
    await yes.until("Remove 2 messages");
    yes.type("y\r");
    expect(await yes.ended).toBe(0);
    expect(yes.screen).toContain("2 messages removed");
    expect(await client().llen("hotqueue:queue")).toBe(0);
  });

  it("clear --plain asks without escapes", async () => {
    await push("a");
    const no = open("clear", "--plain");
    await no.until("Remove 1 message of queue");
    no.type("\r");
    expect(await no.ended).toBe(0);
    const yes = open("clear", "--plain");
    await yes.until("(y/N)");
    yes.type("yes\r");
    expect(await yes.ended).toBe(0);
    expect(await client().llen("hotqueue:queue")).toBe(0);
    expect(no.screen + yes.screen).not.toContain("\u001b");
  });

  it("push reads lines that are typed, until Ctrl-D", async () => {
    const terminal = open("push");
    await terminal.until("one message a line; Ctrl-D ends");
    terminal.type("typed\r\u0004");
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen).toContain("1 message pushed; 1 on queue");
  });
});

describe("npm start's demonstration, on a terminal", () => {
  const tq = useTq();
  it("fits 80 columns and sends no escapes", async () => {
    const terminal = new Terminal(["demo"], cleanEnvironment(tq.home));
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen).toMatch(/Delay from push to print, between two processes: \d+\.\d ms/);
    for (const line of terminal.screen.split("\r\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(terminal.screen).not.toContain("\u001b");
  });
});
