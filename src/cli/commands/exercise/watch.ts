import { type CheckResult, Watching } from "../../../course/session.js";
import { formatNews } from "../../../report/text.js";
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
  const told = new Map<string, CheckResult>();
  let summary = "";
  while (!signal.aborted) {
    const verification = await watching.check();
    const { checks, exitCode } = verification;
    const look = lookFor(context);
    const news: string[] = [];
    for (const check of checks.filter(({ blockedBy }) => blockedBy !== "check")) {
      const text = formatNews(check, { before: told.get(check.id), all: checks, look });
      if (text === null) continue;
      told.set(check.id, check);
      news.push(text);
    }
    if (news.length > 0) await out.styled(news.join("\n"));
    const now = summarize(verification, command);
    if (now !== summary) notes.say(`${now}\n`);
    summary = now;
    if (exitCode === 0) return 0;
    await watching.change();
  }
  return 0;
}
