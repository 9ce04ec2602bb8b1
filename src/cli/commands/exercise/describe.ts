import { describeOnce } from "../../../course/session.js";
import { type Job } from "./job.js";
import { sessionOptions } from "./session-options.js";

/** `--describe`: what was found out about the student's system, on standard output. */
export async function describe(job: Job): Promise<number> {
  const { context } = job;
  const found = await describeOnce(sessionOptions(job));
  context.notes.endProgress();
  if (found === null) {
    context.notes.say("there is no API and no worker to look at: tq exercise 7 --check says what lacks");
    return 1;
  }
  await context.out.line(found);
  return 0;
}
