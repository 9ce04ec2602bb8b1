import { expect, it, vi } from "vitest";
import { reliableKeys } from "../../src/queue/reliable/keys.js";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

const keys = reliableKeys("queue");
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000 });

describeWith("redis", "reliable consuming", () => {
  const redis = useRedisServer();
  const tq = useTq();
  const client = useClient(redis);
  const env = () => ({ TQ_REDIS_URL: redis().url });
  const run = (...args: string[]) => tq.run(args, { env: env() });
  const start = (...args: string[]) => tq.start(args, { env: env() });
  const waiting = async () => (await run("peek", "99")).stdout;

  it("loses nothing when consumers are killed, and gives back what they held in order", async () => {
    await run("push", "1", "2", "3", "4");
    const victim = start("echo-worker", "--reliable", "--lease", "0.5", "--delay", "60");
    await victim.until("stdout", "1\n");
    victim.child.kill("SIGKILL");
    await victim.ended;
    expect(await waiting()).toBe("2\n3\n4\n");
    const next = await run("consume", "--reliable", "--max", "4");
    // The first is back when the lease of the dead one is over, and then stands before what still waits.
    expect(next.stdout.trim().split("\n").sort()).toEqual(["1", "2", "3", "4"]);
    expect(next.stdout.replace("1\n", "")).toBe("2\n3\n4\n");
    expect(next.stderr).toMatch(/1 message of the dead consumer \S+ recovered/);
    // The dead one stays known until it is forgotten; it may have reported.
    expect([keys.consumers, keys.reports]).toEqual(expect.arrayContaining(await client().keys("*")));
  });

  it("gives back the message whose work Ctrl-C stops", async () => {
    await run("push", "1", "2");
    const worker = start("echo-worker", "--reliable", "--delay", "60");
    await worker.until("stdout", "1\n");
    worker.child.kill("SIGINT");
    expect((await worker.ended).code).toBe(130);
    expect(await waiting()).toBe("1\n2\n");
    expect(await client().keys("*")).toEqual([keys.queue]);
  });

  it("recovers by command, and keeps real queues apart from what belongs to them", async () => {
    await run("push", "a", "b");
    const victim = start("echo-worker", "--reliable", "--lease", "0.2", "--delay", "60");
    await victim.until("stdout", "a\n");
    victim.child.kill("SIGKILL");
    await victim.ended;
    await soon(async () => {
      expect((await run("recover")).stdout).toBe("1 message recovered\n");
    });
    expect(await run("recover", "--json")).toMatchObject({
      code: 0,
      stdout: '{"queue":"queue","recovered":0,"dead":0}\n',
    });
    expect((await run("queues")).stdout).toBe("2\tqueue\n");
    expect(await waiting()).toBe("a\nb\n");
  });

  it("tells a consumer that was stopped for longer than its lease", async () => {
    await run("push", "a");
    const slow = start("echo-worker", "--reliable", "--lease", "0.5", "--delay", "0.1");
    await slow.until("stdout", "a\n");
    slow.child.kill("SIGSTOP");
    await soon(async () => {
      expect((await run("recover")).stdout).toBe("1 message recovered\n");
    });
    expect((await run("get")).stdout).toBe("a\n");
    slow.child.kill("SIGCONT");
    await slow.until("stderr", "done too late");
    slow.child.kill("SIGTERM");
    await slow.ended;
    expect(await client().llen(keys.queue)).toBe(0);
  });

  it("gives back what is in work when it is stopped, and counts nothing", async () => {
    await run("push", "a", "b");
    expect(await run("consume", "--reliable", "--max", "1")).toEqual({ code: 0, stdout: "a\n", stderr: "" });
    const consumer = start("consume", "--exec", "sleep 60");
    await soon(async () => {
      expect(await client().keys(`${keys.heldPrefix}*`)).toHaveLength(1);
    });
    consumer.child.kill("SIGTERM");
    expect((await consumer.ended).code).toBe(143);
    expect(await client().keys("*")).toEqual([keys.queue]);
  });

  it("refuses names with braces, and options that need another", async () => {
    const named = await run("consume", "--reliable", "--queue", "a{b}");
    expect(named).toMatchObject({ code: 2, stdout: "" });
    expect(named.stderr).toContain('without { and }: "a{b}"');
    for (const args of [
      ["--lease", "5"],
      ["--shell"],
      ["--exec", "'"],
      ["--exec", "x", "--max", "1", "--concurrency", "2"],
    ]) {
      expect((await run("consume", ...args)).code).toBe(2);
    }
  });

  it("runs a command for each message, with the message on standard input and facts beside it", async () => {
    await run("push", "--input", "json", '"two words"', '{"a":1}');
    const print = `printf '%s|%s|%s|' "$TQ_QUEUE" "$TQ_ATTEMPT" "$TQ_MESSAGE_BYTES"; cat`;
    const ran = await run("consume", "--exec", print, "--shell", "--timeout", "0.2");
    expect(ran).toEqual({ code: 0, stdout: 'queue|1|24|two words\nqueue|1|21|{"a":1}\n', stderr: "" });
    await run("push", "--input", "json", "[1]");
    const json = await run("consume", "--exec", "cat", "--json", "--max", "1");
    expect(JSON.parse(json.stdout)).toMatchObject({ queue: "queue", value: [1], attempt: 1 });
    await run("push", "$(id)");
    const words = await run("consume", "--exec", "printf '%s,' 'a b' $HOME", "--max", "1");
    expect(words.stdout).toBe("a b,$HOME,");
    expect(await client().dbsize()).toBe(0);
  });

  it.each([
    ["exit 3", "exit code 3", []],
    ["kill -9 $$", "ended by SIGKILL", []],
    ["sleep 60 & sleep 60", "not done after 0.2 s", ["--exec-timeout", "0.2"]],
  ])("takes %s for a failure", async (command, reason, options) => {
    await run("push", "a");
    const args = ["--exec", command, "--shell", "--attempts", "1", "--max", "1", ...options];
    const { code, stderr } = await run("consume", ...args);
    expect(code).toBe(0);
    expect(stderr).toContain(`dead letter after 1 failed: the command failed: ${reason}`);
    const { stdout } = await run("dead", "list", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      value: "a",
      attempts: 1,
      reason: `the command failed: ${reason}`,
    });
  });

  it("tries a command again until it succeeds", async () => {
    await run("push", "a");
    const { stderr, code } = await run("consume", "--exec", '[ "$TQ_ATTEMPT" = 2 ]', "--shell", "--max", "2");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "failed (attempt 1): the command failed: exit code 1; again in 1 s\n",
    });
    expect(await client().keys("*")).toEqual([keys.seq]);
  });

  it("says that a command is missing, and puts the message back", async () => {
    await run("push", "a");
    const { code, stderr } = await run("consume", "--exec", "no-such-command-of-tq");
    expect(code).toBe(2);
    expect(stderr).toContain("no-such-command-of-tq");
    expect(await waiting()).toBe("a\n");
    expect(await client().dbsize()).toBe(1);
  });

  it("runs as many commands at once as it is told", async () => {
    await run("push", "1", "2", "3", "4");
    const since = performance.now();
    await run("consume", "--exec", "sleep 2", "--concurrency", "4", "--timeout", "0.1");
    expect(performance.now() - since).toBeLessThan(7000);
  });

  it("lists, shows, retries and drops dead letters, hostile ones too", async () => {
    await run("push", "a\u001b[2J", "b", "c");
    await run("consume", "--exec", "false", "--attempts", "1", "--timeout", "0.1");
    const { stdout } = await run("dead", "list");
    const [a = "", b = "", c = ""] = stdout.split("\n").map((line) => line.split(" ", 1)[0] ?? "");
    expect(stdout).toContain("the command failed: exit code 1 | a\\x1b[2J\n");
    const shown = await run("dead", "show", a);
    expect(shown.stdout).toMatch(
      /^failed {4}20.*\nattempts {2}1\nreason .*\nconsumer .*\nmessage {3}a\\x1b\[2J\n$/,
    );
    expect((await run("dead", "show", "1-1")).code).toBe(1);
    expect((await run("dead", "show", "x")).code).toBe(2);
    expect((await run("dead", "retry")).code).toBe(2);
    expect(await run("dead", "retry", b, "1-1")).toMatchObject({
      code: 1,
      stdout: "1 dead letter retried\n",
    });
    expect(await waiting()).toBe("b\n");
    expect((await run("dead", "drop", "--all")).code).toBe(2);
    expect((await run("dead", "drop", c)).stdout).toBe("1 dead letter dropped\n");
    expect((await run("dead", "drop", "--all", "--yes", "--json")).stdout).toBe(
      '{"queue":"queue","dropped":1}\n',
    );
    expect((await run("dead", "list")).stdout).toBe("");
  });

  it("heads the list of dead letters on a terminal, and asks about nothing where there are none", async () => {
    await run("push", "a");
    await run("consume", "--exec", "false", "--attempts", "1", "--timeout", "0.1");
    const terminal = async (...args: string[]) => {
      const one = new Terminal(args, cleanEnvironment(tq.home, env()));
      expect(await one.ended).toBe(0);
      return one.transcript;
    };
    expect(await terminal("dead", "list")).toMatch(
      /^id {14}\| attempts \| reason \| message\n\d+-0 +\| 1 {8}\| .* \| a\n1 message/,
    );
    await run("dead", "drop", "--all", "--yes");
    expect(await terminal("dead", "list")).toBe("no dead letters\n");
    expect(await terminal("dead", "drop", "--all")).toBe("0 dead letters dropped\n");
    expect(await run("dead", "drop", "--all")).toMatchObject({ code: 0, stdout: "0 dead letters dropped\n" });
  });
});
