import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { judgeLost } from "../../../exercises/10-delivery-guarantees/rules/lost.js";
import { judgeReturned, judgeTwice } from "../../../exercises/10-delivery-guarantees/rules/returned.js";
import { replay } from "../../../src/lab/trace/replay.js";
import { replayHolds } from "../../../src/lab/trace/replay-holds.js";
import { type Place, type Traffic } from "../../../src/course/authoring.js";
import { leave } from "../../../src/queue/reliable/scripts/beat.js";
import { release } from "../../../src/queue/reliable/scripts/settle.js";
import { type CommandEvent, type RedisEvent } from "../../../src/redis/observe/event.js";

const Q = "hotqueue:queue";
const held = (name: string) => `{${Q}}:held:${name}`;
const hash = ({ source }: { source: string }) => createHash("sha1").update(source).digest("hex");

const place = {
  tq: (command: string) => `tq ${command}`,
  redisCli: () => "redis-cli",
  queue: { name: "queue", db: 1 },
} as unknown as Place;

function judge(commands: string[], told: CommandEvent["told"] = "issued", known: Traffic["known"] = "live") {
  const events = commands.map((text, time): RedisEvent => {
    const [client = "", name = "", ...args] = text.split(" ");
    if (name === "ENDS") return { kind: "end", client, time: Number(args[0]) };
    const bytes = args.map((arg) => Buffer.from(arg));
    return { kind: "command", time, client, db: 1, name, args: bytes, told };
  });
  const present = { lists: [], clients: [] };
  const holds = replayHolds(events);
  const traffic = { ...present, traces: replay(events, present), known, version: "7" };
  const all = [
    judgeLost(traffic, holds, place),
    judgeReturned(holds, known, place),
    judgeTwice(holds, known, place),
  ];
  return all.map((one) =>
    one.verdict === "passed" ? "passed" : "mistake" in one && one.mistake ? one.mistake : one.observed,
  );
}

const take = (who: string) => `${who} BLMOVE ${Q} ${held(who)} LEFT RIGHT 5`;
const back = (who: string) => `lua LMOVE ${held(who)} ${Q} RIGHT LEFT`;
const done = (who: string) => `${who} LREM ${held(who)} 1 x`;

it("says of what was not observed that it was not", () => {
  expect(judge([], "issued", "nothing")).toEqual(["not observed", "not observed", "not observed"]);
  const [lost] = judge([`p RPUSH ${Q} x`, `a BLPOP ${Q} 0`], "served", "history");
  expect(lost).toMatch(/^not observed: .* history does not tell/);
});

it("tells a worker that was killed in its work from one that was done with it", () => {
  expect(judge([`p RPUSH ${Q} x`, `a BLPOP ${Q} 0`, "a ENDS 2"])[0]).toBe("passed");
  expect(judge([`p RPUSH ${Q} x`, `a BLPOP ${Q} 0`, `a BLPOP ${Q} 0`])[0]).toBe("killed-too-late");
});

it("tells a worker that was killed in its work from a program that took one message and ended", () => {
  const taken = [`p RPUSH ${Q} x`, `a BLPOP ${Q} 0`];
  expect(judge([...taken, "a ENDS 1.04"])[0]).toBe("ends-after-one");
  expect(judge([...taken, "a ENDS 1.04", "a BLPOP other 0", "a ENDS 9"])[0]).not.toBe("passed");
  expect(judge([`a BLPOP ${Q} 0`, `p RPUSH ${Q} x`, "a ENDS 9"])[0]).toBe("passed");
});

it("needs somebody else who takes what went back", () => {
  const start = [`p RPUSH ${Q} x`, take("a"), back("a")];
  expect(judge(start)[1]).toBe("nobody-took-it");
  expect(judge([...start, take("a")])[1]).not.toBe("passed");
  expect(judge([...start, take("b")]).slice(1)).toEqual(["passed", "killed-not-paused"]);
  expect(judge([...start, take("b"), done("b")])[2]).toBe("killed-not-paused");
  expect(judge([...start, take("b"), done("a")]).slice(1)).toEqual(["passed", "passed"]);
  expect(judge([...start, take("b"), done("a")], "served").slice(1)).toEqual(["passed", "passed"]);
});

it("tells a worker that was asked to stop from one that was killed", () => {
  const given = `a EVALSHA ${hash(release)} 2 ${Q} ${held("a")} x`;
  expect(judge([`p RPUSH ${Q} x`, take("a"), given, take("b")])[1]).not.toBe("passed");
  const left = `a EVALSHA ${hash(leave)} 2 {${Q}}:consumers {${Q}}:reports a`;
  expect(judge([`p RPUSH ${Q} x`, take("a"), left])[1]).toBe("stopped-instead-of-killed");
  expect(judge([`p RPUSH ${Q} x`, take("a"), done("a"), left])[1]).toBe("acknowledged-before-the-kill");
});

it("says why nobody else had the message of a worker that was only slow", () => {
  const before = [`p RPUSH ${Q} x`, take("a"), back("a"), take("b"), done("b"), `p RPUSH ${Q} x`];
  const left = `a EVALSHA ${hash(leave)} 2 {${Q}}:consumers {${Q}}:reports a`;
  expect(judge([...before, take("a")])[2]).toBe(`a holds the message "x"`);
  expect(judge([...before, take("a"), done("a")])[2]).toBe("done-in-time");
  expect(judge([...before, take("a"), left])[2]).toBe("stopped-not-paused");
  expect(judge([...before, `a BLPOP ${Q} 0`])[2]).toBe("slow-without-reliable");
  expect(judge([...before, take("a"), back("a"), take("b"), done("a")])[2]).toBe("passed");
});

it("does not give a message to who waited no longer", () => {
  const events = [
    take("dead"),
    ...Array.from({ length: 9 }, () => "p PING"),
    `p RPUSH ${Q} x`,
    take("a"),
    back("a"),
  ];
  expect(judge([...events, take("b")])[1]).toBe("passed");
});
