import { hintFor } from "../../../course/hints.js";
import { readProgress, updateProgress } from "../../../course/progress.js";
import { checkOnce } from "../../../course/session.js";
import { type Job } from "./job.js";
import { sessionOptions } from "./session-options.js";

/** `--hint`: the next hint for the first step that has not passed. */
export async function showHint(job: Job): Promise<number> {
  const { context, command, loaded } = job;
  const { exercise } = loaded;
  const { slug, steps } = exercise;
  const { checks } = await checkOnce(sessionOptions(job));
  const open =
    checks.find(({ verdict, blockedBy }) => verdict === "not-yet" || blockedBy === "environment") ??
    checks.find(({ verdict }) => verdict !== "passed");
  const step = steps.find(({ id }) => id === open?.id);
  const level = step ? (readProgress(context.home, slug).hints[step.id] ?? 0) : 0;
  const hint = step && hintFor(exercise, step.id, level, open);
  if (!step || !hint) {
    await context.out.line("All steps have passed: there is nothing to give a hint for.");
    return 0;
  }
  await context.out.line(
    `${step.id}  ${step.title}\nHint ${hint.number} of ${hint.of}, ${hint.kind}:\n\n${indent(hint.text)}`,
  );
  updateProgress(context.home, slug, (progress) => {
    progress.hints[step.id] = hint.number;
  });
  context.notes.say(
    hint.number < hint.of
      ? `\nthe next one: ${command} --hint`
      : `\nthat was the last one; the solution: ${command} --solution`,
  );
  return 0;
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
