import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../../is-alive.js";

/** With the number of the process that made it, so that what a killed one has left is known. */
const NAME = /^tq-(?:copy|run)-(\d+)-/;

let swept = false;

/** Makes an empty folder, and returns its absolute path without links. The first time, what killed processes left goes. */
export function makeTemporaryFolder(kind: "copy" | "run"): string {
  if (!swept) sweep();
  swept = true;
  return realpathSync(mkdtempSync(join(tmpdir(), `tq-${kind}-${process.pid}-`)));
}

function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It is somebody else's.
    }
  }
}
