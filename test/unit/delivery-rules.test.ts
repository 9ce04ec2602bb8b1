import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { judgeLost } from "../../exercises/10-delivery-guarantees/rules/lost.js";
import { judgeReturned, judgeTwice } from "../../exercises/10-delivery-guarantees/rules/returned.js";
import { replay } from "../../src/check/trace/replay.js";
import { replayHolds } from "../../src/check/trace/replay-holds.js";
import { type Place, type Traffic } from "../../src/course/authoring.js";
import { leave } from "../../src/queue/reliable/scripts/beat.js";
import { release } from "../../src/queue/reliable/scripts/settle.js";
import { type CommandEvent } from "../../src/redis/observe/event.js";

const Q = "hotqueue:queue";
const held = (name: string) => `{${Q}}:held:${name}`;
const hash = ({ source }: { source: string }) => createHash("sha1").update(source).digest("hex");

const place = {
  ...{
    tq: (command: string) => `tq ${command}`,
    redisCli: () => "redis-cli",
    queue: { name: "queue", db: 1 },
  },
} as unknown as Place;

function judge(commands: string[], told: CommandEvent["told"] = "issued", known: Traffic["known"] = "live") {
  const events = commands.map((text, time): CommandEvent => {
    const [client = "", name = "", ...args] = text.split(" ");
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
  expect(judge([`p RPUSH ${Q} x`, `a BLPOP ${Q} 0`])[0]).toBe("passed");
  expect(judge([`p RPUSH ${Q} x`, `a BLPOP ${Q} 0`, `a BLPOP ${Q} 0`])[0]).toBe("killed-too-late");
});

it("needs somebody else who takes what went back", () => {
  const start = [`p RPUSH ${Q} x`, take("a"), back("a")];
  expect(judge(start)[1]).toContain("no other worker has taken it yet");
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
