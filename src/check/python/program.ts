import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ProgramOptions {
  /** Path of the Python that runs it. */
  python: string;
  /** The file, relative to the folder. */
  file: string;
  /** Absolute folder in which it runs: a copy of the student's. */
  folder: string;
  /** Absolute folder of tq's own Python code. */
  runtime: string;
  /** Port of the private Redis on 127.0.0.1. */
  redisPort: number;
  env: Readonly<Record<string, string | undefined>>;
}

/** What the program did, as the Python side notes it. */
export type Note =
  | { what: "connect"; host: string; port: number; db: number }
  | { what: "worker"; function: string; queue: string };

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** As much of what it prints is kept. */
const MOST_OUTPUT = 256 * 1024;

/** A Python program of a student's that runs against a private Redis. It ends when it is disposed of. */
export class Program implements AsyncDisposable {
  private readonly child: ChildProcess;
  private readonly notesFolder: string;
  private readonly finished: Promise<Ending>;
  private out = "";
  private err = "";
  ended: Ending | null = null;

  constructor({ python, file, folder, runtime, redisPort, env }: ProgramOptions) {
    this.notesFolder = mkdtempSync(join(tmpdir(), "tq-notes-"));
    this.child = spawn(python, [file], {
      cwd: folder,
      // A group of its own: what it starts is ended with it.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...env,
        PYTHONPATH: runtime,
        PYTHONUNBUFFERED: "1",
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONIOENCODING: "utf-8",
        TQ_REDIS_PORT: String(redisPort),
        TQ_NOTES: join(this.notesFolder, "notes"),
      },
    });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (this.out.length < MOST_OUTPUT) this.out += text;
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (this.err.length < MOST_OUTPUT) this.err += text;
    });
    this.finished = new Promise((resolve) => {
      this.child.once("close", (code, signal) => {
        resolve({ code, signal });
      });
      this.child.once("error", (error) => {
        this.err += String(error);
        resolve({ code: null, signal: null });
      });
    });
    void this.finished.then((ending) => (this.ended = ending));
  }

  /** What it printed, a line each. */
  get lines(): string[] {
    return this.out.split("\n").filter((line) => line !== "");
  }

  /** What it wrote to standard error. */
  get errors(): string {
    return this.err.trim();
  }

  get notes(): Note[] {
    try {
      return readFileSync(join(this.notesFolder, "notes"), "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Note);
    } catch {
      return []; // it has done nothing worth a note yet
    }
  }

  /** Ctrl-C; resolves when it has ended, by force after so many milliseconds. */
  async stop(patience: number): Promise<Ending> {
    this.kill("SIGINT");
    const timer = setTimeout(() => {
      this.kill("SIGKILL");
    }, patience);
    const ending = await this.finished;
    clearTimeout(timer);
    return ending;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill("SIGKILL");
    await this.finished;
    rmSync(this.notesFolder, { recursive: true, force: true });
  }

  /** Also when it has ended: what it started may live on. */
  private kill(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // The whole group is gone.
    }
  }
}
