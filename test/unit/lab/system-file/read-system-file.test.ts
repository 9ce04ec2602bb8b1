import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TqError } from "../../../../src/errors.js";
import { findSystemFile } from "../../../../src/lab/system-file/read-system-file.js";

let folder = "";
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "tq-test-")));
});
afterEach(() => rm(folder, { recursive: true }));

const read = async (text: string, exercise = 7) => {
  await writeFile(join(folder, "tq.yaml"), text);
  return findSystemFile({ folder, given: undefined, exercise });
};

async function refusal(text: string): Promise<{ message: string; hint: string | undefined }> {
  try {
    await read(text);
  } catch (error) {
    if (!(error instanceof TqError)) throw error;
    expect(error).toMatchObject({ code: "bad-system-file", exitCode: 2 });
    return { message: error.message, hint: error.hint };
  }
  throw new Error("it was taken");
}

const ALL = `
exercise: 7
python: 3.10                                 # or a folder, or container
requirements: requirements.txt
start: {api: "python -m src.api", worker: "python -m src.worker", from: ..}
env: {REDIS_PORT: 6379, LOG_LEVEL: DEBUG, EMPTY: ""}
web:
  - {url: "https://data.example.org/*", file: sample.json}
files: {/app/neo.csv: sample.json}
load: [POST /tickers/AAPL, {request: POST /data, body: {year: 2020}}]
data: {list: GET /data, one: "GET /data/{id}", search: "GET /data?search={word}"}
job: {request: POST /run, form: {seq: AACDE}, vary: [seq]}
status: GET /jobs/{id}
result: none
words: {first: queued, last: [finished, failed]}
`;

describe("a tq.yaml", () => {
  it("says all that can be said of a system", async () => {
    await writeFile(join(folder, "requirements.txt"), "redis\n");
    await writeFile(join(folder, "sample.json"), "[]");
    expect(await read(ALL)).toEqual({
      path: join(folder, "tq.yaml"),
      shown: "tq.yaml",
      exercise: 7,
      python: "3.10",
      requirements: join(folder, "requirements.txt"),
      start: { api: "python -m src.api", worker: "python -m src.worker", from: ".." },
      env: { REDIS_PORT: "6379", LOG_LEVEL: "DEBUG", EMPTY: "" },
      web: [{ url: "https://data.example.org/*", file: join(folder, "sample.json") }],
      files: { "/app/neo.csv": join(folder, "sample.json") },
      load: [
        { method: "POST", path: "/tickers/AAPL" },
        { method: "POST", path: "/data", body: { as: "json", value: { year: 2020 } } },
      ],
      data: {
        list: { method: "GET", path: "/data" },
        one: { method: "GET", path: "/data/{id}" },
        search: { method: "GET", path: "/data?search={word}" },
      },
      job: { method: "POST", path: "/run", body: { as: "form", value: { seq: "AACDE" } }, vary: ["seq"] },
      status: { method: "GET", path: "/jobs/{id}" },
      result: "none",
      words: { first: ["queued"], last: ["finished", "failed"] },
    });
  });

  it("says nothing where it is empty, is not looked at by another exercise, and need not be there", async () => {
    expect(await read("# nothing yet\n")).toEqual({ path: join(folder, "tq.yaml"), shown: "tq.yaml" });
    expect(await read("exercise: 9\nstatus: GET /x")).toBeNull();
    await rm(join(folder, "tq.yaml"));
    expect(findSystemFile({ folder, given: undefined, exercise: 7 })).toBeNull();
  });

  it("may lie elsewhere, and finds its files beside it", async () => {
    await writeFile(join(folder, "teacher.yaml"), "web: [{url: 'http://x/*', file: a.csv}]");
    await writeFile(join(folder, "a.csv"), "1");
    const at = join(folder, "student");
    const found = findSystemFile({ folder: at, given: join(folder, "teacher.yaml"), exercise: 7 });
    expect(found?.web).toEqual([{ url: "http://x/*", file: join(folder, "a.csv") }]);
    expect(found?.shown).toBe(join(folder, "teacher.yaml"));
    expect(() => findSystemFile({ folder: at, given: join(at, "none.yaml"), exercise: 7 })).toThrow(
      "is not there",
    );
    await writeFile(join(folder, "teacher.yaml"), "exercise: 9");
    expect(() => findSystemFile({ folder: at, given: join(folder, "teacher.yaml"), exercise: 7 })).toThrow(
      "is about exercise 9, not 7",
    );
  });

  it("sends a query with a job's path", async () => {
    expect((await read("job: {request: POST /jobs, query: {kind: a b, n: 2}}"))?.job).toEqual({
      method: "POST",
      path: "/jobs?kind=a+b&n=2",
    });
    expect((await read("load: none"))?.load).toEqual([]);
  });

  it.each([
    ["result: none\nresutls: x", "tq.yaml:2: there is no key resutls"],
    ["start:\n  api: a\n  workr: b", "tq.yaml:3: there is no key workr; did you mean worker?"],
    ["exercise: seven", 'tq.yaml:1: a whole number is expected here, not "seven"'],
    ["status: [GET, /jobs]", "tq.yaml:1: a text is expected here, not a list"],
    ["status: /jobs/{id}", 'tq.yaml:1: "/jobs/{id}" is no request'],
    ["\nresult: FETCH /x", 'tq.yaml:2: "FETCH /x" is no request'],
    ["job: {form: {a: 1}}", "tq.yaml:1: a line is missing here"],
    [
      "job:\n  request: POST /a\n  form: {a: 1}\n  json: {a: 1}",
      "tq.yaml:4: form and json do not go together",
    ],
    ["load: [{request: POST /a, vary: [a]}]", "tq.yaml:1: vary: belongs to job:"],
    ["env: [A=1]", "tq.yaml:1: lines of the form key: value are expected here, not a list"],
    ["env:\n  A:\n", "tq.yaml:2: A: has no value"],
    ["env:\n  A: {b: c}", "tq.yaml:2: a text is expected here, not keys and values"],
    ["web: {url: x}", "tq.yaml:1: a list is expected here, not keys and values"],
    ["web:\n  - {url: x}", "tq.yaml:2: file is missing here"],
    ["web:\n  - url: x\n    file: gone.json", "tq.yaml:3: there is no file gone.json"],
    ["files: {app/x.csv: x.csv}", "tq.yaml:1: app/x.csv is no absolute path"],
    ["- a", "tq.yaml:1: lines of the form key: value are expected here, not a list"],
    ["env: &a {A: b}\njob: {request: POST /a, json: *a}", "tq.yaml:2: an alias is not followed here"],
    ["a: b: c", "tq.yaml:1: Nested mappings are not allowed"],
  ])("names the line of what is wrong: %j", async (text, message) => {
    expect((await refusal(text)).message).toContain(message);
  });
});
