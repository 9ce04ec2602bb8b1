import { type ExecResult } from "../../docker/exec.js";
import packages from "./programs/packages.py";
import reach from "./programs/reach.py";

export type PythonAnswer = { ok: true; detail: string } | { ok: false; reason: string };

/** Each prints one line when all is well, and fails with an exception that tells. */
const QUESTIONS = { packages, reach };

/** Asks the Python of a container; `run` runs a command in it. `host` is where it looks for Redis. */
export async function askPython(
  run: (command: string[]) => Promise<ExecResult>,
  question: keyof typeof QUESTIONS,
  host = "redis-db",
): Promise<PythonAnswer> {
  const { exitCode, stdout, stderr } = await run(["python", "-c", QUESTIONS[question], host]);
  if (exitCode === 0) return { ok: true, detail: stdout.trim() };
  const reason = stderr.trim().split("\n").at(-1) ?? "";
  return { ok: false, reason: reason || stdout.trim() || `python ended with exit code ${String(exitCode)}` };
}
