import { readdirSync, readFileSync } from "node:fs";

/**
 * Ends the processes whose environment names this folder: those of a run that have left its process group. Only where
 * the system shows environments (Linux).
 */
export function endMarked(folder: string): void {
  for (const pid of listProcesses()) {
    try {
      if (readFileSync(`/proc/${pid}/environ`, "utf8").includes(folder)) process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended, or is somebody else's.
    }
  }
}

function listProcesses(): string[] {
  try {
    return readdirSync("/proc").filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid);
  } catch {
    return []; // no such folder on this system
  }
}
