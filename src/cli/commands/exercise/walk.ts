import { readProgress, updateProgress } from "../../../course/progress.js";
import { Watching } from "../../../course/session.js";
import { TqError } from "../../../errors.js";
import { interrupt } from "../../terminal/interrupt.js";
import { Keys } from "../../terminal/keys.js";
import { type Job } from "./job.js";
import { sessionOptions } from "./session-options.js";
import { Walk } from "./walk-steps.js";

/** Without an option: the lesson, then one step at a time, each ticked in the moment when it is done. */
export async function walk(job: Job): Promise<number> {
  const { context, loaded } = job;
  const { exercise, lesson } = loaded;
  const stdin = context.openStdin();
  if (!stdin.isTTY || !context.out.isTerminal) {
    throw new TqError("walking through an exercise needs a terminal", {
      code: "no-terminal",
      exitCode: 2,
      hint: `In a script:  ${job.command} --check`,
    });
  }
  await using watching = new Watching(sessionOptions(job));
  using keys = new Keys(stdin, context.settings.plain, () => {
    watching.wake();
  });
  context.signal.addEventListener("abort", () => {
    watching.wake();
  });
  const steps = new Walk(job, watching, keys);
  const progress = readProgress(context.home, exercise.slug);
  updateProgress(context.home, exercise.slug, (now) => {
    now.folder = job.folder;
  });
  const begun = progress.at !== null || Object.keys(progress.passed).length > 0;
  const left = begun ? await steps.welcomeBack() : await steps.readLesson(lesson);
  const leave = left ?? (await steps.doSteps());
  if (leave === "stopped") return await interrupt(context.signal);
  if (leave === "done") {
    updateProgress(context.home, exercise.slug, (now) => {
      now.at = null;
    });
  }
  return 0;
}
