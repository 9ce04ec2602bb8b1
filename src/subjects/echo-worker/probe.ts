import { existsSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "../../lab/python/find-python.js";
import { type Keep } from "../../lab/private-redis/private-server.js";
import { copyFolder } from "../../lab/files/student-copy.js";
import {
  runTwoWorkers,
  runWorker,
  type TwoWorkersRun,
  type WorkerRun,
  type WorkerRunOptions,
} from "./worker-run.js";
import { once } from "../../lab/once.js";
import { type StudentFiles } from "../../lab/python/student-files.js";

export interface WorkerProbeOptions extends StudentFiles {
  queue: { name: string; db: number };
  /** What the run's random choices follow from. */
  seed: string;
  allowNetwork: boolean;
  keep: Keep;
}

/** The student's worker.py, run as a copy against a private Redis. */
export interface WorkerProbe {
  /** There is a worker.py. Without one only what a live Redis shows can be judged. */
  exists: boolean;
  file: string;
  /** Throw `TqError` (exit 3) where no Python can run it. */
  alone: () => Promise<WorkerRun>;
  two: () => Promise<TwoWorkersRun>;
}

const FILE = "worker.py";

export function createWorkerProbe(options: WorkerProbeOptions): WorkerProbe {
  const {
    folder,
    assets,
    home,
    env,
    python: wanted,
    container,
    queue,
    seed,
    allowNetwork,
    keep,
    signal,
  } = options;
  const python = once(() =>
    findPython({ wanted, env, folder, home, container, packages: ["hotqueue", "redis"] }),
  );
  const run = async <T>(scenario: (options: WorkerRunOptions) => Promise<T>): Promise<T> => {
    const { start } = await python();
    await using copy = await copyFolder(folder);
    const runtime = join(assets, "python");
    return await scenario({
      program: { python: start, command: [FILE], folder: copy.folder, runtime, env, allowNetwork },
      ...{ queue, seed, keep, signal },
    });
  };
  return {
    exists: existsSync(join(folder, FILE)),
    file: FILE,
    alone: once(() => run(runWorker)),
    two: once(() => run(runTwoWorkers)),
  };
}
