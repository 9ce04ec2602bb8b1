import { join } from "node:path";
import { type Exercise } from "../../../src/course/exercise.js";
import { NO_CLUSTER, type SessionOptions } from "../../../src/course/session.js";
import { targetAt } from "../../../src/lab/place.js";

/** A check of the files in this folder as `--check` does it, without progress and without a cluster. */
export function sessionIn(
  folder: string,
  { exercise, assets, python }: { exercise: Exercise; assets: string; python: string | undefined },
): SessionOptions {
  const redisUrl = "redis://127.0.0.1:6379";
  return {
    exercise,
    target: targetAt(redisUrl),
    redisUrl,
    folder,
    shownFolder: folder,
    env: process.env,
    assets,
    home: join(folder, ".tq-home"),
    queue: "queue",
    seed: "1",
    signal: new AbortController().signal,
    allowNetwork: false,
    slow: false,
    report: () => undefined,
    url: undefined,
    job: undefined,
    python,
    keepsProgress: false,
    keep: undefined,
    cluster: NO_CLUSTER,
  };
}
