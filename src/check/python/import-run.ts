import { spawn } from "node:child_process";
import { join } from "node:path";
import { type Traceback } from "./traceback.js";

export interface ImportRunOptions {
  /** Absolute path of the interpreter. */
  python: string;
  /** Absolute folder of the student's files: a copy. */
  folder: string;
  /** Absolute folder of the modules, in it. */
  root: string;
  /** Their names. */
  modules: readonly string[];
  /** Loaded once, before the modules. */
  packages: readonly string[];
  /** Absolute folder of the Python files that tq runs. */
  runtime: string;
  env: Readonly<Record<string, string | undefined>>;
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

/** Imports each of the modules, connecting to nothing. What they start is ended. */
export async function runImports({
  runtime,
  python,
  env,
  signal,
  ...task
}: ImportRunOptions): Promise<ImportRun> {
  const child = spawn(python, [join(runtime, "import_modules.py")], {
    // A group of its own: what the modules start is ended with it.
    detached: true,
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8" },
    cwd: task.root,
  });
  const end = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // The whole group is gone.
    }
  };
  const timer = setTimeout(end, (PATIENCE.modules + PATIENCE.start) * 1000);
  signal.addEventListener("abort", end);
  try {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (output.length < MOST_OUTPUT) output += text;
    });
    child.stdin.on("error", () => undefined); // it ended before it had read its task
    child.stdin.end(JSON.stringify({ ...task, seconds: PATIENCE.modules }));
    await new Promise<void>((resolve) => {
      child.once("exit", end);
      child.once("close", () => {
        resolve();
      });
      child.once("error", () => {
        resolve();
      });
    });
    return readAnswers(output, task.modules);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    end();
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
