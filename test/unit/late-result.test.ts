import { expect, it } from "vitest";
import { findLateResult } from "../../src/check/jobs/late-result.js";
import { type CommandEvent } from "../../src/redis/observe/event.js";

/** What the worker or, by another address, somebody else does in database 2. */
function command(text: string, client = "127.0.0.1:1"): CommandEvent {
  const [name = "", ...args] = text.split(" ");
  return {
    kind: "command",
    told: "issued",
    time: 1,
    db: 2,
    client,
    name,
    args: args.map((one) => Buffer.from(one)),
  };
}

const BEGUN = "HSET job.x1 status begun";
const DONE = "HSET job.x1 status complete";

it.each<[string, string[], string, string | null]>([
  ["first, under a key of its own", [BEGUN, "SET result.x1 5", DONE], "GET result.x1", null],
  ["last, under a key of its own", [BEGUN, DONE, "SET result.x1 5"], "GET result.x1", "SET result.x1"],
  ["last, on a list", [BEGUN, DONE, "RPUSH x1 5"], "LRANGE x1 0 -1", "RPUSH x1"],
  ["first, in a hash of all", [BEGUN, "HSET results x1 5", DONE], "HGET results x1", null],
  ["last, in a hash of all", [BEGUN, DONE, "HSET results x1 5"], "HGET results x1", "HSET results x1"],
  [
    "last, in a hash of its own",
    [BEGUN, DONE, "HSET result.x1 a 1"],
    "HGETALL result.x1",
    "HSET result.x1 a",
  ],
  ["last, in the record", [BEGUN, DONE, "HSET job.x1 result 5"], "HGET job.x1 result", "HSET job.x1 result"],
  ["in the record, which is read whole", [BEGUN, DONE, "HSET job.x1 result 5"], "HGETALL job.x1", null],
  ["with the status", [BEGUN, "HSET job.x1 status complete result 5"], "HGET job.x1 result", null],
  ["before and after", [BEGUN, "SET result.x1 5", DONE, "SET result.x1 5"], "GET result.x1", null],
  ["in one transaction", ["MULTI", DONE, "SET result.x1 5", "EXEC"], "GET result.x1", null],
  [
    "after a transaction",
    ["MULTI", BEGUN, DONE, "EXEC", "SET result.x1 5"],
    "GET result.x1",
    "SET result.x1",
  ],
  ["where nobody reads it", [BEGUN, DONE, "SET result.x1 5"], "GET job.x1", null],
  ["of another job", [BEGUN, DONE, "SET result.x2 5"], "GET result.x2", null],
  ["without a status", ["HSET job.x1 id x1", "SET result.x1 5"], "GET result.x1", null],
])("a result that is saved %s", (_, events, read, saved) => {
  const found = findLateResult(
    events.map((one) => command(one)),
    [command(read, "127.0.0.1:2")],
    "x1",
  );
  expect(found).toEqual(saved === null ? null : { status: "complete", saved });
});

it("is told from the record, which is read for its status", () => {
  const reads = ["HGETALL job.x1", "GET result.x1"].map((one) => command(one, "127.0.0.1:2"));
  const find = (...events: string[]) =>
    findLateResult(
      events.map((one) => command(one)),
      reads,
      "x1",
    )?.saved;
  expect(find(BEGUN, DONE, "SET result.x1 5")).toBe("SET result.x1");
  expect(find(BEGUN, "SET result.x1 5", DONE)).toBeUndefined();
});

it("is not in the transaction of somebody else", () => {
  const events = [command("MULTI", "127.0.0.1:3"), command(DONE), command("SET result.x1 5")];
  expect(findLateResult(events, [command("GET result.x1")], "x1")?.saved).toBe("SET result.x1");
});
