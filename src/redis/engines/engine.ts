export type EngineName = "docker" | "native" | "embedded";

/** How a Redis is to be started. */
export interface StartRequest {
  /** Names the instance: its state file, its container `tq-<name>`, its default data. */
  name: string;
  /** TCP port on the host; 0 takes a free one. */
  port: number;
  /** Absolute host folder for the data; without it the engine keeps data in a place of its own. */
  dataFolder: string | undefined;
  /** Absolute folder that tq may write this instance's files to (log, default data). */
  stateFolder: string;
  /** Listen on all interfaces; then `password` is set. */
  expose: boolean;
  password: string | undefined;
  /** Told what is going on (image pulled, …), one line at a time. */
  report: (line: string) => void;
  signal: AbortSignal;
}

/** A Redis that tq started, as remembered in its state file. All of it is plain JSON. */
export interface StartedRedis {
  engine: EngineName;
  name: string;
  /** Addresses on the host where it listens, 127.0.0.1 first. */
  addresses: string[];
  port: number;
  password: string | null;
  /** `run_id` of Redis' INFO, where the engine has one: tells this very process from another on the same port. */
  runId: string | null;
  /** The engine's own handle: a process id, or a container id. */
  handle: string;
  /** Where the data is, as a person would look for it; null where nothing is kept. */
  data: string | null;
  /** ISO 8601. */
  startedAt: string;
}

export type Availability = { available: true } | { available: false; reason: string; hint: string };

/** What a recorded Redis is now: still ours and alive, gone, or replaced by something that is not ours. */
export type Liveness = { state: "running" } | { state: "gone" } | { state: "foreign"; detail: string };

/** One way to run a Redis. Every method throws `TqError` with exit code 3 when the machine is in the way. */
export interface Engine {
  readonly name: EngineName;
  /** What a person should know about this engine, a line each; shown by `status`. */
  readonly limits: readonly string[];
  /** Whether it can work on this machine, found out without starting anything. */
  probe(): Promise<Availability>;
  /** Resolves when Redis answers a PING. On failure or abort nothing is left behind. */
  start(request: StartRequest): Promise<StartedRedis>;
  inspect(redis: StartedRedis): Promise<Liveness>;
  /** Stops it, saving its data; with `volumes` the data that the engine keeps by itself is removed too. */
  stop(redis: StartedRedis, options: { volumes: boolean; stateFolder: string }): Promise<void>;
  /** Removes what a start of this name that was killed has left, before it was recorded. True if there was something. */
  sweep?(name: string, options: { volumes: boolean; stateFolder: string }): Promise<boolean>;
  /** The server's log, oldest first; with `follow` it goes on until the signal. */
  logs(
    redis: StartedRedis,
    options: { follow: boolean; stateFolder: string; signal: AbortSignal },
  ): AsyncIterable<string>;
}
