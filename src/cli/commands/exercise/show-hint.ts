import { type Hint, hintFor } from "../../../course/hints.js";
import { readProgress, updateProgress } from "../../../course/progress.js";
import { type CheckResult } from "../../../course/session.js";
import { type Job } from "./job.js";

/** Says the next hint for a step, and counts it. Null where the step has none. */
export async function showNextHint(
  { context: { home }, loaded: { exercise } }: Job,
  id: string,
  result: CheckResult | undefined,
  say: (text: string) => Promise<void>,
): Promise<Hint | null> {
  const { slug } = exercise;
  const hint = hintFor(exercise, id, readProgress(home, slug).hints[id] ?? 0, result);
  if (!hint) return null;
  await say(`Hint ${hint.number} of ${hint.of}, ${hint.kind}:\n${hint.text}\n`);
  updateProgress(home, slug, (progress) => {
    progress.hints[id] = hint.number;
  });
  return hint;
}
