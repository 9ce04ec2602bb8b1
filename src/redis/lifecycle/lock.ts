import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "../../is-alive.js";
import { makeInstanceFolder } from "./state.js";

export interface LockOptions {
  home: string;
  name: string;
  /** Told once when another tq holds the lock. */
  report: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Runs `work` while no other tq starts or stops the same instance. Waits for one that does; a lock whose holder
 * has died is taken over.
 */
export async function withLock<T>(options: LockOptions, work: () => Promise<T>): Promise<T> {
  const { home, name, report, signal } = options;
  const path = join(makeInstanceFolder(home, name), "lock");
  let told = false;
  for (let holder = tryLock(path); holder !== null; holder = tryLock(path)) {
    if (!isAlive(holder)) {
      takeAway(path, holder);
      continue;
    }
    if (!told) report(`waiting for another tq (process ${holder}) that starts or stops "${name}"`);
    told = true;
    await delay(100, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** Null when the lock is ours now, else the process that holds it. The lock never is there without its content. */
function tryLock(path: string): number | null {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, path);
    return null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return readHolder(path);
  } finally {
    rmSync(own, { force: true });
  }
}

/** 0, which no live process has, where the lock went away meanwhile or names none. */
function readHolder(path: string): number {
  try {
    return Number(readFileSync(path, "utf8")) || 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

/** Removes a dead holder's lock; should somebody else have done so and locked anew meanwhile, gives it back. */
function takeAway(path: string, holder: number): void {
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (readHolder(aside) !== holder) linkSync(aside, path);
  rmSync(aside, { force: true });
}
