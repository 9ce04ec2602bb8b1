import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { type Keep } from "../../lab/private-redis/private-server.js";
import { type ProgramOptions, type Sandbox } from "../../lab/program/program.js";
import { HOST } from "./start/guess-variable.js";
import { type ProgramStart } from "./start/program-start.js";
import { type StartPlan } from "./start/start-plan.js";

/** The student's files of a jobs API, and how they are run. */
export interface JobsRunOptions {
  sandbox: Sandbox;
  /** The file that serves the API, relative to the student's folder. */
  api: string;
  /** The worker's file, likewise; null where there is none. */
  worker: string | null;
  /** How both are started. */
  plan: StartPlan;
  /** What the numbers in requests follow from. */
  seed: string;
  keep: Keep;
  /** Told the version of the private Redis. */
  told: (version: string) => void;
  signal: AbortSignal;
}

const OTHER_HOST = "redis-of-another-variable";

/** A student's sleep is so many times shorter: 15 seconds take 0.15. */
const SPEED = 100;

/** A file of the student's as a program. */
export type JobsProgram = Omit<ProgramOptions, "command"> & {
  /** How it is started; without it as a file. */
  start?: ProgramStart;
  /** What is to be told of how it is started, a sentence each. */
  said?: readonly string[];
  /** Seconds of processor time that one line may take, where that is more than usual. */
  computes?: number | undefined;
};

/**
 * How a file of the student's is run: as its system starts it, with its sleeps shortened. `variables` take the place of those that name
 * Redis' host.
 */
export function programFor(
  { sandbox, plan, worker }: JobsRunOptions,
  file: string,
  redisPort: number,
  { variables, work, computes }: Pick<JobsProgram, "variables" | "work" | "computes"> = {},
): JobsProgram {
  const start = file === worker && plan.worker ? plan.worker : plan.api;
  const places = start.places.map(({ from, to }) => ({ from, to: resolve(sandbox.folder, to) }));
  const paths = start.paths.map((path) => join(sandbox.folder, path));
  return {
    ...sandbox,
    start,
    said: plan.said,
    within: start.within,
    places,
    paths,
    containerFolder: start.containerFolder,
    redisPort,
    speed: SPEED,
    variables: variables ? withHosts(variables, start, plan) : start.variables,
    work,
    computes,
  };
}

/** What the program has besides, and of the variables of hosts these alone. Where one is given, another that is needed names another host. */
function withHosts(
  given: Readonly<Record<string, string>>,
  { variables }: ProgramStart,
  { hosts }: StartPlan,
): Record<string, string> {
  const entries = Object.entries(variables).flatMap(([name, value]): [string, string][] => {
    const host = hosts.find((one) => one.name === name);
    if (!host) return [[name, value]];
    return host.needed && Object.keys(given).length > 0 ? [[name, value.replace(HOST, OTHER_HOST)]] : [];
  });
  return { ...Object.fromEntries(entries), ...given };
}

/** What stands behind `python` on the command line of a program that Python itself starts. */
export function commandOf(file: string, start: ProgramStart | undefined, folder: string): string[] {
  if (!start) return [join(folder, file)];
  const { target, args } = start;
  if (target.kind === "file") return [join(folder, target.file), ...args];
  return ["-m", target.kind === "module" ? target.name : target.module, ...args];
}

/** Numbers from 1 to 1,000 that follow from the seed: the n-th pair is a job's start and end. */
export function jobRange(seed: string, n: number): { start: number; end: number } {
  const bytes = createHash("sha256").update(`${seed} ${n}`).digest();
  const start = 1 + (bytes.readUInt16BE(0) % 500);
  return { start, end: start + 1 + (bytes.readUInt16BE(2) % 499) };
}

/** A range within the first few numbers, for jobs that look into a small set of data. */
export function smallRange(seed: string): { start: number; end: number } {
  const { start, end } = jobRange(seed, 0);
  return { start: 1 + (start % 4), end: 6 + (end % 10) };
}
