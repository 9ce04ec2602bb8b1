import { expect, it } from "vitest";
import { openGate } from "../../src/subjects/messages/gated-redis.js";
import { useTq } from "../support/command-line/tq.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { describeWith } from "../support/suite/needs.js";

describeWith("redis", "a Redis that does not let itself be looked at", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const tq = useTq();

  it.each(["info", "client|list", "client", "select"])(
    "blocks the checks with exit 3 where the user may not %s",
    async (command) => {
      await client().call("ACL", "SETUSER", "me", "reset", "on", ">pw", "~*", "&*", "+@all", `-${command}`);
      const url = `redis://me:pw@127.0.0.1:${redis().port}`;
      const { code, stdout } = await tq.run(["exercise", "1", "--check", "--plain", "--redis-url", url]);
      expect(stdout).toMatch(/^BLOCKED +1\.1/m);
      expect(stdout).toContain("does not allow this user that command");
      expect(stdout).not.toContain("a Redis answers");
      expect(code).toBe(3);
    },
  );

  it("says that the user may not MONITOR, where that is needed", async () => {
    await client().call("ACL", "SETUSER", "me", "reset", "on", ">pw", "~*", "&*", "+@all", "-monitor");
    const url = `redis://me:pw@127.0.0.1:${redis().port}`;
    const watching = tq.start(["exercise", "1", "--watch", "--plain", "--redis-url", url]);
    await watching.until("stdout", "does not allow this user that command");
    expect(watching.stdout).toContain("monitor");
    watching.child.kill("SIGINT");
    await watching.ended;
  });

  it("says in two seconds that MONITOR is not answered, and judges the rest", async () => {
    await using gate = await openGate(redis().port, ({ commands, pass }) => {
      if (!commands.includes("MONITOR")) pass();
    });
    const since = performance.now();
    const watching = tq.start([
      ...["exercise", "1", "--watch", "--plain", "--redis-url", `redis://127.0.0.1:${gate.port}`],
    ]);
    await watching.until("stdout", "cannot be observed there");
    expect(performance.now() - since).toBeLessThan(10_000); // two of them; the rest is the start, on a busy machine
    expect(watching.stdout).toMatch(/^PASSED +1\.1/m);
    watching.child.kill("SIGINT");
    await watching.ended;
  });
});
