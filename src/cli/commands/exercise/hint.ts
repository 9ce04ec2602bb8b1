import { readProgress, updateProgress } from "../../../course/progress.js";
import { checkOnce } from "../../../course/session.js";
import { type Job } from "./job.js";
import { sessionOptions } from "./session-options.js";

/** The four steps of a hint, from the vaguest to nearly the solution. */
const KINDS = ["a question", "the idea", "a command", "nearly the solution"];

/** `--hint`: the next hint for the first step that has not passed. */
export async function showHint(job: Job): Promise<number> {
  const { context, loaded } = job;
  const { slug, hints, steps, number } = loaded.exercise;
  const { checks } = await checkOnce(sessionOptions(job));
  const open =
    checks.find(({ verdict, blockedBy }) => verdict === "not-yet" || blockedBy === "environment") ??
    checks.find(({ verdict }) => verdict !== "passed");
  const step = steps.find(({ id }) => id === open?.id);
  const all = step && hints[step.id];
  if (!step || !all) {
    await context.out.line("All steps have passed: there is nothing to give a hint for.");
    return 0;
  }
  const shown = readProgress(context.home, slug).hints[step.id] ?? 0;
  const level = Math.min(shown, all.length - 1);
  const text = all[level] ?? "";
  await context.out.line(
    `${step.id}  ${step.title}\nHint ${level + 1} of ${all.length}, ${KINDS[level] ?? ""}:\n\n${indent(text)}`,
  );
  updateProgress(context.home, slug, (progress) => {
    progress.hints[step.id] = level + 1;
  });
  if (open?.cause !== undefined) await context.out.line(`\nWhat tq sees looks like this: ${open.cause}`);
  context.notes.say(
    level + 1 < all.length
      ? `\nthe next one: tq exercise ${number} --hint`
      : `\nthat was the last one; the solution: tq exercise ${number} --solution`,
  );
  return 0;
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
