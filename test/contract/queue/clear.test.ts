import { expect, it } from "vitest";
import { HotQueue } from "../../../src/queue/index.js";
import { describeWith } from "../../support/suite/needs.js";
import { useClient, useRedisServer } from "../../support/redis/redis-server.js";

describeWith("redis", "clear", () => {
  const redis = useRedisServer();
  const client = useClient(redis);

  it("works for a user who may DEL and not UNLINK, and says what one may not who may neither", async () => {
    await client().call("ACL", "SETUSER", "deleter", "on", ">pw", "~*", "+@all", "-unlink");
    await client().call("ACL", "SETUSER", "keeper", "on", ">pw", "~*", "+@all", "-unlink", "-del");
    const open = (username: string) =>
      new HotQueue<string>("queue", { port: redis().port, db: 1, username, password: "pw" });
    await using deleter = open("deleter");
    await using keeper = open("keeper");
    await deleter.put("a", "b");
    await expect(keeper.clear()).rejects.toThrow("NOPERM");
    expect(await deleter.length()).toBe(2);
    await deleter.clear();
    expect(await deleter.length()).toBe(0);
  });
});
