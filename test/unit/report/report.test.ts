import { Ajv } from "ajv";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CheckResult } from "../../../src/verdict/verdict.js";
import { makeResult } from "../../../src/report/result.js";
import { formatText } from "../../../src/report/text.js";
import { wrap, wrapLines } from "../../../src/report/wrap.js";

const base = { needs: [], score: 0, maxScore: 1, durationMs: 3 } as const;
const checks: CheckResult[] = [
  { ...base, id: "6.1", title: "the worker takes the job", verdict: "passed", observed: "taken", score: 1 },
  {
    ...base,
    id: "6.3",
    title: "the worker completes the job",
    verdict: "not-yet",
    needs: ["6.1"],
    expected: 'status of job 7f3a becomes "complete"',
    observed: 'still "submitted" after 5.0 s; hotqueue:queue (db 1) holds 1 message',
    probe: "redis-cli -n 1 LLEN hotqueue:queue",
    cause: "nothing calls execute_job() at the end of worker.py",
    next: "tq exercise 6 --hint",
  },
  {
    ...base,
    id: "6.4",
    title: "the fields are as they were",
    verdict: "blocked",
    needs: ["6.3"],
    blockedBy: "check",
    expected: "x",
    observed: "y",
    probe: "p",
    next: "n",
  },
  {
    ...base,
    id: "6.5",
    title: "in order",
    verdict: "blocked",
    needs: ["6.4"],
    blockedBy: "check",
    expected: "x",
    observed: "y",
    probe: "p",
    next: "n",
  },
  {
    ...base,
    id: "6.6",
    title: "REDIS_IP is honoured",
    verdict: "blocked",
    blockedBy: "environment",
    expected: "x",
    observed: "no Python was found",
    probe: "p",
    next: "install one\nor name it",
  },
];
const plain = {
  width: Infinity,
  clean: (text: string) => text,
  symbols: false,
  paint: (_: string, text: string) => text,
};

describe("the text card", () => {
  it("says what was expected and seen, what shows it, and what waits for it", () => {
    expect(formatText(checks, { ...plain, clean: (text: string) => text, symbols: true })).toBe(
      [
        "✓ PASSED   6.1  the worker takes the job",
        "  seen       taken",
        "✗ NOT YET  6.3  the worker completes the job",
        '  expected   status of job 7f3a becomes "complete"',
        '  observed   still "submitted" after 5.0 s; hotqueue:queue (db 1) holds 1 message',
        "  see it     redis-cli -n 1 LLEN hotqueue:queue",
        "  likely     nothing calls execute_job() at the end of worker.py",
        "  next       tq exercise 6 --hint",
        "  blocked    6.4 (needs 6.3); 6.5 (needs 6.4)",
        "! BLOCKED  6.6  REDIS_IP is honoured",
        "  expected   x",
        "  observed   no Python was found",
        "  see it     p",
        "  next       install one",
        "             or name it",
      ].join("\n"),
    );
  });

  it("fits a narrow terminal, and breaks no command", () => {
    const text = formatText(checks, { ...plain, width: 45 });
    const long = text.split("\n").filter((line) => line.length > 45);
    expect(long).toEqual(["  see it     redis-cli -n 1 LLEN hotqueue:queue"]);
    expect(text).not.toMatch(/[✓✗]/u);
  });
});

describe("wrap", () => {
  it("breaks at spaces, and keeps a long word whole", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("a averylongword b", 5)).toEqual(["a", "averylongword", "b"]);
    expect(wrap("\u001b[1mone\u001b[22m two three", 7)).toEqual(["\u001b[1mone\u001b[22m two", "three"]);
    expect(wrapLines("one two three\n    one two three", 7)).toBe(
      "one two\nthree\n    one\n      two\n      three",
    );
  });
});

describe("the JSON result", () => {
  const schema = JSON.parse(
    readFileSync(new URL("../../../src/report/result.schema.json", import.meta.url), "utf8"),
  ) as object;
  const isValid = new Ajv({ allowUnionTypes: true }).compile(schema);
  const result = () =>
    makeResult({
      exercise: { number: 6, slug: "execute", title: "Execute the job" },
      checks,
      seed: "7f3a",
      durationMs: 812,
      tq: "0.1.0",
      environment: { redis: "7.0.15", docker: null, node: "20.20.2" },
    });

  it("is what the schema says", () => {
    expect(isValid(JSON.parse(JSON.stringify(result()))), JSON.stringify(isValid.errors)).toBe(true);
    expect(result().verdict).toBe("blocked");
  });

  it("is not valid without what a person needs", () => {
    for (const field of ["expected", "observed", "probe", "next"] as const) {
      const lacking = { ...result(), checks: [{ ...checks[1], [field]: undefined }] };
      expect(isValid(JSON.parse(JSON.stringify(lacking))), field).toBe(false);
    }
    expect(isValid({ ...result(), verdict: "failed" })).toBe(false);
  });
});
