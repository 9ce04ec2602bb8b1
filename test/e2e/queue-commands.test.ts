import { expect, it } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { useTq } from "../support/command-line/tq.js";

describeWith("redis", "queue commands", () => {
  const redis = useRedisServer();
  const tq = useTq();
  const client = useClient(redis);
  const run = (args: string[], input = "") => tq.run(args, { input, env: { TQ_REDIS_URL: redis().url } });

  it("pushes arguments in order as pickle and says how many wait", async () => {
    const pushed = await run(["push", "hello", "wörld"]);
    expect(pushed).toEqual({ code: 0, stdout: '2 messages pushed; 2 on queue "queue"\n', stderr: "" });
    const stored = await client().lrangeBuffer("hotqueue:queue", 0, -1);
    expect(stored.map((bytes) => bytes.toString("latin1"))).toEqual([
      "\x80\x04\x95\x09\0\0\0\0\0\0\0\x8c\x05hello\x94.",
      "\x80\x04\x95\x0a\0\0\0\0\0\0\0\x8c\x06w\xc3\xb6rld\x94.",
    ]);
    expect((await run(["len"])).stdout).toBe("2\n");
  });

  it("pushes JSON values and reads them back, as text and as JSON lines", async () => {
    await run(["push", "--input", "json", "123456789012345678901", '{"a":[1,null]}', '{"$bytes":"AAE="}']);
    const taken = await run(["consume", "--max", "3", "--json"]);
    const lines = taken.stdout.trim().split("\n");
    expect(lines[0]).toMatch(
      /^\{"queue":"queue","value":123456789012345678901,"waited":\d[\d.]*,"received":"20/,
    );
    expect(lines[1]).toContain('"value":{"a":[1,null]},');
    expect(lines[2]).toContain('"value":{"$bytes":"AAE="},');
  });

  it("reads standard input by line: LF, CRLF, empty lines, and a last one without an end", async () => {
    await run(["push", "-"], "one\r\n\ntwo\nlast");
    expect((await run(["peek", "9"])).stdout).toBe("one\n\ntwo\nlast\n");
    expect((await run(["len"])).stdout).toBe("4\n");
  });

  it("keeps what stands before a bad line, and names the line", async () => {
    const bad = await tq.run(["push"], {
      input: Buffer.from("good\nalso good\n\xff\nnever\n", "latin1"),
      env: { TQ_REDIS_URL: redis().url },
    });
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain("2 messages pushed and confirmed before it ended");
    expect(bad.stderr).toContain("line 3 of standard input is not UTF-8 text");
    const json = await run(["push", "--input", "json"], "1\n{\n");
    expect(json.stderr).toContain("line 2 of standard input:");
    expect((await run(["consume", "--max", "3"])).stdout).toBe("good\nalso good\n1\n");
    expect((await run(["len"])).stdout).toBe("0\n");
  });

  it("get takes one, and ends with 1 where there is none", async () => {
    await run(["push", "a", "b"]);
    expect(await run(["get"])).toEqual({ code: 0, stdout: "a\n", stderr: "" });
    await run(["get"]);
    const empty = await run(["get"]);
    expect(empty.code).toBe(1);
    expect(empty.stdout).toBe("");
    expect(empty.stderr).toContain('queue "queue" is empty');
    const waited = await run(["get", "--timeout", "0.05"]);
    expect(waited.code).toBe(1);
    expect(waited.stderr).toContain("no message came in 0.05 s");
  });

  it("get --block waits for a message of another process", async () => {
    const waiting = tq.start(["get", "--block"], { env: { TQ_REDIS_URL: redis().url } });
    await expect.poll(() => client().client("LIST")).toContain("cmd=blpop");
    await run(["push", "at last"]);
    expect(await waiting.ended).toEqual({ code: 0, stdout: "at last\n", stderr: "" });
  });

  it("consume ends with 0 at --max, at its timeout after a message, and with 1 without any", async () => {
    await run(["push", "a", "b", "c"]);
    expect((await run(["consume", "--max", "1"])).stdout).toBe("a\n");
    expect(await run(["consume", "--timeout", "0.05"])).toEqual({ code: 0, stdout: "b\nc\n", stderr: "" });
    expect((await run(["consume", "--timeout", "0.05"])).code).toBe(1);
  });

  it("consume --batch prints what waits in its order, takes no more than --max, and then waits", async () => {
    await run(["push", "-"], Array.from({ length: 25 }, (_, n) => `${n}\n`).join(""));
    const some = await run(["consume", "--batch", "10", "--max", "12"]);
    expect(some.stdout).toBe(Array.from({ length: 12 }, (_, n) => `${n}\n`).join(""));
    expect(await client().llen("hotqueue:queue")).toBe(13);
    const rest = await run(["consume", "--batch", "10", "--timeout", "0.05"]);
    expect(rest.stdout).toBe(Array.from({ length: 13 }, (_, n) => `${n + 12}\n`).join(""));
    expect((await run(["consume", "--batch", "10", "--timeout", "0.05"])).code).toBe(1);
  });

  it("consume --batch puts back, in their order, a message that it cannot read and those behind it", async () => {
    await run(["push", "a", "b"]);
    await client().rpush("hotqueue:queue", "not a pickle");
    await run(["push", "c", "d"]);
    const taken = await run(["consume", "--batch", "10"]);
    expect([taken.code, taken.stdout]).toEqual([1, "a\nb\n"]);
    await client().lpop("hotqueue:queue");
    expect((await run(["peek", "9"])).stdout).toBe("c\nd\n");
  });

  it("consume goes on after a null", async () => {
    await run(["push", "--input", "json", "null", "1"]);
    expect((await run(["consume", "--timeout", "0.05"])).stdout).toBe("null\n1\n");
  });

  it("echo-worker prints each message, with its name before it", async () => {
    await run(["push", "a", "b"]);
    const worker = tq.start(["echo-worker", "--name", "w1"], { env: { TQ_REDIS_URL: redis().url } });
    await worker.until("stdout", "w1: b\n");
    worker.child.kill("SIGINT");
    expect(await worker.ended).toEqual({ code: 130, stdout: "w1: a\nw1: b\n", stderr: "" });
  });

  it("echo-worker takes no second message while it works on one", async () => {
    await run(["push", "a", "b"]);
    const worker = tq.start(["echo-worker", "--delay", "60"], { env: { TQ_REDIS_URL: redis().url } });
    await worker.until("stdout", "a\n");
    expect(await client().llen("hotqueue:queue")).toBe(1);
    worker.child.kill("SIGTERM");
    expect((await worker.ended).code).toBe(143);
    expect(await client().llen("hotqueue:queue")).toBe(1);
  });

  it("peek shows the next messages, takes none, and marks those that it cannot read", async () => {
    await run(["push", "a", "b", "c"]);
    await client().lset("hotqueue:queue", 1, "plain");
    const before = await client().dumpBuffer("hotqueue:queue");
    const peeked = await run(["peek", "3"]);
    expect(peeked.code).toBe(1);
    expect(peeked.stdout).toBe("a\n(not pickle: 5 bytes)\nc\n");
    expect(peeked.stderr).toContain('b"plain"');
    expect(await client().dumpBuffer("hotqueue:queue")).toEqual(before);
    expect((await run(["peek"])).stdout).toBe("a\n");
  });

  it("reads JSON lines with empty ones between, and without a byte order mark", async () => {
    const input = '\ufeff"a"\n\n{"b": 1}\r\n\r\n  \n';
    expect((await run(["push", "--input", "json"], input)).stdout).toContain("2 messages pushed; 2 on");
    expect((await run(["consume", "--timeout", "0.2"])).stdout).toBe('a\n{"b":1}\n');
    const bad = await run(["push", "--input", "json"], "1\n\noops\n");
    expect(bad.stderr).toContain("line 3 of standard input");
    const utf16 = await tq.run(["push"], { input: Buffer.from("\ufeffa\n", "utf16le") });
    expect([utf16.code, utf16.stderr]).toEqual([2, expect.stringContaining("UTF-16")]);
  });

  it("clear wants --yes where it cannot ask", async () => {
    await run(["push", "a", "b"]);
    const asked = await run(["clear"]);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain("clear would remove 2 messages");
    expect(await client().llen("hotqueue:queue")).toBe(2);
    expect((await run(["clear", "--yes"])).stdout).toBe("2 messages removed\n");
    expect(await client().exists("hotqueue:queue")).toBe(0);
  });

  it("queues lists them with SCAN and says what is none", async () => {
    await run(["push", "a", "--queue", "first one"]);
    await client().hset("hotqueue:records", "field", "value");
    const listed = await run(["queues"]);
    expect(listed.stdout.split("\n").sort()).toEqual([
      "",
      "-\trecords\t(a hash, not a queue)",
      "1\tfirst one",
    ]);
    const json = await run(["queues", "--json"]);
    expect(json.stdout).toContain('{"name":"first one","type":"list","length":1}');
    expect((await run(["queues", "--db", "2"])).stderr).toContain("no queues in database 2");
    const commands = await client().info("commandstats");
    expect(commands).toContain("cmdstat_scan");
    expect(commands).not.toContain("cmdstat_keys");
  });
});
