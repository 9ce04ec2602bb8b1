import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { notesOf } from "../python/notes.js";
import { Program } from "../python/program.js";
import { findTraceback, type Traceback } from "../python/traceback.js";
import { type JobsProgram } from "./run-options.js";
import { waitUntil } from "../wait-until.js";

/** A request to a web API, and what came of it. */
export interface Exchange {
  /** As a person reads it: POST /jobs {"start": 1}. */
  request: string;
  /** Null where no answer came; `problem` says why. */
  status: number | null;
  problem: string | null;
  /** The body of the answer. */
  text: string;
  /** What that is as JSON; undefined where it is none. */
  json: unknown;
  durationMs: number;
  /** Seconds that the student's code slept meanwhile, as it asked for; they were shortened. */
  slept: number;
  /** What the API wrote to standard error meanwhile. */
  traceback: Traceback | null;
}

export interface Request {
  method: "GET" | "POST";
  path: string;
  /** Sent as it is where it is text, else as JSON. */
  body?: unknown;
}

/** Whether the API came up. */
export type Start =
  | { up: true; app: string }
  | {
      up: false;
      reason: "ended" | "silent";
      /** How it ended, and the last that it said, for a program that ended. */
      code: number | null;
      traceback: Traceback | null;
      lines: string[];
    };

/** Milliseconds for Python and a framework to start, for an answer, and between two looks. */
const PATIENCE = { start: 10_000, answer: 5000, pause: 15 };

/** A student's web API, served on a free port that its server took itself: several may start at the same time. */
export class ApiProgram implements AsyncDisposable {
  private constructor(
    private readonly program: Program,
    private readonly folder: string,
    readonly url: string,
    readonly start: Start,
  ) {}

  /** `file` is relative to the student's folder. */
  static async run(file: string, options: JobsProgram, signal: AbortSignal): Promise<ApiProgram> {
    const serve = join(options.runtime, "serve.py");
    const { folder, asModule } = options;
    const target = asModule === undefined ? [join(folder, file)] : ["-m", asModule];
    const program = new Program({ ...options, command: [serve, ...target] });
    let port: number | undefined;
    await waitUntil(
      () => {
        port = notesOf(program.notes, "listens")[0]?.port;
        return Promise.resolve(port !== undefined || program.ended !== null);
      },
      PATIENCE.start,
      signal,
    );
    const up = port !== undefined && !program.ended;
    return new ApiProgram(
      program,
      folder,
      `http://127.0.0.1:${port ?? 0}`,
      up ? describeUp(program) : describeDown(program, folder),
    );
  }

  get notes(): Program["notes"] {
    return this.program.notes;
  }

  get ended(): Program["ended"] {
    return this.program.ended;
  }

  private get slept(): number {
    return notesOf(this.program.notes, "sleep").reduce((sum, { seconds }) => sum + seconds, 0);
  }

  async ask(request: Request): Promise<Exchange> {
    const [before, slept] = [this.program.errors.length, this.slept];
    const exchange = await ask(this.url, request);
    // It writes what went wrong before it answers; the pipe takes a moment.
    if (exchange.status === null || exchange.status >= 500) await delay(PATIENCE.pause * 2);
    return {
      ...exchange,
      slept: this.slept - slept,
      traceback: findTraceback(this.program.errors.slice(before), this.folder),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program[Symbol.asyncDispose]();
  }
}

function describeUp({ notes }: Program): Start {
  const [found] = notesOf(notes, "app");
  return { up: true, app: found?.name ?? "its own start of a server" };
}

function describeDown({ ended, errors, lines }: Program, folder: string): Start {
  const traceback = findTraceback(errors, folder);
  const said = [...lines, ...errors.split("\n")].filter(Boolean);
  return { up: false, reason: ended ? "ended" : "silent", code: ended?.code ?? null, traceback, lines: said };
}

/** Asks a web API that runs somewhere. Never rejects but when it is stopped. */
export async function ask(url: string, { method, path, body }: Request): Promise<Exchange> {
  const sent = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  const began = performance.now();
  const facts = {
    request: `${method} ${path}${sent === null ? "" : ` ${sent}`}`,
    ...{ problem: null, text: "", json: undefined, traceback: null, slept: 0 },
  };
  const since = (): number => Math.round(performance.now() - began);
  try {
    const answer = await fetch(`${url}${path}`, {
      method,
      redirect: "follow",
      signal: AbortSignal.timeout(PATIENCE.answer),
      ...(sent !== null && { body: sent, headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    return { ...facts, status: answer.status, text, json: readJson(text), durationMs: since() };
  } catch (error) {
    return { ...facts, status: null, problem: explain(error), durationMs: since() };
  }
}

function explain(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError")
    return `no answer within ${PATIENCE.answer / 1000} s`;
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
