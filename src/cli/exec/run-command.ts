import { spawn } from "node:child_process";
import { once } from "node:events";
import { TqError } from "../../errors.js";
import { type CommandLine } from "./command-line.js";

interface Run {
  input: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Seconds after which it is ended; 0 never. */
  timeout: number;
  /** Ends it. */
  signal: AbortSignal;
}

/** What runs now: when tq itself ends, nothing of it is left behind. */
const running = new Set<() => void>();
process.on("exit", () => {
  for (const end of running) end();
});

/**
 * Runs a command with `input` on its standard input; what it prints goes where tq's own output goes. Null when it
 * ended with 0, else why not, in a few words. It is ended together with all processes of its group. Throws
 * `TqError` (exit 2) where it cannot be started.
 */
export async function runCommand(command: CommandLine, run: Run): Promise<string | null> {
  const child = spawn(command.program, command.args, {
    env: run.env,
    stdio: ["pipe", "inherit", "inherit"],
    detached: process.platform !== "win32",
  });
  const exit = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  child.stdin.on("error", () => undefined); // it need not read it
  child.stdin.end(run.input);
  const end = () => {
    endGroup(child.pid);
  };
  const ended = { late: false };
  const timer =
    run.timeout > 0
      ? setTimeout(() => {
          ended.late = true;
          end();
        }, run.timeout * 1000)
      : undefined;
  running.add(end);
  run.signal.addEventListener("abort", end, { once: true });
  try {
    const [code, signal] = await exit;
    if (ended.late) return `not done after ${run.timeout} s`;
    if (signal) return `ended by ${signal}`;
    return code === 0 ? null : `exit code ${code}`;
  } catch (error) {
    throw new TqError(`--exec cannot be started: ${(error as Error).message}`, {
      code: "exec-not-started",
      exitCode: 2,
      hint: `The message is back in the queue. Is it a program on your PATH?  ${command.program}\nTo use a shell's own words, add --shell.`,
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    running.delete(end);
    run.signal.removeEventListener("abort", end);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // it has ended already
  }
}
