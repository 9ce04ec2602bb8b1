import { describe, expect, it } from "vitest";
import { type FindingKind } from "../../../../src/subjects/python-code/finding.js";
import { listWays, writeJobsApi } from "../../../support/python/jobs-api.js";
import { MISTAKES_IN_JOBS } from "../../../support/python/mistakes-in-jobs.js";
import { MISTAKES_IN_PROGRAMS } from "../../../support/python/mistakes-in-programs.js";
import { COMPOSE, findingsOf, show, WAYS } from "../../../support/python/code-findings.js";

describe("correct code, in all the ways in which it is written", () => {
  it.each(listWays().map((ways, n) => [n, ways] as const))("way %i", async (_, ways) => {
    const files = {
      ...writeJobsApi(ways),
      "docker-compose.yml": COMPOSE(
        "    environment:\n      REDIS_IP: redis-db\n      REDIS_HOST: redis-db\n",
      ),
    };
    const findings = await findingsOf(files);
    expect(
      findings.filter(({ breaks, kind }) => breaks || kind !== "compose-variable-ignored").map(show),
    ).toEqual([]);
  });
});

describe("each mistake is named, with file and line", () => {
  it.each(Object.entries({ ...MISTAKES_IN_JOBS, ...MISTAKES_IN_PROGRAMS }))("%s", async (_, mistake) => {
    let tried = 0;
    for (const ways of WAYS.filter((one) => mistake.only?.(one) !== false)) {
      const files = writeJobsApi(ways);
      const name = mistake.in === "api" ? ways.api : `${mistake.in}.py`;
      const file = ways.layout === "" ? name : `${ways.layout}/${name}`;
      let text = files[file] ?? "";
      for (const [find, put] of mistake.change) {
        const filled = put
          .replace("{api}", ways.api.replace(".py", ""))
          .replace("{q}", ways.imports === "module" ? "jobs.q" : "q")
          .replace("{queue}", String(ways.databases.queue))
          .replace("{records}", String(ways.databases.records));
        expect(text).toMatch(find);
        text = text.replace(find, filled);
      }
      const findings = await findingsOf({ ...files, [file]: text });
      const found = findings.filter(({ kind }) => kind === mistake.kind);
      expect(findings.map(show).join("\n")).toContain(mistake.kind);
      const [first] = found;
      expect(first).toMatchObject({ file, breaks: mistake.breaks });
      expect(first?.text).toMatch(mistake.line);
      expect(text.split("\n")[(first?.line ?? 0) - 1]?.trim()).toBe(first?.text);
      if (mistake.says) expect(found.map(({ says }) => says).join("\n")).toMatch(mistake.says);
      // What follows from it may be told too; nothing else may be.
      const FOLLOWS: FindingKind[] = [
        "worker-not-decorated",
        "worker-not-started",
        "queue-made-again",
        "hosts-differ",
        "host-literal",
        "client-on-two-dbs",
        "jobs-imports-others",
        "circular-import",
        "unfinished",
      ];
      expect(
        findings.filter(({ kind }) => kind !== mistake.kind && !FOLLOWS.includes(kind)).map(show),
      ).toEqual([]);
      tried += 1;
    }
    expect(tried).toBeGreaterThanOrEqual(3);
  });
});

describe("a syntax error is explained", () => {
  it.each([
    ["print 'a'", 1, /print is a function/],
    ["x = [1, 2", 1, /\[ is opened here and not closed/],
    ["x = (1, [2)]", 1, /closed by \) where \]/],
    ["x = 1)", 1, /closes nothing/],
    ["if True:\n    pass\nelse if False:\n    pass", 3, /elif/],
    ["def f():\n    return 1\n  x = 2", 3, /as far as no other/],
    ["x = 1\n    y = 2", 2, /further than the one before/],
    ["return 5", 1, /outside of any function/],
    ["for x in []\n    pass", 1, /colon/],
    [">>> x = 1", 1, /prompt/],
    ["<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other", 1, /merge/],
    ["x =\u00a0\u00a01", 1, /invisible character in this line \(U\+00A0\)/],
    ["class = 1", 1, /./],
    ["def f(a=1, b): pass", 1, /without a default/],
    ["f(a=1, 2)", 1, /without a name/],
    ["from os import path,", 1, /comma/],
    ["x = {'a': 1 'b': 2}", 1, /comma is missing/],
    ["def f():\n\tx = 1\n        y = 2", 3, /tabs and spaces/],
    ["x = a +", 1, /ends in the middle/],
    ["x = 5 – 3", 1, /long dash/],
    ["else:\n    pass", 1, /belongs to nothing/],
    ["def import():\n    pass", 1, /import is a word of Python's own/],
  ])("%j", async (text, line, says) => {
    const found = await findingsOf({ "jobs.py": `${text}\n` });
    expect(found[0]).toMatchObject({ kind: "syntax-error", line, breaks: true });
    expect(found[0]?.says).toMatch(says);
    expect(found).toHaveLength(1);
  });
});

it.each([
  ["import hotqueue", 'q = HotQueue("queue", db=1)', "hotqueue.HotQueue"],
  ["import redis", "rd = Redis(db=0)", "redis.Redis"],
  ["import flask", "app = Flask(__name__)", "flask.Flask"],
])("with %s, the name in %s is told by its module", async (line, use, written) => {
  const [finding] = await findingsOf({ "jobs.py": `${line}\n\n${use}\n` });
  expect(finding?.next).toContain(`write ${written}; or add to the imports: from`);
});
