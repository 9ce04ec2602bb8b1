import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { type Keep } from "../python/private-server.js";
import { type ProgramOptions, type Sandbox } from "../python/program.js";

/** The student's files of a jobs API, and how they are run. */
export interface JobsRunOptions {
  sandbox: Sandbox;
  /** The file that serves the API, relative to the student's folder. */
  api: string;
  /** The worker's file, likewise; null where there is none. */
  worker: string | null;
  /** What the numbers in requests follow from. */
  seed: string;
  keep: Keep;
  signal: AbortSignal;
}

/** A student's sleep is so many times shorter: 15 seconds take 0.15. */
const SPEED = 100;

/** How a file of the student's is run: where it stands, with its sleeps shortened. */
export function programFor(
  { sandbox }: JobsRunOptions,
  file: string,
  redisPort: number,
  more: Pick<ProgramOptions, "variables" | "work"> = {},
): Omit<ProgramOptions, "command"> {
  return { ...sandbox, within: dirname(file), redisPort, speed: SPEED, ...more };
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
