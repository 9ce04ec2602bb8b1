import { version } from "./version.js";
import { TqError } from "../errors.js";
import { type StandardError } from "./terminal/standard-error.js";

/** Says what went wrong, and returns the exit code that goes with it. */
export function reportError(error: unknown, notes: StandardError, debug: boolean): number {
  if (error instanceof TqError) {
    const lines = [`tq: ${error.message}`];
    for (const line of error.hint?.split("\n") ?? []) lines.push(`    ${line}`);
    if (debug) lines.push(inspectError(error));
    notes.always(lines.join("\n"));
    return error.exitCode;
  }
  notes.always(
    [
      `tq: a bug in tq: ${error instanceof Error ? error.message : String(error)}`,
      "    This is not your fault. Please report it with these lines and the command that you typed:",
      `    tq ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
      inspectError(error),
    ].join("\n"),
  );
  return 70;
}

function inspectError(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const cause = error.cause === undefined ? "" : `\ncaused by ${inspectError(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
