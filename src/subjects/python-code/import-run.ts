import { join } from "node:path";
import { type Sandbox } from "../../lab/program/program.js";
import { type Traceback } from "../../lab/python/traceback.js";

export interface ImportRunOptions {
  sandbox: Omit<Sandbox, "allowNetwork">;
  /** Absolute folder of the modules, in it. */
  root: string;
  /** Their names. */
  modules: readonly string[];
  /** Loaded once, before the modules. */
  packages: readonly string[];
  signal: AbortSignal;
}

/** What came of importing one module, in a process that had imported no other. */
export type ImportOutcome =
  | { outcome: "imported" }
  /** It opens a connection or starts a server: imported, as far as anybody can ask of it. */
  | { outcome: "begins"; what: "connection" | "server" }
  | { outcome: "fails"; traceback: Traceback }
  /** It calls exit(). */
  | { outcome: "ends"; traceback: Traceback }
  /** It does not come to an end within the time. */
  | { outcome: "hangs"; how?: "computes" | "waits"; at?: { file: string; line: number } }
  /** The process died of it. */
  | { outcome: "crashes" };

/** By module. */
export type ImportRun = ReadonlyMap<string, ImportOutcome>;

/** Seconds for the modules (one that computes is ended sooner), and for Python and the packages besides. */
const PATIENCE = { modules: 10, start: 15 };

/** Characters: the answer is short, and a module's own output does not get here. */
const MOST_OUTPUT = 256 * 1024;

/**
 * Imports each of the modules, connecting to nothing. What they start is ended. Throws `TqError` (exit 3) where Python
 * cannot be started.
 */
export async function runImports({ sandbox, signal, ...task }: ImportRunOptions): Promise<ImportRun> {
  const { python, folder, runtime, env } = sandbox;
  const request = JSON.stringify({ ...task, folder, seconds: PATIENCE.modules });
  const process = python({
    args: [join(runtime, "import_modules.py"), request],
    cwd: task.root,
    inherited: env,
    variables: { PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8" },
    writable: [folder],
    readable: [runtime],
  });
  const end = (): void => {
    process.kill("SIGKILL");
  };
  const timer = setTimeout(end, (PATIENCE.modules + PATIENCE.start) * 1000);
  signal.addEventListener("abort", end);
  try {
    let output = "";
    process.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (output.length < MOST_OUTPUT) output += text;
    });
    process.stderr.resume();
    const { failure } = await process.finished;
    if (failure) throw failure;
    return readAnswers(output, task.modules);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    await process[Symbol.asyncDispose]();
    signal.throwIfAborted();
  }
}

function readAnswers(output: string, modules: readonly string[]): ImportRun {
  let answers: Partial<Record<string, ImportOutcome>> = {};
  try {
    answers = JSON.parse(output) as Partial<Record<string, ImportOutcome>>;
  } catch {
    // Python itself was ended: by one of the modules, or because its time was over.
  }
  return new Map(modules.map((name) => [name, answers[name] ?? { outcome: "crashes" }]));
}
