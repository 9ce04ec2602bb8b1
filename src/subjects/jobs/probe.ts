import { basename, join } from "node:path";
import { findPython } from "../../lab/python/find-python.js";
import { type Keep } from "../../lab/private-redis/private-server.js";
import { copyFolder } from "../../lab/files/student-copy.js";
import { type JobsRunOptions } from "./run-options.js";
import { runSubmissions, type SubmitRun } from "./submit-run.js";
import { type DefaultRun, runWithoutVariable } from "./default-run.js";
import { observeSystem } from "./observe-system.js";
import { runSystem, type SystemRun } from "./system-run.js";
import { runWork, type WorkRun } from "./work-run.js";
import { type Project } from "../python-code/project.js";
import { once } from "../../lab/once.js";
import { type StudentFiles } from "../../lab/python/student-files.js";

export interface JobsProbeOptions extends StudentFiles {
  seed: string;
  allowNetwork: boolean;
  /** `--url`: a running system, to be looked at from outside. */
  url: string | undefined;
  /** `--job`: the body of a job; undefined where the API is asked what it wants. */
  job: unknown;
  keep: Keep;
}

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

export function createJobsProbe(options: JobsProbeOptions, project: () => Promise<Project>): JobsProbe {
  const {
    folder,
    assets,
    home,
    env,
    python: wanted,
    container,
    seed,
    allowNetwork,
    url,
    job,
    keep,
    signal,
  } = options;
  let redisVersion: string | null = null;
  const run = async <T>(scenario: (options: JobsRunOptions) => Promise<T>): Promise<T | null> => {
    const read = await project();
    const { api, worker, packages } = read;
    if (!api) return null;
    const needed = [...new Set(["hotqueue", "redis", ...packages])];
    const { start } = await findPython({ wanted, env, folder, home, container, packages: needed });
    await using copy = await copyFolder(folder);
    const sandbox = {
      ...{ python: start, folder: copy.folder, runtime: join(assets, "python"), env, allowNetwork },
    };
    return await scenario({
      sandbox,
      api: api.file,
      worker: worker?.file ?? null,
      ...describeStart(read),
      seed,
      keep,
      signal,
      told: (version) => (redisVersion = version),
    });
  };
  const withWorker = <T>(
    scenario: (options: JobsRunOptions & { worker: string }) => Promise<T>,
  ): Promise<T | null> =>
    run(async ({ worker, ...others }) => (worker === null ? null : scenario({ ...others, worker })));
  return {
    submissions: once(() => run(runSubmissions)),
    work: once(() => withWorker(runWork)),
    system: once(() =>
      url === undefined ? withWorker((all) => runSystem(all, job)) : observeSystem(url, job, seed, signal),
    ),
    withoutVariable: once(() => withWorker(runWithoutVariable)),
    redisVersion: () => redisVersion,
  };
}

/** A host that no student names: it is led to the private Redis as any other. */
const HOST = "redis-of-this-check";

/** How the student's files want to be started. */
function describeStart({ modules, clients, root }: Project): Pick<JobsRunOptions, "asPackage" | "variables"> {
  const name = basename(root);
  const own = modules.flatMap(({ imports }) => imports).filter((one) => one.own !== null && name !== "");
  const hosts = clients.flatMap(({ host }) =>
    host.kind === "env" ? [host.variable, ...(host.others ?? [])] : [],
  );
  return {
    asPackage: own.some(({ from }) => from.startsWith(".") || from === name || from.startsWith(`${name}.`)),
    variables: Object.fromEntries(hosts.map((variable) => [variable, HOST])),
  };
}
