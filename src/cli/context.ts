import { type Readable, type Writable } from "node:stream";
import { type SerializerName } from "../queue/serializers/index.js";
import { type StandardError } from "./terminal/standard-error.js";
import { type Output } from "./terminal/output.js";

/** The options that every command has. */
export interface Settings {
  redisUrl?: string;
  db?: number;
  queue: string;
  serializer: SerializerName;
  json: boolean;
  plain: boolean;
  color: boolean;
  quiet: boolean;
  debug: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the process is given by the system; gathered once, in `main`. */
export interface Surroundings {
  argv: readonly string[];
  env: Environment;
  platform: NodeJS.Platform;
  /** The command that runs tq again: Node and tq's own file. */
  self: readonly [node: string, script: string];
  /** Opening a standard stream takes a millisecond, which most commands need not. */
  openStdin: () => Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number; rows?: number };
  openStderr: () => Writable;
  /** A person looks at standard error. */
  stderrIsTerminal: boolean;
  /** Aborted by Ctrl-C, SIGTERM or SIGHUP. */
  signal: AbortSignal;
}

/** What a command works with. */
export interface Context extends Pick<Surroundings, "env" | "self" | "openStdin" | "signal" | "platform"> {
  settings: Settings;
  out: Output;
  notes: StandardError;
  /** The folder of progress and state. */
  home: string;
  /** The folder of tq's own files: exercises and schemas. */
  assets: string;
}
