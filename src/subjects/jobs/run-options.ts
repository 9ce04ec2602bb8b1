import { createHash } from "node:crypto";
import { basename, dirname } from "node:path";
import { type Keep } from "../../lab/private-redis/private-server.js";
import { type ProgramOptions, type Sandbox } from "../../lab/program/program.js";

/** The student's files of a jobs API, and how they are run. */
export interface JobsRunOptions {
  sandbox: Sandbox;
  /** The file that serves the API, relative to the student's folder. */
  api: string;
  /** The worker's file, likewise; null where there is none. */
  worker: string | null;
  /** The files import each other as a package, by its name or by dots. */
  asPackage: boolean;
  /** What the code reads from its environment, such as the host of Redis. */
  variables: Readonly<Record<string, string>>;
  /** What the numbers in requests follow from. */
  seed: string;
  keep: Keep;
  /** Told the version of the private Redis. */
  told: (version: string) => void;
  signal: AbortSignal;
}

/** A student's sleep is so many times shorter: 15 seconds take 0.15. */
const SPEED = 100;

/** A file of the student's as a program. */
export type JobsProgram = Omit<ProgramOptions, "command"> & {
  /** The module's dotted name, where it is run as a part of its package: `python -m src.api`. */
  asModule?: string | undefined;
  /** Seconds of processor time that one line may take, where that is more than usual. */
  computes?: number | undefined;
};

/** How a file of the student's is run: as it stands in its folder or package, with its sleeps shortened. */
export function programFor(
  { sandbox, asPackage, variables: all }: JobsRunOptions,
  file: string,
  redisPort: number,
  { variables = all, work, computes }: Pick<JobsProgram, "variables" | "work" | "computes"> = {},
): JobsProgram {
  const folder = dirname(file);
  const place = asPackage
    ? { within: dirname(folder), asModule: `${basename(folder)}.${basename(file, ".py")}` }
    : { within: folder };
  return { ...sandbox, ...place, redisPort, speed: SPEED, variables, work, computes };
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
