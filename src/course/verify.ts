import { runChecks } from "../verdict/run-checks.js";
import { type Probes } from "../subjects/index.js";
import { type CheckResult } from "../verdict/verdict.js";
import { type Exercise } from "./exercise.js";
import { hintFor } from "./hints.js";
import { type ExerciseProgress, readProgress, updateProgress } from "./progress.js";

export interface VerifyOptions {
  exercise: Exercise;
  probes: Probes;
  /** The folder of progress; null leaves progress alone, neither counting what was seen nor keeping what is. */
  home: string | null;
  /** Absolute folder of the student's files. */
  folder: string;
  /** Only this step, and what it needs. */
  step?: string | undefined;
}

/** Verifies an exercise, and records the steps that passed. */
export async function verify({
  exercise,
  probes,
  home,
  folder,
  step,
}: VerifyOptions): Promise<CheckResult[]> {
  const { slug, steps } = exercise;
  const progress = home === null ? null : readProgress(home, slug);
  const looked = probes.place.url === null ? steps : fromOutside(steps);
  const results = await runChecks({
    checks: step === undefined ? looked : withNeeds(looked, step),
    probes,
    seen: new Map(Object.entries(progress ? seenHere(exercise, progress, folder) : {})),
    rerun: probes.place.again,
    hintFor: (id, result) => hintFor(exercise, id, progress?.hints[id] ?? 0, result)?.text,
  });
  if (home !== null) record(home, exercise, folder, results);
  return results;
}

/** The steps that a running system can be judged by, needing only each other. */
function fromOutside(steps: Exercise["steps"]): Exercise["steps"] {
  const kept = steps.filter((step) => step.fromOutside);
  const ids = new Set(kept.map(({ id }) => id));
  return kept.map((step) => ({ ...step, needs: step.needs.filter((id) => ids.has(id)) }));
}

/** The step and all that it needs, directly or not, in the exercise's order. */
function withNeeds(steps: Exercise["steps"], id: string): Exercise["steps"] {
  const wanted = new Set([id]);
  for (const step of [...steps].reverse()) {
    if (wanted.has(step.id)) for (const need of step.needs) wanted.add(need);
  }
  return steps.filter((step) => wanted.has(step.id));
}

/** What was seen in the student's Redis lasts whatever folder is looked at; what ran of these files does not. */
function isOfFolder({ subjects }: Exercise): boolean {
  return !subjects.includes("redis");
}

/** What was seen with these files. An older tq did not say with which; then it was where the student walked last. */
function seenHere(
  exercise: Exercise,
  { passed, folder: last }: ExerciseProgress,
  folder: string,
): ExerciseProgress["passed"] {
  if (!isOfFolder(exercise)) return passed;
  return Object.fromEntries(Object.entries(passed).filter(([, seen]) => (seen.folder ?? last) === folder));
}

function record(home: string, exercise: Exercise, folder: string, results: readonly CheckResult[]): void {
  const at = new Date().toISOString();
  updateProgress(home, exercise.slug, (progress) => {
    const known = seenHere(exercise, progress, folder);
    for (const { id, verdict, observed = "" } of results) {
      if (verdict !== "passed" || id in known) continue;
      progress.passed[id] = { at, observed, ...(isOfFolder(exercise) && { folder }) };
    }
  });
}
