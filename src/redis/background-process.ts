import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";
import { isAlive } from "../is-alive.js";

type Environment = Readonly<Record<string, string | undefined>>;

export interface BackgroundProcess {
  pid: number;
  /** Resolves should it end while this process lives. */
  ended: Promise<void>;
}

/**
 * Starts a program that outlives this process and its terminal; what it prints is appended to the file `log`.
 * Rejects with the system's error (ENOENT, EACCES) where it cannot be started.
 */
export async function startInBackground(
  command: string,
  args: readonly string[],
  { env, folder, log }: { env: Environment; folder: string; log: string },
): Promise<BackgroundProcess> {
  const file = openSync(log, "a", 0o600);
  let child: ChildProcess;
  try {
    child = spawn(command, args, { env, cwd: folder, detached: true, stdio: ["ignore", file, file] });
    await once(child, "spawn");
  } finally {
    closeSync(file);
  }
  child.unref();
  return { pid: child.pid ?? 0, ended: once(child, "exit").then(() => undefined) };
}

/** The command line of a process, its words joined by spaces; null where it cannot be seen. */
export async function readCommandLine(pid: number): Promise<string | null> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ").trim();
  } catch {
    const result = await execa("ps", ["-ww", "-o", "command=", "-p", String(pid)], { reject: false });
    return result.failed ? null : result.stdout.trim();
  }
}

/** Resolves to true when the process is gone, to false when it still is there after so many milliseconds. */
export async function waitUntilGone(pid: number, patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

/** Ends a process: by SIGTERM, and by SIGKILL should it not heed that within ten seconds. */
export async function endProcess(pid: number): Promise<void> {
  process.kill(pid, "SIGTERM");
  if (await waitUntilGone(pid, 10_000)) return;
  process.kill(pid, "SIGKILL");
  await waitUntilGone(pid, 10_000);
}
