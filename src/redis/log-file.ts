import { createReadStream, watch } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** The last lines of a file that may not be there. */
export async function readLastLines(path: string, count: number): Promise<string[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-count);
}

/** The lines of a log; with `follow` those to come too, until the signal. Nothing where there is no file. */
export async function* readLog(
  path: string,
  { follow, signal }: { follow: boolean; signal: AbortSignal },
): AsyncGenerator<string, void, undefined> {
  if (!(await stat(path).catch(() => null))) return;
  const watcher = follow ? watch(path) : undefined;
  try {
    let from = 0;
    do {
      const changed = watcher && once(watcher, "change", { signal }).catch(() => undefined);
      const stream = createReadStream(path, { start: from });
      for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) yield line;
      from += stream.bytesRead;
      await changed;
    } while (watcher && !signal.aborted);
  } finally {
    watcher?.close();
  }
}
