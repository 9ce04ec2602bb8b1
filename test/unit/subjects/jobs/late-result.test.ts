import { expect, it } from "vitest";
import { findLateResult } from "../../../../src/subjects/jobs/late-result.js";
import { type CommandEvent } from "../../../../src/redis/observe/event.js";

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

const WORKER = new Set(["127.0.0.1:1", "127.0.0.1:3"]);
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
  ["by parts, with a note after it", [BEGUN, "HINCRBY x1 a 1", DONE, "HSET x1 note b"], "HGETALL x1", null],
  [
    "under another name first",
    [BEGUN, "HSET t.x1 a 1", "RENAME t.x1 x1", DONE, "HSET x1 note b"],
    "HGETALL x1",
    null,
  ],
  ["last, where the status is read too", [BEGUN, DONE, "SET result.x1 5"], "HGET job.x1 status", null],
  [
    "for a record that is moved",
    [BEGUN, "SET result.x1 5", "RENAME job.x1 done.x1", "HSET done.x1 status complete"],
    "GET result.x1",
    null,
  ],
  ["where nobody reads it", [BEGUN, DONE, "SET result.x1 5"], "GET job.x1", null],
  ["of another job", [BEGUN, DONE, "SET result.x2 5"], "GET result.x2", null],
  ["without a status", ["HSET job.x1 id x1", "SET result.x1 5"], "GET result.x1", null],
])("a result that is saved %s", (_, events, read, saved) => {
  const found = findLateResult(
    events.map((one) => command(one)),
    [command(read, "127.0.0.1:2")],
    "x1",
    WORKER,
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
      WORKER,
    )?.saved;
  expect(find(BEGUN, DONE, "SET result.x1 5")).toBe("SET result.x1");
  expect(find(BEGUN, "SET result.x1 5", DONE)).toBeUndefined();
});

it("is not in the transaction of somebody else", () => {
  const events = [command("MULTI", "127.0.0.1:3"), command(DONE), command("SET result.x1 5")];
  expect(findLateResult(events, [command("GET result.x1")], "x1", WORKER)?.saved).toBe("SET result.x1");
});

it("is not what the API keeps of it", () => {
  const events = [command(BEGUN), command(DONE), command("SETEX cache.x1 60 5", "127.0.0.1:2")];
  expect(findLateResult(events, [command("GET cache.x1", "127.0.0.1:2")], "x1", WORKER)).toBeNull();
});

it("is not in one script with the status, whoever Redis says that runs it", () => {
  const find = (...events: CommandEvent[]) =>
    findLateResult(events, [command("GET result.x1", "127.0.0.1:2")], "x1", WORKER)?.saved;
  const [begun, done, saved] = [command(BEGUN), command(DONE), command("SET result.x1 5")];
  const script = [DONE, "SET result.x1 5"].map((one) => command(one, "lua"));
  expect(find(begun, ...script)).toBeUndefined();
  expect(find(begun, done, ...script.slice(1))).toBe("SET result.x1");
  expect(find(begun, command("EVAL x 0"), done, saved)).toBeUndefined();
  expect(find(command("EVAL x 0"), command("GET other", "127.0.0.1:9"), done, saved)).toBe("SET result.x1");
});
