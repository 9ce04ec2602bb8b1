import { Ajv } from "ajv";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CheckResult } from "../../../src/verdict/verdict.js";
import { makeResult } from "../../../src/report/result.js";
import { formatNews, formatText } from "../../../src/report/text.js";

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

  it.each([40, 45, 60, 80])(
    "fits a terminal of %i columns, and breaks a command so that it stays one",
    (width) => {
      const text = formatText(checks, { ...plain, width });
      expect(text.split("\n").filter((line) => line.length > width)).toEqual([]);
      expect(text).not.toMatch(/[✓✗]/u);
      const command = /see it\s+(redis-cli.*(?:\\\n.*)?)/.exec(text)?.[1]?.replace(/\\\n +/, "");
      expect(command).toBe("redis-cli -n 1 LLEN hotqueue:queue");
    },
  );

  it("has its texts below their labels where there is no room beside them", () => {
    expect(formatText(checks.slice(1, 2), { ...plain, width: 40 })).toBe(
      [
        "NOT YET  6.3  the worker completes the",
        "              job",
        "  expected",
        "    status of job 7f3a becomes",
        '    "complete"',
        "  observed",
        '    still "submitted" after 5.0 s;',
        "    hotqueue:queue (db 1) holds 1",
        "    message",
        "  see it",
        "    redis-cli -n 1 LLEN hotqueue:queue",
        "  likely",
        "    nothing calls execute_job() at the",
        "    end of worker.py",
        "  next",
        "    tq exercise 6 --hint",
      ].join("\n"),
    );
  });
});

describe("what is new in a check since its card", () => {
  const [passed, before] = checks as [CheckResult, CheckResult];
  const look = plain;
  const news = (change: Partial<CheckResult>, told: CheckResult | undefined = before) =>
    formatNews({ ...before, ...change }, { before: told, all: [], look });

  it("is the rows that say something else", () => {
    expect(news({ observed: "still nothing", probe: "tq queues" })).toBe(
      "NOT YET  6.3  the worker completes the job\n  observed   still nothing\n  see it     tq queues",
    );
    expect(news({ cause: "another" })).toMatch(/^NOT YET.*\n {2}likely {5}another$/);
    expect(news({ cause: undefined, next: "go on" })).toMatch(/^NOT YET.*\n {2}next {7}go on$/);
  });

  it("is the whole card the first time, and when the verdict is another", () => {
    expect(formatNews(before, { before: undefined, all: [], look })).toBe(formatText([before], look));
    expect(formatNews({ ...before, verdict: "passed" }, { before, all: [], look })).toMatch(/^PASSED/);
    expect(formatNews(before, { before: passed, all: [], look })).toBe(formatText([before], look));
  });

  it("is nothing where only a client came back from another port, or another command shows the same", () => {
    const at = (port: number): CheckResult => ({ ...before, observed: `127.0.0.1:${port} waits` });
    expect(formatNews(at(40001), { before: at(40002), all: [], look })).toBeNull();
    expect(news({ probe: "tq peek" })).toBeNull();
    expect(news({})).toBeNull();
    expect(formatNews(passed, { before: { ...passed, observed: "else" }, all: [], look })).toBeNull();
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
