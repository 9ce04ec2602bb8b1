import { setTimeout as sleep } from "node:timers/promises";
import { ProbeSet } from "../subjects/probe-set.js";
import { type LabOptions, type Versions } from "../subjects/subject.js";
import { type Probes } from "../subjects/index.js";
import { type Place } from "../lab/place.js";
import { type CheckResult, exitCodeFor } from "../verdict/verdict.js";
import { type Exercise } from "./exercise.js";
import { verify } from "./verify.js";

export { type ClusterOptions, NO_CLUSTER } from "../subjects/cluster-options.js";
export { type KeptServer } from "../lab/private-redis/private-server.js";
export { exerciseCommand } from "../lab/place.js";
export { type Probes } from "../subjects/index.js";
export { type CheckResult } from "../verdict/verdict.js";

export interface SessionOptions extends LabOptions {
  exercise: Exercise;
  /** False leaves progress alone: nothing counts that was seen before, and nothing is recorded. */
  keepsProgress: boolean;
}

export interface Verification {
  checks: CheckResult[];
  exitCode: 0 | 1 | 3 | 70;
  environment: Required<Versions> & { node: string };
  durationMs: number;
}

/** Verifies an exercise once, from what is to be seen now. Changes nothing of the student's. */
export async function checkOnce(options: SessionOptions, step?: string): Promise<Verification> {
  await using probes = new ProbeSet(options, options.exercise);
  const verification = await check(options, probes, step);
  // What was stopped halfway says nothing about the student's work.
  options.signal.throwIfAborted();
  return verification;
}

/** What was found out, as the exercise describes it; null where there is nothing to look at. */
export async function describeOnce(options: SessionOptions): Promise<string | null> {
  await using set = new ProbeSet(options, options.exercise);
  return (await options.exercise.describe?.(await set.forRun())) ?? null;
}

async function check(options: SessionOptions, set: ProbeSet, step?: string): Promise<Verification> {
  const started = performance.now();
  const { exercise, keepsProgress, folder } = options;
  const home = keepsProgress ? options.home : null;
  const probes = await set.forRun();
  const checks = await verify({ exercise, probes, home, folder, step });
  const versions = await set.versions(probes, exercise.needs);
  // What was stopped is no verdict.
  options.signal.throwIfAborted();
  return {
    checks,
    exitCode: exitCodeFor(checks),
    environment: { redis: null, docker: null, ...versions, node: process.versions.node },
    durationMs: Math.round(performance.now() - started),
  };
}

/**
 * Milliseconds after which it is looked again; nothing tells of changes of files and containers. And for a Redis that does not
 * answer, before somebody is told to begin.
 */
const PATIENCE = { withDocker: 2000, without: 1000, begin: 1000 };

/** Verifies again and again, seeing all that happens in between. */
export class Watching implements AsyncDisposable {
  private readonly set: ProbeSet;
  private changed = true;
  private proceed: (() => void) | undefined;

  constructor(private readonly options: SessionOptions) {
    this.set = new ProbeSet(options, options.exercise, () => {
      this.wake();
    });
  }

  /** Probes for a question of their own. */
  probes(): Promise<Probes> {
    return this.set.forRun();
  }

  get place(): Place {
    return this.set.place;
  }

  /** When it resolves, what happens in Redis is seen; where none answers yet, from when one does. */
  async begin(): Promise<void> {
    if (!this.options.exercise.needs.includes("redis")) return;
    const { redis } = await this.probes();
    await Promise.race([
      redis.answers().catch(() => undefined),
      sleep(PATIENCE.begin, undefined, { ref: false }),
    ]);
  }

  check(): Promise<Verification> {
    this.changed = false;
    return check(this.options, this.set);
  }

  /** Resolves when something changed since the last check, or when it is time to look again. */
  async change(): Promise<void> {
    if (!this.changed) await this.wait();
  }

  /** Resolves at the next change, or when it is time to look again. */
  async wait(): Promise<void> {
    await new Promise<void>((resolve) => {
      const { withDocker, without } = PATIENCE;
      const patience = this.options.exercise.needs.includes("docker") ? withDocker : without;
      const timer = setTimeout(resolve, patience);
      this.proceed = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.proceed = undefined;
  }

  /** Something changed. */
  wake(): void {
    this.changed = true;
    this.proceed?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.set[Symbol.asyncDispose]();
  }
}
