import { checkOnce, type ClusterOptions, type KeptServer } from "../../../course/session.js";
import { makeResult } from "../../../report/result.js";
import { formatText } from "../../../report/text.js";
import { shellCommand } from "../../../text/shell-word.js";
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
  const kept: KeptServer[] = [];
  const keep = options.keep && ((server: KeptServer) => void kept.push(server));
  const base = sessionOptions(job);
  const cluster = { ...base.cluster, consent: consentOf(job), agreed: options.yes ?? false };
  const session = { ...base, keep, cluster };
  const verification = await checkOnce(session, step);
  if (format === "json" || context.settings.json) {
    const { checks, environment, durationMs } = verification;
    const result = makeResult({ exercise, seed: session.seed, tq: version, checks, environment, durationMs });
    await context.out.line(JSON.stringify(result, null, 2));
  } else {
    await context.out.styled(formatText(verification.checks, lookFor(context)));
    context.notes.say(summarize(verification, job.command));
  }
  if (options.keep) await holdOpen(kept, context);
  return verification.exitCode;
}

/** Whether something may be applied to the cluster: said with `--yes`, asked on a terminal, else no. */
function consentOf({ context, options, loaded }: Job): ClusterOptions["consent"] {
  if (options.yes) return () => Promise.resolve(true);
  const interactive = context.openStdin().isTTY && !context.settings.json && options.format === "text";
  if (!interactive || !loaded.exercise.takes?.includes("yes")) return null;
  return async ({ context: cluster, namespace, objects, copiesFrom }) => {
    const { confirm } = await import("../../terminal/confirm.js");
    context.notes.say(`kubectl's current context is ${cluster}.`);
    const what =
      copiesFrom === null
        ? `${objects.length} objects of your files`
        : `${objects.length} objects of your files and of the Redis in ${copiesFrom}`;
    return confirm(`Apply ${what} there, in a namespace ${namespace}, and remove it again?`, context);
  };
}

/** Until Ctrl-C. */
async function holdOpen(servers: readonly KeptServer[], { notes, signal }: Job["context"]): Promise<void> {
  if (servers.length === 0) {
    notes.say("Nothing was run against a private Redis: there is nothing to keep.");
    return;
  }
  for (const { what, url } of servers)
    notes.say(
      `kept open: ${shellCommand("tq", "redis", "cli", "--redis-url", url, "--db", "0")}   (${what})`,
    );
  notes.say("Ctrl-C ends it.");
  const stopped = new Promise((resolve) => {
    signal.addEventListener("abort", resolve, { once: true });
  });
  if (!signal.aborted) await stopped;
  for (const server of servers) await server[Symbol.asyncDispose]();
}
