import { describe, expect, it } from "vitest";
import { type Check, runChecks } from "../../../src/verdict/run-checks.js";
import { exitCodeFor, type Judgement, overallVerdict } from "../../../src/verdict/verdict.js";
import { TqError } from "../../../src/errors.js";

const passed: Judgement = { verdict: "passed", observed: "it is there" };
const notYet: Judgement = { verdict: "not-yet", expected: "a", observed: "b", probe: "c", next: "d" };

function check(id: string, needs: string[], examine: () => Promise<Judgement>, lasting = true): Check<null> {
  return { id, title: `title of ${id}`, needs, lasting, examine };
}

function run(checks: Check<null>[], seen: Record<string, { at: string; observed: string }> = {}) {
  return runChecks({
    checks,
    probes: null,
    seen: new Map(Object.entries(seen)),
    rerun: (id) => `again ${id}`,
  });
}

const resolved = (judgement: Judgement) => () => Promise.resolve(judgement);

describe("runChecks", () => {
  it("looks at what is needed first, and at what waits on nothing at the same time", async () => {
    const log: string[] = [];
    const gate: { open?: () => void } = {};
    const both = new Promise<void>((resolve) => (gate.open = resolve));
    const examine = (id: string) => async () => {
      log.push(id);
      // The first waits until the second has begun: only side by side do they come to an end.
      if (id === "1") await both;
      if (id === "2") gate.open?.();
      return passed;
    };
    const results = await run([
      check("3", ["1", "2"], examine("3")),
      check("1", [], examine("1")),
      check("2", [], examine("2")),
    ]);
    expect(log).toEqual(["1", "2", "3"]);
    expect(results.map(({ id }) => id)).toEqual(["3", "1", "2"]);
  });

  it("blocks what needs a check that did not pass, by name, without looking", async () => {
    const [, second, third] = await run([
      check("1", [], resolved(notYet)),
      check("2", ["1"], () => Promise.reject(new Error("looked"))),
      check("3", ["2"], () => Promise.reject(new Error("looked"))),
    ]);
    expect(second).toMatchObject({
      verdict: "blocked",
      blockedBy: "check",
      observed: "not looked at: it needs 1",
    });
    expect(third).toMatchObject({ verdict: "blocked", blockedBy: "check", probe: "again 2" });
  });

  it("tells the machine's fault from ours", async () => {
    const environment = new TqError("no engine", { code: "x", exitCode: 3, hint: "start it" });
    const results = await run([
      check("1", [], () => Promise.reject(environment)),
      check("2", [], () => Promise.reject(new TypeError("undefined is not a function"))),
      check("3", [], resolved({ verdict: "blocked", observed: "disk full", next: "free some" })),
    ]);
    expect(results[0]).toMatchObject({
      verdict: "blocked",
      blockedBy: "environment",
      observed: "no engine",
      next: "start it",
    });
    expect(results[1]).toMatchObject({ verdict: "error", next: expect.stringContaining("report") as string });
    expect(results[2]).toMatchObject({ verdict: "blocked", blockedBy: "environment", observed: "disk full" });
    for (const { expected, observed, probe, next } of results) {
      expect([expected, observed, probe, next].every(Boolean)).toBe(true);
    }
  });

  it("keeps what was seen before, where a check is about what was running", async () => {
    const seen = { "1": { at: "2026-01-01T00:00:00.000Z", observed: "three containers" } };
    const fault = new TqError("no engine", { code: "x", exitCode: 3 });
    for (const examine of [resolved(notYet), () => Promise.reject(fault)]) {
      const [lasting] = await run([check("1", [], examine)], seen);
      expect(lasting).toMatchObject({
        verdict: "passed",
        observed: "three containers",
        seenAt: seen["1"].at,
      });
      const [passing] = await run([check("1", [], examine, false)], seen);
      expect(passing?.verdict).not.toBe("passed");
    }
    const [fresh] = await run([check("1", [], resolved(passed))], seen);
    expect(fresh).toMatchObject({ observed: "it is there" });
    expect(fresh).not.toHaveProperty("seenAt");
  });
});

describe("the exit code of several checks", () => {
  const result = async (...judgements: (() => Promise<Judgement>)[]) =>
    run(judgements.map((examine, n) => check(String(n), [], examine)));
  const broken = () => Promise.reject(new Error("ours"));
  const blocked = () => Promise.reject(new TqError("machine", { code: "x", exitCode: 3 }));

  it("is 70 before 3, and 3 before 1", async () => {
    expect(exitCodeFor(await result(resolved(passed), resolved(passed)))).toBe(0);
    expect(exitCodeFor(await result(resolved(passed), resolved(notYet)))).toBe(1);
    expect(exitCodeFor(await result(resolved(notYet), blocked))).toBe(3);
    expect(exitCodeFor(await result(resolved(notYet), blocked, broken))).toBe(70);
  });

  it("has one word for all", async () => {
    expect(overallVerdict(await result(resolved(passed)))).toBe("passed");
    expect(overallVerdict(await result(resolved(notYet), blocked))).toBe("blocked");
    expect(overallVerdict(await result(broken))).toBe("error");
  });
});
