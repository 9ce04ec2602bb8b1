import { existsSync } from "node:fs";
import { join } from "node:path";
import { type CheckResult } from "../../verdict/verdict.js";
import { type LoadedExercise } from "../catalog.js";
import { readWrongAnswers, type WrongAnswer } from "./wrong-answers.js";
import { listVariants, type Part } from "../variants.js";

/** One of the students that an exercise must tell apart. */
export interface Stage {
  /** Such as wrong/different-dbs. */
  name: string;
  /** Folder of its files and script, relative to the exercise's. */
  source: string;
  /** What is other than in the files. */
  changes?: WrongAnswer["changes"];
  /** Of a wrong answer: what the check must call it. */
  mistake?: string;
  /** Containers are run for it: it has the machine's ports and names to itself. */
  containers: boolean;
  /** Only a cluster shows what it is about. */
  needsCluster: boolean;
  /** What must come of it, in words. */
  expected: string;
  /** What did come of it: for each time that tq looked, the verdicts. */
  isRight: (looks: readonly CheckResult[][]) => boolean;
}

/**
 * Every student of an exercise: untouched, the starters, halfway, the solutions, and each wrong answer. `onCluster`: what
 * must come of them where a cluster is there.
 */
export function listStages(
  { exercise, folder, edition }: LoadedExercise,
  { onCluster = false } = {},
): Stage[] {
  const all = exercise.steps.map(({ id }) => id);
  const usesDocker = exercise.needs.includes("docker");
  const some = new Set(exercise.steps.filter(({ containers }) => containers).map(({ id }) => id));
  const runsAt = (step: string): boolean => usesDocker && (some.size === 0 || some.has(step));
  const [last = ""] = all.slice(-1);
  const needCluster = exercise.steps.filter(({ needsCluster }) => needsCluster).map(({ id }) => id);
  const live = onCluster ? [] : needCluster;
  const halfway = exercise.halfway.filter((id) => !live.includes(id));
  const stages: Stage[] = [exactly("untouched", [], usesDocker && some.size === 0)];
  if (existsSync(join(folder, "halfway"))) stages.push(exactly("halfway", halfway, runsAt(last)));
  for (const name of listParts(folder, "starter")) {
    stages.push({
      name,
      source: name,
      expected: "not all passes",
      containers: usesDocker && some.size === 0,
      needsCluster: false,
      isRight: (looks) => passed(looks.at(-1)).length < all.length,
    });
  }
  const solutions = listParts(folder, "solution");
  for (const name of solutions)
    stages.push(
      live.length === 0
        ? { ...exactly(name, all, runsAt(last)), expected: "all pass" }
        : { ...withoutCluster(name, live), containers: false, needsCluster: false },
    );
  for (const [mistake, id] of Object.entries(exercise.mistakes)) {
    const name = `wrong/${mistake}`;
    if (!existsSync(join(folder, name))) continue;
    stages.push({
      name,
      source: name,
      mistake,
      containers: runsAt(id),
      needsCluster: false,
      expected: `${id} is not yet passed, because of ${mistake}`,
      isRight: ([first = []]) => first.some((check) => isFound(check, id, mistake)),
    });
  }
  for (const answer of readWrongAnswers(folder, exercise))
    stages.push({
      ...changed(answer, solutions, live),
      containers: runsAt(answer.step),
      needsCluster: needCluster.includes(answer.step),
    });
  return edition === undefined
    ? stages
    : stages.map((stage) => ({ ...stage, name: `${edition}/${stage.name}` }));
}

function exactly(name: string, ids: readonly string[], containers: boolean): Stage {
  return {
    name,
    source: name,
    containers,
    needsCluster: false,
    expected: ids.length === 0 ? "nothing passes" : `${ids.join(" ")} pass, and no other`,
    isRight: (looks) => passed(looks.at(-1)).join() === ids.join(),
  };
}

/** All pass but what needs a cluster: that is blocked, by the machine alone. */
function withoutCluster(name: string, live: readonly string[]): Omit<Stage, "containers" | "needsCluster"> {
  return {
    name,
    source: name,
    expected: `all pass but ${live.join(" ")}, which need a cluster`,
    isRight: (looks) => (looks.at(-1) ?? []).every((check) => isFine(check, live)),
  };
}

function isFine({ id, verdict, blockedBy }: CheckResult, live: readonly string[]): boolean {
  return live.includes(id) ? verdict === "blocked" && blockedBy !== undefined : verdict === "passed";
}

/** A changed solution: its step fails, and nothing else but what needs that step or is named. */
function changed(
  { name, step, mistake, also, to, changes }: WrongAnswer,
  solutions: readonly string[],
  live: readonly string[],
): Omit<Stage, "containers" | "needsCluster"> {
  const [first = "solution"] = solutions;
  return {
    name: `wrong/${name}`,
    source: to === undefined ? first : `solution/${to}`,
    changes,
    mistake,
    expected: `${step} alone is not yet passed, because of ${mistake}${also.length > 0 ? `; it fails ${also.join(", ")} too` : ""}`,
    isRight: ([checks = []]) => {
      const others = checks.filter(({ id }) => id !== step && !also.includes(id));
      return (
        checks.some((check) => isFound(check, step, mistake)) &&
        others.every((check) => check.blockedBy === "check" || isFine(check, live))
      );
    },
  };
}

function isFound({ id, verdict, mistake }: CheckResult, step: string, wanted: string): boolean {
  return id === step && verdict === "not-yet" && mistake === wanted;
}

function passed(checks: readonly CheckResult[] = []): string[] {
  return checks.filter(({ verdict }) => verdict === "passed").map(({ id }) => id);
}

/** The folders of the starter or the solution: one, or one for each variant. */
function listParts(folder: string, part: Part): string[] {
  if (!existsSync(join(folder, part))) return [];
  const variants = listVariants(folder, part);
  return variants.length === 0 ? [part] : variants.map((variant) => `${part}/${variant}`);
}
