import { readFileSync } from "node:fs";

/** A process of this id exists; whose it is, is another question. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false; // 0 and less would name whole process groups
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** It has ended, and its parent has not asked how; in a container often nobody ever does. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false; // not Linux
  }
}
