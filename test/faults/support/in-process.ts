import { Readable, Writable } from "node:stream";
import { runCommandLine } from "../../../src/cli/program.js";
import { reportError } from "../../../src/cli/report-error.js";
import { StandardError } from "../../../src/cli/terminal/standard-error.js";
import { cleanEnvironment, type Ended, type RunOptions, TQ } from "../../support/command-line/tq.js";

/** A stream that keeps what is written to it. */
function collect(): { stream: Writable; text: () => string } {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      parts.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(parts).toString() };
}

/**
 * A command as `main` runs it, without the cost of a process of its own: for inputs by the ten thousand. What ends
 * with the process is missing: signals, and a promise that nobody waits for.
 */
export async function runInProcess(
  home: string,
  args: readonly string[],
  { env, input = "", signal = new AbortController().signal }: RunOptions & { signal?: AbortSignal } = {},
): Promise<Ended> {
  const [stdout, stderr] = [collect(), collect()];
  const surroundings = {
    argv: args,
    env: cleanEnvironment(home, env),
    platform: process.platform,
    self: [process.execPath, TQ] as const,
    openStdin: () => Readable.from([Buffer.from(input)]),
    stdout: stdout.stream,
    openStderr: () => stderr.stream,
    stderrIsTerminal: false,
    signal,
  };
  const code = await runCommandLine(surroundings).catch((error: unknown) => {
    const notes = new StandardError(() => stderr.stream, { isTerminal: false, plain: false, quiet: false });
    return reportError(error, notes, false);
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}
