import { fstatSync } from "node:fs";
import { Socket } from "node:net";
import { constants } from "node:os";
import { isatty } from "node:tty";
import { type Writable } from "node:stream";
import { type Surroundings } from "./cli/context.js";
import { wasKey } from "./cli/terminal/interrupt.js";
import { runCommandLine } from "./cli/program.js";
import { reportError } from "./cli/report-error.js";
import { StandardError } from "./cli/terminal/standard-error.js";
import { ClosedPipeError } from "./cli/terminal/output.js";
import { TqError } from "./errors.js";

/** Milliseconds that a stopped command has for putting things back, before it is ended. */
const PATIENCE = 10_000;

/** The composition root: the only place that touches the process. */
export async function main(script: string): Promise<void> {
  const argv = process.argv.slice(2);
  const stopped = listenForStop();
  const surroundings: Surroundings = {
    argv,
    env: process.env,
    platform: process.platform,
    self: [process.execPath, script],
    openStdin,
    stdout: openStdout(),
    openStderr: () => process.stderr,
    stderrIsTerminal: isatty(2),
    signal: stopped.signal,
  };
  const code = await runCommandLine(surroundings).catch((error: unknown) => {
    if (error instanceof ClosedPipeError) return 0;
    if (stopped.exitCode() !== undefined && isAbort(error)) return 0;
    const notes = new StandardError(() => process.stderr, {
      isTerminal: isatty(2),
      plain: false,
      quiet: false,
    });
    return reportError(error, notes, argv.includes("--debug"));
  });
  process.exitCode = code === 0 ? (stopped.exitCode() ?? 0) : code;
  // At once: what is still open, such as standard input, would only keep the process waiting.
  process.exit();
}

/** Node's stream for a folder would be an empty one. */
function openStdin(): NodeJS.ReadStream {
  if (fstatSync(0).isDirectory()) {
    throw new TqError("standard input is a folder", {
      code: "stdin-is-a-folder",
      exitCode: 2,
      hint: "A file is read with  < file",
    });
  }
  return process.stdin;
}

/**
 * Standard output, such that a write to a pipe that nobody reads can be given up: Node's own stream for it cannot
 * be destroyed.
 */
function openStdout(): Writable & { isTTY?: boolean } {
  if (process.platform === "win32") return process.stdout;
  const file = fstatSync(1);
  return file.isFIFO() || file.isSocket() ? new Socket({ fd: 1, readable: false }) : process.stdout;
}

/** The first signal asks the command to stop, the second ends it at once. */
function listenForStop(): { signal: AbortSignal; exitCode: () => number | undefined } {
  const controller = new AbortController();
  let exitCode: number | undefined;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      const repeated = exitCode !== undefined;
      // The terminal has shown ^C, and the shell's prompt would stand behind it.
      if (name === "SIGINT" && !repeated && isatty(0) && isatty(2) && !wasKey()) process.stderr.write("\n");
      exitCode = 128 + constants.signals[name];
      if (repeated) process.exit(exitCode);
      controller.abort();
      setTimeout(() => process.exit(exitCode), PATIENCE).unref();
    });
  }
  return { signal: controller.signal, exitCode: () => exitCode };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
