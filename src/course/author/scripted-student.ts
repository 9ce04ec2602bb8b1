import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { signalGroup } from "../../process-group.js";

export interface ScriptOptions {
  /** Absolute folder that holds `student.py` or `student.sh`. */
  stage: string;
  /** Absolute folder of what the scripts of an exercise share. */
  shared: string;
  /** Absolute folder in which it works. */
  folder: string;
  python: string;
  /** Given to it as REDIS_PORT. */
  redisPort: number;
  /** Absolute path of tq's own program: given to it as TQ, with NODE to run it. */
  tq: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** Milliseconds that a script has for taking down what it has set up. */
const PATIENCE = 30_000;

/** A script that does what a student does. It prints `check` where tq is to look, and goes on after a line. */
export class ScriptedStudent implements AsyncDisposable {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private readonly ended: Promise<unknown>;
  private errors = "";

  /** Null where the stage has no script: then its files are all there is. */
  static start(options: ScriptOptions): ScriptedStudent | null {
    const { stage, python } = options;
    const py = join(stage, "student.py");
    const sh = join(stage, "student.sh");
    if (existsSync(py)) return new ScriptedStudent(python, py, options);
    return existsSync(sh) ? new ScriptedStudent("sh", sh, options) : null;
  }

  private constructor(
    program: string,
    script: string,
    { shared, folder, redisPort, tq, env }: ScriptOptions,
  ) {
    this.child = spawn(program, [script], {
      cwd: folder,
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        ...env,
        PYTHONPATH: shared,
        PYTHONDONTWRITEBYTECODE: "1",
        // Where the shell looks for what is sourced.
        PATH: `${shared}${delimiter}${env["PATH"] ?? ""}`,
        REDIS_PORT: String(redisPort),
        TQ: tq,
        NODE: process.execPath,
      },
    });
    this.ended = once(this.child, "close").catch((error: unknown) => (this.errors += String(error)));
    this.child.stdin?.on("error", () => undefined); // it may have ended
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.errors += text));
    const output = this.child.stdout;
    if (!output) throw new Error("the script has no standard output");
    this.lines = createInterface({ input: output })[Symbol.asyncIterator]();
  }

  /** True when it says that tq is to look; false when it has ended. Throws where it failed. */
  async next(): Promise<boolean> {
    for (;;) {
      const line = await this.lines.next();
      if (!line.done) {
        if (line.value === "check") return true;
        continue;
      }
      await this.ended;
      if (this.child.exitCode !== 0) throw new Error(`the scripted student failed: ${this.errors.trim()}`);
      return false;
    }
  }

  /** Lets it go on. */
  proceed(): void {
    this.child.stdin?.write("\n");
  }

  /** Ends it, and gives it the time to clean up. */
  async [Symbol.asyncDispose](): Promise<void> {
    signalGroup(this.child.pid, "SIGTERM");
    const timer = setTimeout(() => {
      signalGroup(this.child.pid, "SIGKILL");
    }, PATIENCE);
    await this.ended;
    clearTimeout(timer);
  }
}
