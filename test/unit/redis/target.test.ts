import { describe, expect, it } from "vitest";
import { chooseTarget, redisCliFor, type TargetChoice } from "../../../src/redis/target.js";

const started = { name: "redis", port: 7000, password: "pw" };
const all: TargetChoice = {
  redisUrl: "redis://option:1",
  env: { TQ_REDIS_URL: "redis://variable:2", REDIS_IP: "course" },
  started,
};

function choose(choice: Partial<TargetChoice>) {
  const { connection, url, why, note } = chooseTarget({ env: {}, started: null, ...choice });
  return { host: connection.host, port: connection.port, db: connection.db, url, why, note };
}

describe("which Redis", () => {
  it("is the option's, the variable's, the course's, the started one, the default: in this order", () => {
    expect(choose(all)).toMatchObject({ host: "option", port: 1, why: "--redis-url" });
    expect(choose({ ...all, redisUrl: undefined })).toMatchObject({ host: "variable", why: "TQ_REDIS_URL" });
    expect(choose({ env: { REDIS_IP: "course" }, started })).toMatchObject({ host: "course", port: 6379 });
    expect(choose({ started })).toMatchObject({
      host: "127.0.0.1",
      port: 7000,
      url: "redis://127.0.0.1:7000",
    });
    expect(choose({})).toMatchObject({ host: "127.0.0.1", port: 6379, why: "the default" });
  });

  it("says so when REDIS_IP goes before the one that tq started", () => {
    expect(choose({ env: { REDIS_IP: "course" }, started }).note).toContain("takes precedence");
    expect(choose({ env: { REDIS_IP: "course" } }).note).toBeNull();
  });

  it("gives the started one's password, and shows it nowhere", () => {
    const target = chooseTarget({ env: {}, started });
    expect(target.connection.password).toBe("pw");
    expect(target.url + target.why).not.toContain("pw");
  });

  it("has the database of --db, else of the url, else 1", () => {
    expect(choose({ redisUrl: "redis://h/3", db: 0 }).db).toBe(0);
    expect(choose({ redisUrl: "redis://h/3" }).db).toBe(3);
    expect(choose({ redisUrl: "redis://h" }).db).toBe(1);
    expect(choose({ redisUrl: "redis+cluster://h" }).db).toBe(0);
    expect(() => choose({ redisUrl: "redis+cluster://h", db: 1 })).toThrow("only database 0");
  });

  it("takes names and addresses in REDIS_IP, and nothing else", () => {
    for (const ip of ["10.0.0.1", "my-redis_1.local", " host ", "::1", "[::1]"]) {
      expect(choose({ env: { REDIS_IP: ip } }).host).toBe(ip.trim().replace(/[[\]]/g, ""));
    }
    for (const ip of ["host:6379", "redis://host", "a b", "h/1"]) {
      expect(() => choose({ env: { REDIS_IP: ip } })).toThrow("is not the name or address of a host");
    }
  });

  it("is reached by a redis-cli that asks for the password, and by its socket", () => {
    const cli = (redisUrl: string) => redisCliFor(chooseTarget({ env: {}, started: null, redisUrl }));
    expect(cli("redis://127.0.0.1")).toBe("redis-cli -n 1");
    expect(cli("rediss://127.0.0.1")).toBe("redis-cli -u rediss://127.0.0.1:6379/1");
    expect(cli("redis://me:s3cret@db")).toBe("redis-cli --askpass --user me -u redis://db:6379/1");
    expect(cli("unix://:s3cret@/a%20b/r?db=2")).toBe("redis-cli --askpass -s '/a b/r' -n 2");
  });
});
