import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TqError } from "../../../src/errors.js";
import { parseRedisUrl } from "../../../src/redis/url.js";

const connection = (text: string) => parseRedisUrl(text, "--redis-url").connection;

describe("parseRedisUrl", () => {
  it.each([
    ["redis://", { host: "127.0.0.1", port: 6379 }],
    ["redis://db", { host: "db", port: 6379 }],
    ["redis://db:6380/3", { host: "db", port: 6380, db: 3 }],
    ["redis://[::1]:6380", { host: "::1", port: 6380 }],
    ["redis://:p%40ss@db", { host: "db", port: 6379, password: "p@ss" }],
    ["redis://me:a:b@db", { host: "db", port: 6379, username: "me", password: "a:b" }],
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
    ["redis://db:x", '"db:x" is not a host or host:port'],
    ["redis://db:0", "port 0 is not between"],
    ["redis://db/1/2", '"/2" is more than it takes'],
    ["redis://db/one", '"one" is not a database number'],
    ["redis://a,b", "several addresses need redis+sentinel:// or redis+cluster://"],
    ["redis://me@db", "a user needs a password"],
    ["redis://:%zz@db", "two hexadecimal digits"],
    ["redis+sentinel://a", "the master's name is missing"],
    ["http://db", '"http://db"'],
    ["", '""'],
  ])("refuses %s", (text, complaint) => {
    expect(() => connection(text)).toThrow(complaint);
  });

  it("never shows a password", () => {
    for (const text of [
      "redis://:s3cret@db",
      "redis://me:s3cret@db:99999",
      "http://me:s3cret@db",
      "redis://:s3%zz@db",
    ]) {
      try {
        expect(parseRedisUrl(text, "").shown).not.toContain("s3");
      } catch (error) {
        expect((error as Error).message).not.toContain("s3");
      }
    }
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
