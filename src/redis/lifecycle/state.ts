import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { TqError } from "../../errors.js";
import { isCount, isFlag, isText, listOf, objectOf, orNull, type Shape, textLike } from "../../json-shape.js";
import { type EngineName, type StartedRedis } from "../engines/engine.js";

/** A Redis that tq started, and whether it was stopped again; kept as `<home>/redis/<name>/state.json`. */
export interface Instance extends StartedRedis {
  version: 1;
  /** The data are in a folder that the user named. */
  dataIsTheirs: boolean;
  /** ISO 8601; null while it is up as far as tq knows. */
  stoppedAt: string | null;
}

/** It becomes part of file names, of a container's name and of commands that are shown. */
export const INSTANCE_NAME = /^[A-Za-z0-9][\w.-]{0,49}$/;

/** What stops a Redis takes its process or container from there, so that it must name one and no other. */
const HANDLES: Readonly<Record<EngineName, Shape>> = {
  docker: textLike(/^[0-9a-f]{12,64}$/),
  native: textLike(/^\d+$/),
  embedded: textLike(/^\d+ [\w-]{8,}$/),
};

const isInstance = objectOf({
  version: (value) => value === 1,
  engine: (value) => typeof value === "string" && Object.hasOwn(HANDLES, value),
  name: textLike(INSTANCE_NAME),
  addresses: listOf(isText),
  port: (value) => isCount(value) && (value as number) <= 65535,
  password: orNull(isText),
  runId: orNull(isText),
  handle: isText,
  data: orNull(isText),
  dataIsTheirs: isFlag,
  startedAt: isText,
  stoppedAt: orNull(isText),
});

/** The folder of one instance: its state, its log, and its data where the engine keeps them in a folder. */
export function instanceFolder(home: string, name: string): string {
  return join(home, "redis", name);
}

/**
 * The instance that was started last and not stopped, or null. Every command that talks to Redis asks for it, so
 * this reads small files and nothing else. Throws `TqError` (exit 3) where one of them is damaged.
 */
export function readStarted(home: string): Instance | null {
  const [latest = null] = listInstances(home)
    .filter(({ stoppedAt }) => stoppedAt === null)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return latest;
}

/** All instances whose state or data is kept, by name. */
export function listInstances(home: string): Instance[] {
  let names: string[];
  try {
    names = readdirSync(join(home, "redis"));
  } catch (error) {
    if (isMissing(error)) return [];
    throw unreadable(join(home, "redis"), error);
  }
  return names.sort().flatMap((name) => readInstance(home, name) ?? []);
}

export function readInstance(home: string, name: string): Instance | null {
  const path = join(instanceFolder(home, name), "state.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw unreadable(path, error);
  }
  try {
    return checkInstance(JSON.parse(text), name);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
}

function checkInstance(value: unknown, name: string): Instance {
  if (!isInstance(value)) throw new Error("it does not have the fields of version 1");
  const instance = value as Instance;
  if (instance.name !== name) throw new Error(`it is of another Redis, ${instance.name}`);
  if (!HANDLES[instance.engine](instance.handle)) throw new Error("it does not say what runs");
  return instance;
}

/** The instance's folder, made where it is missing. Throws `TqError` (exit 3) where it cannot be. */
export function makeInstanceFolder(home: string, name: string): string {
  const folder = instanceFolder(home, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new TqError(`tq cannot write its own records: ${(error as Error).message}`, {
      code: "home-not-writable",
      exitCode: 3,
      hint: `Make ${home} writable, or name another folder:  TQ_HOME=/some/folder tq …`,
      cause: error,
    });
  }
  return folder;
}

/** Written beside the old one and renamed over it: whenever this is interrupted, one of the two is whole. */
export function writeInstance(home: string, instance: Instance): void {
  const path = join(makeInstanceFolder(home, instance.name), "state.json");
  writeFileSync(`${path}.new`, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Forgets an instance, and removes all that tq keeps of it in its own folder. */
export function removeInstance(home: string, name: string): void {
  rmSync(instanceFolder(home, name), { recursive: true, force: true });
}

function unreadable(path: string, cause: unknown): TqError {
  return new TqError(`tq's own record of a Redis cannot be read: ${path}`, {
    code: "state-unreadable",
    exitCode: 3,
    hint: [
      cause instanceof Error ? cause.message : String(cause),
      "If nothing of it is needed any more, remove that file.",
    ].join("\n"),
    cause,
  });
}
