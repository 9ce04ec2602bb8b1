import { checkOnce } from "../../../course/session.js";
import { TqError } from "../../../errors.js";
import { makeResult } from "../../../report/result.js";
import { formatText } from "../../../report/text.js";
import { lookFor } from "../../terminal/look.js";
import { version } from "../../version.js";
import { type Job } from "./job.js";
import { summarize } from "./summarize.js";
import { sessionOptions } from "./session-options.js";

/** `--check`: verify once, print, and exit. */
export async function check(job: Job): Promise<number> {
  const { context, options, loaded } = job;
  const { exercise } = loaded;
  const { step, format } = options;
  if (step !== undefined && !exercise.steps.some(({ id }) => id === step)) {
    throw new TqError(`exercise ${exercise.number} has no step ${step}`, {
      code: "no-step",
      exitCode: 2,
      hint: `Its steps: ${exercise.steps.map(({ id }) => id).join(", ")}`,
    });
  }
  const session = sessionOptions(job);
  const verification = await checkOnce(session, step);
  if (format === "json" || context.settings.json) {
    const { checks, environment, durationMs } = verification;
    const result = makeResult({ exercise, seed: session.seed, tq: version, checks, environment, durationMs });
    await context.out.line(JSON.stringify(result, null, 2));
  } else {
    await context.out.line(formatText(verification.checks, lookFor(context)));
    context.notes.say(summarize(verification, exercise.number));
  }
  return verification.exitCode;
}
