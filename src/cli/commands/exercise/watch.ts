import { type CheckResult, Watching } from "../../../course/session.js";
import { formatText } from "../../../report/text.js";
import { lookFor } from "../../terminal/look.js";
import { summarize } from "./summarize.js";
import { type Job } from "./job.js";
import { sessionOptions } from "./session-options.js";

/** `--watch`: verify again whenever something changes, until all has passed or Ctrl-C. */
export async function watch(job: Job): Promise<number> {
  const { context, command } = job;
  const { signal, out, notes } = context;
  await using watching = new Watching(sessionOptions(job));
  signal.addEventListener("abort", () => {
    watching.wake();
  });
  await watching.begin();
  notes.say("Watching. Do the steps in your other terminals; Ctrl-C ends.");
  const shown = new Map<string, string>();
  while (!signal.aborted) {
    const verification = await watching.check();
    const { checks, exitCode } = verification;
    const news = checks.filter((check) => shown.get(check.id) !== whatMatters(check));
    if (news.length > 0) {
      for (const check of news) shown.set(check.id, whatMatters(check));
      const cards = formatText(news, lookFor(context));
      if (cards !== "") await out.styled(`${cards}\n`);
      notes.say(summarize(verification, command));
    }
    if (exitCode === 0) return 0;
    await watching.change();
  }
  return 0;
}

/** What is worth telling anew when it changes; of a check that has passed, nothing. */
function whatMatters({ verdict, observed, cause }: CheckResult): string {
  return verdict === "passed" ? verdict : JSON.stringify([verdict, observed, cause]);
}
