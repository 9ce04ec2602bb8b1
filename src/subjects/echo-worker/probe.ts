import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  runTwoWorkers,
  runWorker,
  type TwoWorkersRun,
  type WorkerRun,
  type WorkerRunOptions,
} from "./worker-run.js";
import { runCopy } from "../../lab/program/run-copy.js";
import { type Lab, type Subject } from "../subject.js";
import { once } from "../../lab/once.js";

export { type Batch, type TwoWorkersRun, type WorkerRun } from "./worker-run.js";

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

export const subject: Subject<WorkerProbe> = {
  fromFiles: true,
  open: (lab) => ({ probe: () => createWorkerProbe(lab) }),
};

function createWorkerProbe(lab: Lab): WorkerProbe {
  const { folder, place, seed, keep, signal } = lab;
  const run = <T>(scenario: (options: WorkerRunOptions) => Promise<T>): Promise<T> =>
    runCopy(lab, ["hotqueue", "redis"], (sandbox) =>
      scenario({ program: { ...sandbox, command: [FILE] }, queue: place.queue, seed, keep, signal }),
    );
  return {
    exists: existsSync(join(folder, FILE)),
    file: FILE,
    alone: once(() => run(runWorker)),
    two: once(() => run(runTwoWorkers)),
  };
}
