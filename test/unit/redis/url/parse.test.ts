import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TqError } from "../../../../src/errors.js";
import { parseRedisUrl } from "../../../../src/redis/url/parse.js";

const connection = (text: string) => parseRedisUrl(text, "--redis-url").connection;

function hintOf(text: string): string {
  try {
    connection(text);
  } catch (error) {
    if (error instanceof TqError) return error.hint ?? "";
  }
  throw new Error(`${text} is not refused`);
}

describe("parseRedisUrl", () => {
  it.each([
    ["redis://", { host: "127.0.0.1", port: 6379 }],
    ["redis://db", { host: "db", port: 6379 }],
    ["redis://db:6380/3", { host: "db", port: 6380, db: 3 }],
    ["redis://[::1]:6380", { host: "::1", port: 6380 }],
    ["redis://:p%40ss@db", { host: "db", port: 6379, password: "p@ss" }],
    ["redis://me:a:b@db", { host: "db", port: 6379, username: "me", password: "a:b" }],
    ["redis://me:@db", { host: "db", port: 6379, username: "me", password: "" }],
    ["REDIS://Db", { host: "Db", port: 6379 }],
    ["Rediss://db", { host: "db", port: 6379, tls: true }],
    ["redis://db?db=2", { host: "db", port: 6379, db: 2 }],
    ["redis://db/?db=2", { host: "db", port: 6379, db: 2 }],
    ["redis://db/2?db=2", { host: "db", port: 6379, db: 2 }],
    ["redis://me:pw@[fe80::1%25eth0]", { host: "fe80::1%eth0", port: 6379, username: "me", password: "pw" }],
    ["unix:///run/redis.sock", { path: "/run/redis.sock" }],
    ["UNIX:///run/redis.sock?db=2", { path: "/run/redis.sock", db: 2 }],
    ["redis+unix://me:p%40@/a%20b/r", { path: "/a b/r", username: "me", password: "p@" }],
    ["rediss://db", { host: "db", port: 6379, tls: true }],
    [
      "redis+sentinel://a,b:1/the%20master/2",
      {
        sentinel: {
          addresses: [
            { host: "a", port: 26379 },
            { host: "b", port: 1 },
          ],
          master: "the master",
        },
        db: 2,
      },
    ],
    [
      "redis+cluster://a,b:1",
      {
        cluster: [
          { host: "a", port: 6379 },
          { host: "b", port: 1 },
        ],
      },
    ],
  ])("%s", (text, expected) => {
    expect(connection(text)).toEqual(expected);
  });

  it.each([
    ["redis://db:x", "its address is not a host or host:port"],
    ["redis://db:0", "a port is a number from 1 to 65535"],
    ["redis://d!b", "its address is not a host or host:port"],
    ["redis://::1:6379", "an IPv6 address stands in brackets: redis://[::1]:6379"],
    ["redis://db/1/2", "there is more than a database number"],
    ["redis://db/one", "its database is not a number"],
    ["redis://db?db=one", "its database is not a number"],
    ["redis://db/1?db=2", "it names two databases"],
    ["redis://db?protocol=3", "only ?db=<number> may follow"],
    ["redis://db#1", "what follows the # has no meaning"],
    ["redis://a,b", "several addresses need redis+sentinel:// or redis+cluster://"],
    ["redis://me@db", "a user needs a password"],
    ["redis://:%zz@db", "a character that is written otherwise in a url"],
    ["redis+sentinel://a", "the master's name is missing"],
    ["redis+sentinel://a/%zz", "a character that is written otherwise"],
    ["redis+cluster://a/1", "a Redis cluster has only database 0"],
    ["unix://run/redis.sock", "begins with a slash, so that there are three"],
    ["unix://", "begins with a slash, so that there are three"],
    [`unix:///${"a".repeat(103)}`, "the path of a socket has at most 103 bytes"],
    ["http://db", "it begins with none of redis://"],
    ["", "it begins with none of redis://"],
  ])("refuses %s", (text, complaint) => {
    expect(() => connection(text)).toThrow(complaint);
  });

  it.each([
    ["redis://:p@ss@db.example:7000/1", "redis://user:password@db.example:7000"],
    ["rediss://me:p/ss@db", "rediss://user:password@db"],
    ["redis://me:p#s?s@[::1]:7000", "redis://user:password@[::1]:7000"],
    ["redis://:100%@db", "redis://user:password@db"],
    ["redis://db:7000?password=secret", "redis://user:password@db:7000"],
    ["redis+sentinel://:p@ss@a:1,b:2/m", "redis+sentinel://user:password@a:1,b:2/master"],
    ["redis+cluster://:p/ss@a:1,b:2", "redis+cluster://user:password@a:1,b:2"],
    ["unix://:p@ss@/run/redis.sock", "unix://user:password@/run/redis.sock"],
    // Here the host may be the end of the password.
    ["redis://db:7000?password=p@ss", "redis://user:password@host:port"],
  ])("shows the form of %s with its host", (text, form) => {
    const hint = hintOf(text);
    expect(hint).toContain("@ is written %40   / %2F   # %23   ? %3F   % %25");
    expect(hint.endsWith(` ${form}`), hint).toBe(true);
  });

  it("answers anything with a connection or a TqError of exit code 2", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `redis://${text}`),
        ),
        (text) => {
          try {
            expect(connection(text)).toBeTypeOf("object");
          } catch (error) {
            expect(error).toBeInstanceOf(TqError);
            expect((error as TqError).exitCode).toBe(2);
          }
        },
      ),
    );
  });
});
