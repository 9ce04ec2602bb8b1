import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Exercise } from "../../../src/course/exercise.js";
import { readProgress, updateProgress } from "../../../src/course/progress.js";
import { verify } from "../../../src/course/verify.js";
import { type Probes } from "../../../src/subjects/index.js";
import { type Judgement } from "../../../src/verdict/verdict.js";

let home = "";
let now: Judgement = { verdict: "passed", observed: "" };
const probes = { place: { url: null, again: () => "again" } } as unknown as Probes;

function exerciseOf(subject: "redis" | "compose"): Exercise {
  const step = {
    id: "2.1",
    title: "it runs",
    needs: [],
    lasting: true,
    task: () => "",
    examine: () => Promise.resolve(now),
  };
  const { steps, hints } = { steps: [step], hints: { "2.1": ["a", "b", "c", "d"] } };
  return { slug: "some", subjects: [subject], steps, hints } as unknown as Exercise;
}

async function look(subject: "redis" | "compose", folder: string): Promise<unknown[]> {
  const results = await verify({ exercise: exerciseOf(subject), probes, home, folder });
  return results.map(({ verdict, seenAt }) => [verdict, seenAt !== undefined]);
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "tq-test-verify-"));
  now = { verdict: "passed", observed: "it runs" };
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const stopped: Judgement = { verdict: "not-yet", expected: "a", observed: "b", probe: "c", next: "d" };

it("remembers what ran of a folder's files for that folder alone", async () => {
  expect(await look("compose", "/one")).toEqual([["passed", false]]);
  now = stopped;
  expect(await look("compose", "/one")).toEqual([["passed", true]]);
  expect(await look("compose", "/two")).toEqual([["not-yet", false]]);
  now = { verdict: "passed", observed: "it runs there" };
  await look("compose", "/two");
  expect(readProgress(home, "some").passed["2.1"]).toMatchObject({
    folder: "/two",
    observed: "it runs there",
  });
});

it("takes what an older tq remembered for the folder of the last walk", async () => {
  updateProgress(home, "some", (progress) => {
    progress.passed["2.1"] = { at: "2026-01-01T00:00:00Z", observed: "it ran" };
    progress.folder = "/one";
  });
  now = stopped;
  expect(await look("compose", "/one")).toEqual([["passed", true]]);
  expect(await look("compose", "/two")).toEqual([["not-yet", false]]);
});

it("remembers what was seen in a Redis wherever it is looked from", async () => {
  await look("redis", "/one");
  now = stopped;
  expect(await look("redis", "/two")).toEqual([["passed", true]]);
});
