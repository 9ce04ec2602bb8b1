import { describe, expect, it } from "vitest";
import { findWords, readRecords } from "../../../../src/subjects/jobs/data-records.js";
import { recordWrites, statusesOf } from "../../../../src/subjects/jobs/records.js";
import { saysSomething, statusIn } from "../../../../src/subjects/jobs/status-answers.js";
import { jobIdOf } from "../../../../src/subjects/jobs/job-id.js";
import { type CommandEvent } from "../../../../src/redis/observe/event.js";

let clock = 0;
const command = (words: string[], db = 0): CommandEvent => {
  const [name = "", ...args] = words;
  clock += 1;
  return {
    kind: "command",
    time: clock,
    client: "a",
    db,
    name,
    told: "issued",
    args: args.map((arg) => Buffer.from(arg)),
  };
};

describe("the records in an answer", () => {
  it.each([
    ["a list", [{ id: 1, name: "x" }], [{ id: "1", name: "x" }]],
    ["a list of ids", ["a", "b"], [{ id: "a" }, { id: "b" }]],
    ["a list in an object", { count: 1, data: [{ id: "a" }] }, [{ id: "a" }]],
    [
      "an object of records",
      { k1: { n: 1 }, k2: { n: 2 } },
      [
        { key: "k1", n: "1" },
        { key: "k2", n: "2" },
      ],
    ],
    ["records as JSON text", ['{"id": "a"}'], [{ id: "a" }]],
    ["a list that is JSON twice", '[{"id": "a"}]', [{ id: "a" }]],
    ["an empty list", [], []],
  ])("are found in %s", (_, json, records) => {
    expect(readRecords(json)).toEqual(records);
  });

  it.each([["text"], [7], [null], [{}], [{ message: "loaded" }]])("are not seen in %j", (json) => {
    expect(readRecords(json)).toBeNull();
  });
});

describe("words to search for", () => {
  it("are each of another field, the rarest first", () => {
    const records = [
      { id: "LHA", coast: "north sea", name: "Ardnor", note: "42" },
      { id: "LHB", coast: "north", name: "Belvast", note: "-" },
    ];
    expect(findWords(records)).toEqual(["Ardnor", "north"]);
    expect(findWords([])).toEqual([]);
  });
});

describe("a status in an answer", () => {
  it.each([
    [{ id: "x", status: "submitted" }, "submitted"],
    [{ job: { Status: "done" } }, "done"],
    [{ job_status: "RUNNING" }, "RUNNING"],
    ['{"status": "queued"}', "queued"],
    [{ id: "x" }, null],
    [["status"], null],
    [null, null],
  ])("of %j is %j", (json, status) => {
    expect(statusIn({ json, text: JSON.stringify(json) })).toBe(status);
  });

  it("that is a number is found in a text, though not in the id", () => {
    const text = "Job 7f3a-1-b is 2\n";
    expect(statusIn({ json: undefined, text }, { id: "7f3a-1-b", words: ["1", "2"] })).toBe("2");
    expect(statusIn({ json: undefined, text }, { id: "7f3a-1-b", words: ["1"] })).toBeNull();
  });

  it.each([
    ["", false],
    ["null\n", false],
    ["{}", false],
    ['"[ ]"', false],
    ["not yet", true],
    ['{"a":0}', true],
  ])("%j says something: %j", (text, says) => {
    expect(saysSomething({ text })).toBe(says);
  });
});

describe("the id of a job", () => {
  const exchange = (json: unknown) => ({
    request: "",
    status: 200,
    headers: {},
    problem: null,
    text: JSON.stringify(json),
    json,
    durationMs: 1,
    traceback: null,
    slept: 0,
  });
  const changed = [
    { db: 0, key: "job.7f3a-11", type: "hash", fields: { a: "b" }, text: null, items: [] },
    {
      db: 1,
      key: "hotqueue:queue",
      type: "list",
      fields: null,
      text: null,
      items: [{ value: "7f3a-11", pickled: true, shown: "" }],
    },
  ];

  it.each([
    [{ id: "7f3a-11" }, "7f3a-11"],
    [{ job_id: "7f3a-11", message: "submitted" }, "7f3a-11"],
    ["Job 7f3a-11 was submitted", "7f3a-11"],
    [{ message: "id: 7f3a-11" }, "7f3a-11"],
    ["7f3a-11", "7f3a-11"],
    [{ message: "ok" }, null],
    [{ id: 17 }, "17"],
  ])("in %j is %j", (json, id) => {
    expect(jobIdOf({ exchange: exchange(json), changed })).toBe(id);
  });
});

describe("the writes into a job's record", () => {
  it.each([
    ["a hash", ["HSET", "job.x1", "id", "x1", "status", "a"], ["HSET", "job.x1", "status", "b"]],
    ["an older hash", ["HMSET", "job:x1", "status", "a"], ["HMSET", "job:x1", "status", "b"]],
    ["a JSON text", ["SET", "x1", '{"status": "a"}'], ["SET", "x1", '{"status": "b"}']],
  ])("are found, whether it is %s", (_, first, second) => {
    const events = [
      command(first),
      command(["SET", "results.x1", "5"]),
      command(["RPUSH", "q", "x1"], 1),
      command(second),
    ];
    expect(statusesOf(recordWrites(events, "x1")).map(({ status }) => status)).toEqual(["a", "b"]);
  });

  it("are those of that job alone, and of its own database", () => {
    const events = [
      command(["HSET", "job.x1", "status", "a"]),
      command(["HSET", "job.x12", "status", "no"]),
      command(["HSET", "job.x1", "status", "no"], 3),
    ];
    expect(recordWrites(events, "x1").map(({ fields }) => fields)).toEqual([{ status: "a" }]);
    expect(recordWrites(events, "")).toEqual([]);
  });
});
