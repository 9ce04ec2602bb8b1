import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../../../src/redis/lifecycle/lock.js";
import {
  type Instance,
  listInstances,
  readInstance,
  readStarted,
  removeInstance,
  writeInstance,
} from "../../../../src/redis/lifecycle/state.js";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "tq-test-state-"));
});
afterEach(() => rm(home, { recursive: true }));

const instance = (name: string, startedAt: string, stoppedAt: string | null = null): Instance => ({
  version: 1,
  engine: "native",
  name,
  addresses: ["127.0.0.1"],
  port: 6379,
  password: null,
  runId: "x",
  handle: "1",
  data: null,
  dataIsTheirs: false,
  startedAt,
  stoppedAt,
});

describe("the record of what tq started", () => {
  it("is read as it was written, by this user alone", async () => {
    writeInstance(home, instance("a.json", "2026-01-01"));
    expect(readInstance(home, "a.json")).toEqual(instance("a.json", "2026-01-01"));
    expect((await stat(join(home, "redis/a.json/state.json"))).mode & 0o777).toBe(0o600);
    expect(await readdir(join(home, "redis/a.json"))).toEqual(["state.json"]);
    removeInstance(home, "a.json");
    expect(listInstances(home)).toEqual([]);
  });

  it("gives the one that was started last, and none that was stopped", () => {
    expect(readStarted(home)).toBeNull();
    writeInstance(home, instance("old", "2026-01-01"));
    writeInstance(home, instance("new", "2026-01-02"));
    writeInstance(home, instance("newest", "2026-01-03", "2026-01-04"));
    expect(readStarted(home)?.name).toBe("new");
  });

  it.each([
    { engine: "podman" },
    { name: "b" },
    { handle: [] },
    { handle: "1 or another" },
    { engine: "embedded", handle: "1" },
    { engine: "docker", handle: "../../images" },
    { port: "6379" },
    { password: 1 },
    { addresses: null },
  ])("that is not of its form (%o) is said to be", async (other) => {
    writeInstance(home, instance("a", "2026-01-01"));
    const text = JSON.stringify({ ...instance("a", "2026-01-01"), ...other });
    await writeFile(join(home, "redis/a/state.json"), text);
    expect(() => readInstance(home, "a")).toThrow(
      expect.objectContaining({ code: "state-unreadable", exitCode: 3 }),
    );
  });

  it.each(["", "{", "null", '{"version":2}', "[]"])("that is damaged (%s) is said to be", async (text) => {
    writeInstance(home, instance("a", "2026-01-01"));
    await writeFile(join(home, "redis/a/state.json"), text);
    expect(() => readStarted(home)).toThrow(
      expect.objectContaining({ code: "state-unreadable", exitCode: 3 }),
    );
  });
});

describe("withLock", () => {
  const lock = (work: () => Promise<void>, report: () => void = () => undefined) =>
    withLock({ home, name: "a", report, signal: new AbortController().signal }, work);

  it("lets one in at a time, and tells who waits", async () => {
    let inside = 0;
    let most = 0;
    let told = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => lock(work, () => void (told += 1))));
    expect(most).toBe(1);
    expect(told).toBe(4);
    expect(await readdir(join(home, "redis/a"))).toEqual([]);
  });

  it("is given back when the work fails", async () => {
    await expect(lock(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await lock(() => Promise.resolve());
  });

  it("is taken over from a process that has died", async () => {
    await lock(() => Promise.resolve());
    for (const text of ["4194304", "", "nonsense"]) {
      await writeFile(join(home, "redis/a/lock"), text);
      await lock(() => Promise.resolve());
    }
  });
});
