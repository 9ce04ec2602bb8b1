import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { endMarked } from "./end-marked.js";
import { type Note } from "./program-notes.js";
import { type Ending, type PythonProcess, type StartPython } from "../python/python-process.js";
import { type WebAnswer } from "../system-file/system-file.js";
import { makeTemporaryFolder } from "../files/temporary-folder.js";

/** Where and how the programs of one run work. */
export interface Sandbox {
  /** The Python that runs them. */
  python: StartPython;
  /** Absolute folder in which they run: a copy of the student's. */
  folder: string;
  /** Absolute folder of tq's own Python code. */
  runtime: string;
  env: Readonly<Record<string, string | undefined>>;
  /** `--allow-network`: other connections than to the private Redis and this machine are let through. */
  allowNetwork: boolean;
  /** Answers in place of the network: the first that fits. */
  web?: readonly WebAnswer[] | undefined;
  /** Absolute folder in which what comes from the network is kept. */
  record?: string | undefined;
}

/** A path of a container's, and the folder or file (absolute) that it is in this run. */
interface ContainerPlace {
  from: string;
  to: string;
}

export interface ProgramOptions extends Sandbox {
  /** Port of the private Redis on 127.0.0.1. */
  redisPort: number;
  /** The file to run, relative to the folder or absolute, and its arguments. */
  command: readonly string[];
  /** The folder to run it in, relative to the sandbox's. */
  within?: string | undefined;
  /** Where the paths of its container are; others of them lead into a folder of this program alone. */
  places?: readonly ContainerPlace[] | undefined;
  /** Absolute folders in which it finds modules besides. */
  paths?: readonly string[] | undefined;
  /** The working folder of its container: what is not there in its own is looked for in the places of that one. */
  containerFolder?: string | undefined;
  /** Added to the environment. */
  variables?: Readonly<Record<string, string>> | undefined;
  /** What it finds on its standard input; without it nothing is there. */
  input?: string | undefined;
  /** A sleep of the student's is so many times shorter. */
  speed?: number | undefined;
  /** Its table of routes is noted, where it is a web application. */
  routes?: boolean | undefined;
  /** Seconds that each message costs its consumer beside what the student's code does. */
  work?: number | undefined;
}

/** How a program ended. */
export interface ProgramEnding extends Ending {
  /** tq's limit that ended it; null for any other end. */
  limit: Limit | null;
}

export type Limit = "output" | "processor";

/** As much of what it prints is kept; a program that prints far more is ended. */
const MOST_OUTPUT = 256 * 1024;
const FLOOD = 64 * MOST_OUTPUT;

/** The system's number of the signal for too much processor time. */
const SIGXCPU = 24;

/** Bytes of address space, seconds of processor time, processes: more than any exercise takes. */
const LIMITS = { memory: 4 * 1024 ** 3, cpu: 60, processes: 32 };

/** What would lead a program to another Redis or port than it says itself, and what is tq's own. */
const LEFT_OUT = /^(?:TQ_|REDIS_|FLASK_|UVICORN_|PYTHON(?:STARTUP|HOME|INSPECT)$)/;

/** A Python program of a student's that runs against a private Redis. It ends when it is disposed of. */
export class Program implements AsyncDisposable {
  private readonly process: PythonProcess;
  private readonly ownFolder: string;
  private out = "";
  private err = "";
  private printed = 0;
  private ending: Ending | null = null;

  constructor(options: ProgramOptions) {
    const { python, command, folder, within = "", runtime, env, variables } = options;
    this.ownFolder = makeTemporaryFolder("run");
    const temporary = join(this.ownFolder, "tmp");
    mkdirSync(temporary);
    const own = join(this.ownFolder, "container");
    mkdirSync(own);
    const cache = join(folder, ".tq-cache");
    const input = join(this.ownFolder, "input");
    if (options.input !== undefined) writeFileSync(input, options.input);
    const kept = Object.entries(env).filter(([name]) => !LEFT_OUT.test(name));
    this.process = python({
      args: command,
      cwd: join(folder, within),
      inherited: Object.fromEntries(kept),
      variables: {
        ...variables,
        PYTHONPATH: [runtime, ...(options.paths ?? [])].join(delimiter),
        PYTHONUNBUFFERED: "1",
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONIOENCODING: "utf-8",
        TMPDIR: temporary,
        // What libraries keep for the next time, such as matplotlib's fonts, is for all programs of the copy.
        XDG_CACHE_HOME: cache,
        MPLCONFIGDIR: join(cache, "matplotlib"),
        TQ_RUN: JSON.stringify({
          folder,
          // A package that is run from the folder above it writes there.
          writable: within.startsWith("..") ? [temporary, dirname(folder)] : [temporary],
          notes: this.notesFile,
          ...LIMITS,
          redisPort: options.redisPort,
          speed: options.speed ?? 1,
          work: options.work ?? 0,
          allowNetwork: options.allowNetwork,
          own,
          working: options.containerFolder ?? "",
          places: (options.places ?? []).map(({ from, to }) => [from, to]),
          web: options.web ?? [],
          record: options.record,
          routes: options.routes ?? false,
          ...(options.input !== undefined && { input }),
        }),
      },
      writable: [folder, this.ownFolder, ...(options.record === undefined ? [] : [options.record])],
      readable: [runtime],
    });
    this.process.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (this.out.length < MOST_OUTPUT) this.out += text;
      this.count(text);
    });
    this.process.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (this.err.length < MOST_OUTPUT) this.err += text;
      this.count(text);
    });
    void this.process.finished.then((ending) => (this.ending = ending));
  }

  /** How it ended; null while it lives. Throws `TqError` (exit 3) where the machine was in the way of it. */
  get ended(): ProgramEnding | null {
    if (this.ending?.failure) throw this.ending.failure;
    return this.ending && { ...this.ending, limit: this.limitOf(this.ending) };
  }

  private get notesFile(): string {
    return join(this.ownFolder, "notes");
  }

  /** What it printed, a line each. */
  get lines(): string[] {
    return this.out.split("\n").filter((line) => line !== "");
  }

  /** What it wrote to standard error. A traceback may begin with spaces, and they are part of its form. */
  get errors(): string {
    return this.err.trimEnd();
  }

  /** It printed so much that it was ended. */
  get flooded(): boolean {
    return this.printed > FLOOD;
  }

  get notes(): Note[] {
    try {
      return readFileSync(this.notesFile, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Note);
    } catch {
      return []; // it has done nothing worth a note yet
    }
  }

  /** Ctrl-C; resolves when it has ended, by force after so many milliseconds. */
  async stop(patience: number): Promise<Ending> {
    this.process.kill("SIGINT");
    const timer = setTimeout(() => {
      this.process.kill("SIGKILL");
    }, patience);
    const ending = await this.process.finished;
    clearTimeout(timer);
    return ending;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill("SIGKILL");
    // What left the group still holds the pipes.
    if (this.notes.some(({ what }) => what === "process")) endMarked(this.ownFolder);
    await this.process[Symbol.asyncDispose]();
    rmSync(this.ownFolder, { recursive: true, force: true });
  }

  /** In a container the signal is told as an exit code. */
  private limitOf({ code, signal }: Ending): Limit | null {
    if (this.flooded) return "output";
    return signal === "SIGXCPU" || code === 128 + SIGXCPU ? "processor" : null;
  }

  private count(text: string): void {
    this.printed += text.length;
    if (this.flooded) this.process.kill("SIGKILL");
  }
}
