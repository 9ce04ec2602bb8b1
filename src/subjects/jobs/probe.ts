import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type JobsRunOptions } from "./run-options.js";
import { runSubmissions, type SubmitRun } from "./submit-run.js";
import { type DefaultRun, runWithoutVariable } from "./default-run.js";
import { observeSystem } from "./observe-system.js";
import { findSystem } from "./find-system.js";
import { readRoutes } from "./read-routes.js";
import { type SystemRun } from "./run-result.js";
import { runWork, type WorkRun } from "./work-run.js";
import { type CodeProbe, placeOfKept } from "../python-code/probe.js";
import { planStart } from "./start/start-plan.js";
import { runCopy } from "../../lab/program/run-copy.js";
import { type Lab, type Subject } from "../subject.js";
import { once } from "../../lab/once.js";

export { describeFound } from "./describe-found.js";
export { type Exchange, showRequest } from "../../lab/http/exchange.js";
export { isFine } from "./system.js";
export { type DefaultRun } from "./default-run.js";
export { explainStart } from "./explain-start.js";
export { jobIdOf } from "./job-id.js";
export { remarkOnQuiet } from "./quiet-waits.js";
export { makerOf } from "./submit-job.js";
export { hasFirstResult, ownText, takenOver } from "./other-jobs.js";
export { isFailedWord, isNoRoute, isOpenWord, readable, saysSomething, statusIn } from "./status-answers.js";
export {
  answerOf,
  idNameIn,
  isQueuedFirst,
  namedId,
  queuedBy,
  recordsOf,
  savedBy,
  type Queued,
  type Submission,
} from "./submission.js";
export { type SubmitRun } from "./submit-run.js";
export { type SystemRun } from "./run-result.js";
export { type JobRun, type WorkRun } from "./work-run.js";

/**
 * The student's jobs API, run as a copy against private Redis servers. Each answer is null where the files that it
 * needs were not found. Throw `TqError` (exit 3) where no Python can run them.
 */
export interface JobsProbe {
  /** The API alone, with requests. */
  submissions: () => Promise<SubmitRun | null>;
  /** API and worker, with jobs. */
  work: () => Promise<WorkRun | null>;
  /** The same for one job, without the course's variable. */
  withoutVariable: () => Promise<DefaultRun | null>;
  /** Of the private Redis that they ran against; null where nothing was run. */
  redisVersion: () => string | null;
  /** API and workers with all routes; or the system that `--url` names. */
  system: () => Promise<SystemRun | null>;
}

/** A jobs API is found by reading its code. */
export const subject: Subject<JobsProbe, { code: CodeProbe }> = {
  needs: ["code"],
  fromFiles: true,
  open: (lab) => ({ probe: ({ code }) => createJobsProbe(lab, code) }),
  versions: ({ redisVersion }) => Promise.resolve({ redis: redisVersion() }),
};

function createJobsProbe(lab: Lab, code: CodeProbe): JobsProbe {
  const { seed, keep, signal, url, job } = lab;
  let redisVersion: string | null = null;
  const run = async <T>(scenario: (options: JobsRunOptions) => Promise<T>): Promise<T | null> => {
    const project = await code.project();
    const { api, worker, packages } = project;
    if (!api) return null;
    const plan = planStart(project, api, lab.system());
    return await runCopy(
      lab,
      [...new Set(["hotqueue", "redis", ...packages])],
      async (sandbox) => {
        for (const folder of plan.folders) await mkdir(join(sandbox.folder, folder), { recursive: true });
        return await scenario({
          sandbox,
          api: api.file,
          worker: worker?.file ?? null,
          plan,
          seed,
          keep,
          signal,
          told: (version) => (redisVersion = version),
        });
      },
      project.needs,
    );
  };
  const withWorker = <T>(
    scenario: (options: JobsRunOptions & { worker: string }) => Promise<T>,
  ): Promise<T | null> =>
    run(async ({ worker, ...others }) => (worker === null ? null : scenario({ ...others, worker })));
  return {
    submissions: once(() => run(runSubmissions)),
    work: once(() => withWorker(runWork)),
    system: once(async () => {
      const facts = { given: job, file: lab.system(), report: lab.report };
      const mayCarry = url === undefined && placeOfKept(await code.project()) !== "";
      return url === undefined
        ? withWorker((all) => findSystem({ ...all, ...facts, mayCarry }))
        : observeSystem({ ...facts, url, seed, signal, routes: () => run(readRoutes).catch(() => null) });
    }),
    withoutVariable: once(() => withWorker(runWithoutVariable)),
    redisVersion: () => redisVersion,
  };
}
