import { expect, it } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { useTq } from "../support/command-line/tq.js";

const LARGE = 100 * 1024 * 1024;

describeWith("redis", "names and messages of all kinds", () => {
  const redis = useRedisServer();
  const tq = useTq();
  const client = useClient(redis);
  const run = (args: string[], input: string | Buffer = "") =>
    tq.run(args, { input, env: { TQ_REDIS_URL: redis().url } });

  it.each([
    ["spaces", "my own queue"],
    ["colons", "a:b::c:"],
    ["unicode", "schöne 日本語 🧠"],
    ["wildcards", "*[a-z]?\\"],
    ["quotes and a newline", "\"'`$(id)\n;"],
    ["braces", "{a}b"],
    ["a leading dash", "-x"],
    ["10 KB", "long ".repeat(2048)],
  ])("a queue's name with %s", async (_, name) => {
    const queue = `--queue=${name}`;
    expect((await run(["push", queue, "hello"])).code).toBe(0);
    expect(await client().keys("*")).toEqual([`hotqueue:${name}`]);
    expect((await run(["len", queue])).stdout).toBe("1\n");
    expect((await run(["queues", "--json"])).stdout).toBe(
      `${JSON.stringify({ name, type: "list", length: 1 })}\n`,
    );
    expect((await run(["get", queue])).stdout).toBe("hello\n");
  });

  it.each(["pickle", "json", "text"])(
    "messages that are empty, or full of newlines and NULs, as %s",
    async (name) => {
      const messages = ["", "\n", "a\0b", "\u001b]0;title\u0007", "{}", "-", "\u2028", "ends with \\"];
      const args = ["--serializer", name];
      await run([
        "push",
        ...args,
        "--input",
        "json",
        "--",
        ...messages.map((message) => JSON.stringify(message)),
      ]);
      const shown = await run(["consume", ...args, "--max", String(messages.length)]);
      expect(shown).toEqual({
        code: 0,
        stderr: "",
        stdout: messages.map((message) => `${message}\n`).join(""),
      });
    },
  );

  it("a message of 100 MB", { timeout: 120_000 }, async () => {
    const message = "x".repeat(LARGE);
    expect(await run(["push"], `${message}\n`)).toMatchObject({ code: 0, stderr: "" });
    const taken = await run(["get"]);
    expect(taken.code).toBe(0);
    expect(taken.stdout.length).toBe(LARGE + 1);
    expect(taken.stdout === `${message}\n`).toBe(true);
    expect(await client().dbsize()).toBe(0);
  });

  it("passes on byte for byte what it cannot show", async () => {
    const alien = Buffer.from("c__builtin__\nprint\n(S'never run'\ntR.", "latin1");
    const binary = Buffer.from([0, 255, 10, 13, 128]);
    await client().rpush("hotqueue:queue", alien, binary);
    const lines = await run(["consume", "--serializer", "text", "--json", "--max", "2"]);
    const values = lines.stdout.replace(/^\{"queue":"queue","value":(.*),"waited":.*$/gm, "$1");
    await run(["push", "--serializer", "text", "--input", "json", "--queue", "other"], values);
    expect(await client().lrangeBuffer("hotqueue:other", 0, -1)).toEqual([alien, binary]);
  });

  it("shows what a pickle names, and runs nothing of it", async () => {
    await client().rpush("hotqueue:queue", "cposix\nsystem\n(S'touch /tmp/tq-was-here'\ntR.");
    expect((await run(["peek"])).stdout).toBe("<posix.system …>\n");
    expect((await run(["get", "--json"])).stdout).toContain('"value":{"$python":"posix.system"}');
  });
});
