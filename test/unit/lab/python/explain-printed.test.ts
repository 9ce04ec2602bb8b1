import { expect, it } from "vitest";
import { explainPrinted } from "../../../../src/lab/python/explain-printed.js";

it.each([
  ["job 7: Object of type datetime is not JSON serializable", "value-not-json"],
  ["error: name 'tiem' is not defined", "undefined-name"],
  ["TypeError: start_job() missing 1 required positional argument: 'jid'", "wrong-arguments"],
  ["'str' object has no attribute 'decode'", "decode-on-text"],
])("an exception that a program caught and printed is known again: %s", (line, mistake) => {
  const found = explainPrinted(["job 7 begins", line, "waiting"]);
  expect(found?.mistake).toBe(mistake);
  expect(found?.cause).toContain(line);
});

it("what tells of no exception is none", () => {
  expect(explainPrinted(["job 7 begins", "done"])).toBeNull();
});

it("the line that a reader of the code knows is named", () => {
  const place = { file: "jobs.py", line: 31, text: "", next: "model_dump_json()", breaks: false };
  const finding = { ...place, kind: "value-not-json", says: "the dict holds a datetime" };
  const found = explainPrinted(["Object of type datetime is not JSON serializable"], [finding]);
  expect(found?.cause).toMatch(/^jobs\.py:31: the dict holds a datetime/);
});
