import { describe, expect, it } from "vitest";
import { type FieldNote } from "../../../../../src/lab/program/route-note.js";
import { addWhatLacks } from "../../../../../src/subjects/jobs/body/from-answer.js";
import { otherRequests, requestsFor } from "../../../../../src/subjects/jobs/body/job-requests.js";
import { type Route } from "../../../../../src/subjects/jobs/routes/route.js";

const route = (path: string, fields: readonly Partial<FieldNote>[], more: Partial<Route> = {}): Route => ({
  method: "POST",
  path,
  params: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({ name, type: "string" })),
  function: "create_job",
  file: "api.py",
  line: 1,
  fields: fields.map((field) => ({ where: "json", name: "", required: true, forms: [], ...field })),
  puts: true,
  does: [],
  ...more,
});

const records = [
  { id: "q1", place: "Valdivia", year: 1960, day: "1960-05-22" },
  { id: "q2", place: "Aceh", year: 2004, day: "2004-12-26" },
];
const source = { records, range: { start: 3, end: 9 } };
const none = { records: [], range: { start: 3, end: 9 } };

describe("the request that may make a job", () => {
  it.each<[string, Route, unknown]>([
    [
      "numbers where int() is called, from the years of the data",
      route("/jobs", [
        { name: "start", forms: [{ is: "cast", to: "int" }] },
        { name: "end", forms: [{ is: "cast", to: "int" }] },
      ]),
      { start: 1960, end: 2004 },
    ],
    [
      "days of the data in the form of strptime",
      route("/jobs", [
        { name: "start_date", forms: [{ is: "date", format: "%m/%d/%Y" }] },
        { name: "end_date", forms: [{ is: "date", format: "%d %b %y" }] },
      ]),
      { start_date: "05/22/1960", end_date: "26 Dec 04" },
    ],
    [
      "a word of a list, and a number between two bounds",
      route("/jobs", [
        { name: "plot_type", forms: [{ is: "one of", words: ["histogram", "scatter"] }] },
        {
          name: "month",
          forms: [
            { is: "cast", to: "int" },
            { is: "least", value: 7 },
            { is: "most", value: 12 },
          ],
        },
      ]),
      { plot_type: "histogram", month: 7 },
    ],
    [
      "a text that has the form of a pattern, of the data where one has it",
      route("/jobs", [
        { name: "code", forms: [{ is: "like", pattern: "^q[0-9]$" }] },
        { name: "letters", forms: [{ is: "like", pattern: "^[A-Z]{4}$" }] },
      ]),
      { code: "q1", letters: "ABCD" },
    ],
    [
      "what is looked up among the data, and ids in a list",
      route("/jobs", [
        { name: "topic", forms: [{ is: "stored", db: 0, field: "place" }] },
        { name: "ids", forms: [{ is: "list" }, { is: "stored", db: 0, field: "id" }] },
      ]),
      { topic: "Valdivia", ids: ["q1"] },
    ],
    [
      "what the data call so",
      route("/jobs", [{ name: "quake_id" }, { name: "Place" }]),
      { quake_id: "q1", Place: "Valdivia" },
    ],
    [
      "the parts of FastAPI's model that must be there",
      route("/jobs", [], {
        body: {
          as: "json",
          schema: {
            properties: {
              kind: { enum: ["sum", "mean"] },
              n: { anyOf: [{ type: "integer", minimum: 5 }, { type: "null" }] },
              note: { type: "string" },
            },
            required: ["kind", "n"],
          },
        },
      }),
      { kind: "sum", n: 5 },
    ],
  ])("has %s", (_, maker, body) => {
    expect(requestsFor(maker, source)[0]).toEqual({ method: "POST", path: "/jobs", body });
  });

  it("is a form, a query or a path where those are read", () => {
    const word: FieldNote["forms"] = [{ is: "one of", words: ["a b"] }];
    expect(requestsFor(route("/run", [{ where: "form", name: "seq", forms: word }]), none)[0]).toEqual({
      method: "POST",
      path: "/run",
      form: { seq: "a b" },
    });
    expect(requestsFor(route("/jobs", [{ where: "query", name: "kind", forms: word }]), none)[0]).toEqual({
      method: "POST",
      path: "/jobs?kind=a+b",
    });
    expect(
      requestsFor(route("/jobs/{kind}", [{ where: "path", name: "kind", forms: word }]), none)[0],
    ).toEqual({ method: "POST", path: "/jobs/a%20b" });
  });

  it("is tried with a range that holds everything where the data tell nothing", () => {
    const years = route("/jobs", [
      { name: "start", forms: [{ is: "cast", to: "int" }] },
      { name: "end", forms: [{ is: "cast", to: "int" }] },
    ]);
    expect(requestsFor(years, none).map(({ body }) => body)).toEqual([
      { start: 3, end: 9 },
      { start: 1, end: 2100 },
    ]);
  });

  it("has others that come to something else", () => {
    const taken = { method: "POST", path: "/jobs", body: { start: 10, end: 20 } } as const;
    expect(otherRequests(taken, [taken]).map(({ body }) => body)).toEqual([{ start: 10, end: 15 }]);
    const days = { method: "POST", path: "/jobs", body: { from: "2020-01-01", to: "2020-03-01" } } as const;
    expect(otherRequests(days, [days]).map(({ body }) => body)).toEqual([
      { from: "2020-01-01", to: "2020-01-01" },
    ]);
  });
});

describe("an answer that names what it lacks", () => {
  const sent = { method: "POST", path: "/jobs", body: { start: 1 } } as const;
  const answer = (text: string, json?: unknown) => ({
    request: "",
    status: 400,
    problem: null,
    text,
    json,
    headers: {},
    durationMs: 1,
    slept: 0,
    traceback: null,
  });

  it.each([
    ["the field year is missing", { start: 1, year: 2010 }],
    ["please provide a 'kind'", { start: 1, kind: 1 }],
    ["kind must be one of: sum, mean", { start: 1, kind: "sum" }],
    ["'plot' not valid, choose from ['scatter', 'line']", { start: 1, plot: "scatter" }],
  ])("%s", (text, body) => {
    expect(addWhatLacks(sent, answer(text))?.body).toEqual(body);
  });

  it("is FastAPI's own", () => {
    const json = { detail: [{ loc: ["body", "end_year"], type: "missing" }] };
    expect(addWhatLacks(sent, answer(JSON.stringify(json), json))?.body).toEqual({
      start: 1,
      end_year: 2010,
    });
  });

  it("is none where nothing is named", () => {
    expect(addWhatLacks(sent, answer("no"))).toBeNull();
    expect(addWhatLacks(sent, { ...answer("year is missing"), status: 200 })).toBeNull();
  });
});
