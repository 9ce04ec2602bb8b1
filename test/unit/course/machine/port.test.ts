import { expect, it } from "vitest";
import { describePort } from "../../../../src/course/machine/port.js";

const own = { name: "redis", port: 6379, engine: "docker", stoppedAt: null } as const;
const redis = { pid: null, command: null, isRedis: true };

it.each([
  ["ok", "free", null, [own]],
  ["ok", 'the Redis "redis" that tq started (docker)', redis, [own]],
  ["note", "taken by a Redis: a program that this user may not see", redis, []],
  [
    "note",
    "taken by a Redis: redis-server *:6379",
    { ...redis, pid: 7, command: "redis-server *:6379" },
    [{ ...own, stoppedAt: "now" }],
  ],
  ["note", "taken by a Redis: process 7", { ...redis, pid: 7 }, [{ ...own, port: 6380 }]],
  ["note", "taken by nginx", { pid: 7, command: "nginx", isRedis: false }, [own]],
] as const)("a port is %s: %s", (state, detail, holder, instances) => {
  expect(describePort(6379, holder, instances)).toMatchObject({ name: "port 6379", state, detail });
});
