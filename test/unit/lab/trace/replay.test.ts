import { describe, expect, it } from "vitest";
import { delayOf } from "../../../../src/lab/trace/queue-trace.js";
import { replay } from "../../../../src/lab/trace/replay.js";
import { type CommandEvent, type RedisEvent } from "../../../../src/redis/observe/event.js";

const KEY = "hotqueue:queue";
let clock = 0;

/** A command as MONITOR tells it; `told: "served"` as the slow log does. */
function command(client: string, words: string, told: CommandEvent["told"] = "issued", db = 1): CommandEvent {
  const [name = "", ...args] = words.split(" ");
  clock += 1;
  return { kind: "command", time: clock, client, db, name, args: args.map((arg) => Buffer.from(arg)), told };
}

const list = (length: number) => ({ db: 1, key: KEY, length, head: [] });
const client = (address: string, blocked = false) => ({
  address,
  blocked,
  name: "",
  db: 1,
  command: blocked ? "BLPOP" : "RPUSH",
  age: 1,
});

function trace(events: RedisEvent[], present: Partial<Parameters<typeof replay>[1]> = {}) {
  const found = replay(events, { lists: [], clients: [], ...present });
  return found.find(({ key, db }) => key === KEY && db === 1);
}

/** Who took what, as "taker<putter.position". */
function deliveries(found: ReturnType<typeof trace>): string[] {
  return (found?.deliveries ?? []).map(
    ({ taker, put, position }) => `${taker}<${put?.client ?? "?"}.${position}`,
  );
}

describe("replay", () => {
  it("gives what is put to who waits the longest, and the rest to who asks", () => {
    const found = trace([
      command("b", `BLPOP ${KEY} 0`),
      command("c", `BLPOP ${KEY} 0`),
      command("a", `RPUSH ${KEY} one two three`),
      command("d", `LPOP ${KEY}`),
    ]);
    expect(deliveries(found)).toEqual(["b<a.0", "c<a.1", "d<a.2"]);
    expect(found?.puts[0]).toMatchObject({ count: 3, awaited: true });
    expect(found?.deliveries.map(({ awaited }) => awaited)).toEqual([true, true, false]);
  });

  it("takes from the end that the command says", () => {
    const put = (words: string) => command("a", words);
    const found = trace([
      put(`LPUSH ${KEY} one`),
      put(`LPUSH ${KEY} two`),
      command("b", `BRPOP ${KEY} 0`),
      command("b", `LMOVE ${KEY} other LEFT RIGHT`),
      put(`RPUSH ${KEY} three four five`),
      command("c", `RPOP ${KEY}`),
      command("d", `RPOPLPUSH ${KEY} other`),
      command("e", `LMOVE ${KEY} other RIGHT LEFT`),
      command("f", `BRPOP ${KEY} 0`),
      put(`RPUSH ${KEY} six seven`),
    ]);
    const names = found?.deliveries.map(({ put: by, position }) => String(by?.messages[position]));
    expect(names).toEqual(["one", "two", "five", "four", "three", "seven"]);
  });

  it("tells the length that was read, and who waits in the end", () => {
    const found = trace([
      command("a", `RPUSH ${KEY} one two`),
      command("a", `LLEN ${KEY}`),
      command("b", `BLPOP ${KEY} 0`),
      command("b", `BLPOP ${KEY} 0`),
      command("a", `LLEN ${KEY}`),
      command("b", `BLPOP ${KEY} 0`),
    ]);
    expect(found?.lengthsRead.map(({ length }) => length)).toEqual([2, 0]);
    expect(found?.waiting).toEqual(["b"]);
  });

  it("measures from the put until the taker asks for more", () => {
    const found = trace([
      command("b", `BLPOP ${KEY} 0`),
      { ...command("a", `RPUSH ${KEY} one`), time: 100 },
      { ...command("b", `BLPOP ${KEY} 0`), time: 100.25 },
    ]);
    const [delivery] = found?.deliveries ?? [];
    expect(delivery && delayOf(delivery)).toBeCloseTo(0.25);
  });

  it("keeps databases apart", () => {
    const found = trace([command("b", `BLPOP ${KEY} 0`, "issued", 0), command("a", `RPUSH ${KEY} one`)]);
    expect(deliveries(found)).toEqual([]);
  });

  it("does not give a message to who is gone by then", () => {
    const events: RedisEvent[] = [
      command("b", `BLPOP ${KEY} 0`),
      { kind: "clients", time: 3, connected: new Set(["a"]) },
      command("a", `RPUSH ${KEY} one`),
    ];
    expect(deliveries(trace(events, { lists: [list(1)] }))).toEqual([]);
    events[1] = { kind: "end", time: 3, client: "b" };
    expect(deliveries(trace(events, { lists: [list(1)] }))).toEqual([]);
  });

  it("takes a message back that a client seemed to get after it was gone, and leaves one that it took", () => {
    const events = [command("b", `BLPOP ${KEY} 0`), command("a", `RPUSH ${KEY} one`)];
    expect(deliveries(trace(events, { lists: [list(1)] }))).toEqual([]);
    expect(deliveries(trace(events, { lists: [] }))).toEqual(["b<a.0"]);
  });

  it("knows what lay there before anything was observed", () => {
    const found = trace(
      [command("b", `LPOP ${KEY}`), command("a", `RPUSH ${KEY} one`), command("a", `LLEN ${KEY}`)],
      { lists: [list(3)] },
    );
    // Two of the three that are there now, and the one that was taken, came from before.
    expect(deliveries(found)).toEqual(["b<?.0"]);
    expect(found?.lengthsRead.map(({ length }) => length)).toEqual([3]);
  });

  it("reads the slow log, in which a wait is told when it was served", () => {
    const found = trace(
      [
        command("b", "SELECT 1", "served"),
        command("a", `RPUSH ${KEY} one`, "served"),
        command("b", `BLPOP ${KEY} 0`, "served"),
        command("a", `RPUSH ${KEY} two`, "served"),
        command("b", `BLPOP ${KEY} 0`, "served"),
      ],
      { clients: [client("a"), client("b", true)] },
    );
    expect(deliveries(found)).toEqual(["b<a.0", "b<a.0"]);
    expect(found?.deliveries.map(({ awaited }) => awaited)).toEqual([true, true]);
    expect(found?.waiting).toEqual(["b"]);
  });

  it("counts what the slow log has cut", () => {
    const put = command("a", `RPUSH ${KEY} one two`, "served");
    const cut = { ...put, args: [...put.args, Buffer.from("... (98 more arguments)")] };
    expect(trace([cut], { lists: [list(100)] })?.puts[0]?.count).toBe(100);
  });

  it("forgets what was removed", () => {
    for (const words of [`DEL ${KEY}`, `UNLINK ${KEY}`, "FLUSHDB", "FLUSHALL"]) {
      const found = trace([
        command("a", `RPUSH ${KEY} one`),
        command("a", words),
        command("a", `LLEN ${KEY}`),
      ]);
      expect(
        found?.lengthsRead.map(({ length }) => length),
        words,
      ).toEqual([0]);
    }
  });

  it("tells who went while it waited, and after how long", () => {
    const wait = command("b", `BLPOP ${KEY} 0`);
    const gone: RedisEvent = { kind: "clients", time: wait.time + 59, connected: new Set(["a"]) };
    const found = trace([wait, gone, command("a", `RPUSH ${KEY} one`)]);
    expect(found?.left).toEqual([{ client: "b", waited: 59 }]);
    expect(found?.waiting).toEqual([]);
    expect(trace([wait, command("a", `RPUSH ${KEY} one`), gone])?.left).toEqual([]);
  });
});
