import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython, IN_A_CONTAINER } from "../../lab/python/find-python.js";
import { targetAt } from "../../lab/place.js";
import { findFreePort, startPrivateRedis } from "./private-redis.js";
import { ScriptedStudent } from "./scripted-student.js";
import { type CheckResult } from "../../verdict/verdict.js";
import { type LoadedExercise } from "../catalog.js";
import { checkOnce, type ClusterOptions, NO_CLUSTER, type SessionOptions, Watching } from "../session.js";
import { type Stage } from "./stages.js";
import { applyChanges } from "./wrong-answers.js";

export interface DevCheckOptions {
  loaded: LoadedExercise;
  assets: string;
  env: Readonly<Record<string, string | undefined>>;
  /** `--python`: one that has hotqueue and redis. */
  python: string | undefined;
  signal: AbortSignal;
  /** Where the students' manifests may be applied; without it, what needs a cluster is blocked, whatever this machine has. */
  cluster?: ClusterOptions | undefined;
}

/** What came of a stage. */
export interface StageOutcome extends Stage {
  looks: CheckResult[][];
  right: boolean;
  durationMs: number;
}

/** Plays one student against Redis servers, folders and progress of its own, and looks as `--check` does. */
export async function runStage(stage: Stage, options: DevCheckOptions): Promise<StageOutcome> {
  const started = performance.now();
  const { loaded, env, signal, assets } = options;
  const root = await mkdtemp(join(tmpdir(), "tq-stage-"));
  try {
    const folder = join(root, `tqstage${root.slice(-6).toLowerCase()}`);
    const source = join(loaded.folder, stage.source);
    await mkdir(folder);
    if (existsSync(source)) {
      await cp(source, folder, { recursive: true, filter: (path) => !/student\.(py|sh)$/.test(path) });
    }
    await applyChanges(stage.changes ?? [], folder);
    const home = join(root, "home");
    // Untouched means that not even a Redis was started.
    const wantsRedis = !stage.name.endsWith("untouched") && loaded.exercise.needs.includes("redis");
    await using redis = wantsRedis ? await startPrivateRedis(signal) : null;
    const port = redis?.port ?? (await findFreePort());
    const redisUrl = `redis://127.0.0.1:${port}`;
    const session: SessionOptions = {
      exercise: loaded.exercise,
      target: targetAt(redisUrl),
      redisUrl,
      folder,
      env,
      assets,
      home,
      signal,
      queue: "queue",
      seed: root.slice(-6),
      shownFolder: folder,
      allowNetwork: false,
      slow: false,
      report: () => undefined,
      url: undefined,
      job: undefined,
      keep: undefined,
      cluster: options.cluster ?? NO_CLUSTER,
      python: options.python,
      keepsProgress: true,
    };
    const looks: CheckResult[][] = [];
    await using watching = loaded.exercise.watched && redis ? new Watching(session) : null;
    await watching?.check();
    const look = async (): Promise<void> => {
      looks.push((await (watching?.check() ?? checkOnce(session))).checks);
    };
    await using student = ScriptedStudent.start({
      stage: source,
      shared: join(loaded.folder, "staging"),
      folder,
      env,
      redisPort: port,
      tq: join(assets, "..", "bin", "tq.js"),
      python: existsSync(join(source, "student.py")) ? await pathOfPython(options, root) : "",
    });
    if (!student) await look();
    while (await student?.next()) {
      await look();
      student?.proceed();
    }
    return {
      ...stage,
      looks,
      right: stage.isRight(looks),
      durationMs: Math.round(performance.now() - started),
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** A script is a program of this machine, also where the student's files run in a container. */
async function pathOfPython({ python, env }: DevCheckOptions, home: string): Promise<string> {
  const wanted = python === IN_A_CONTAINER ? undefined : python;
  return (await findPython({ wanted, env, folder: home, home, packages: ["hotqueue", "redis"] })).name;
}
