import { checkOnce } from "../../../course/session.js";
import { type Job } from "./job.js";
import { sessionOptions } from "./session-options.js";
import { showNextHint } from "./show-hint.js";

/** `--hint`: the next hint for the first step that has not passed. */
export async function showHint(job: Job): Promise<number> {
  const { context, command, loaded } = job;
  const { checks } = await checkOnce(sessionOptions(job));
  const open =
    checks.find(({ verdict, blockedBy }) => verdict === "not-yet" || blockedBy === "environment") ??
    checks.find(({ verdict }) => verdict !== "passed");
  const step = loaded.exercise.steps.find(({ id }) => id === open?.id);
  const say = (text: string): Promise<void> => context.out.tell(text);
  if (!step) {
    await say("All steps have passed: there is nothing to give a hint for.");
    return 0;
  }
  await say(`${step.id}  ${step.title}`);
  const hint = await showNextHint(job, step.id, open, say);
  if (!hint) return 0;
  context.notes.say(
    hint.number < hint.of
      ? `the next one: ${command} --hint`
      : `that was the last one; the solution: ${command} --solution`,
  );
  return 0;
}
