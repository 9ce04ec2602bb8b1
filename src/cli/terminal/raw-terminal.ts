import { spawnSync } from "node:child_process";
import { type Readable, type Writable } from "node:stream";
import { type Context } from "../context.js";

/** A terminal whose keys go to a program elsewhere, such as a shell in a container. */
export interface RawTerminal {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  size: () => { columns: number; rows: number };
  onResize: (resized: () => void) => void;
}

/** Hands the terminal over for as long as the work takes; it is as it was afterwards, whatever happens. */
export async function withRawTerminal<T>(
  { openStdin, out, notes }: Context,
  work: (terminal: RawTerminal) => Promise<T>,
): Promise<T> {
  const stdin = openStdin() as Readable & { setRawMode?: (raw: boolean) => unknown };
  const stdout = out.terminal;
  let onResize: () => void = () => undefined;
  const resized = (): void => {
    onResize();
  };
  stdout.on("resize", resized);
  stdin.setRawMode?.(true);
  passOutputUnchanged();
  try {
    return await work({
      stdin,
      stdout,
      stderr: notes.stream,
      size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
      onResize: (listener) => (onResize = listener),
    });
  } finally {
    stdin.setRawMode?.(false);
    stdin.pause();
    stdout.off("resize", resized);
  }
}

/**
 * Node's raw mode still turns each LF that is written into CR LF, which is for the terminal in the container to do:
 * done twice, it breaks what editors and pagers draw. Leaving raw mode brings it back. Without stty it stays.
 */
function passOutputUnchanged(): void {
  spawnSync("stty", ["-opost"], { stdio: ["inherit", "ignore", "ignore"] });
}
