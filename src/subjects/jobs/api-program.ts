import { join } from "node:path";
import { notesOf, type StuckNote } from "../../lab/program/program-notes.js";
import { Program, type ProgramEnding } from "../../lab/program/program.js";
import { describeStuck, watchStuck } from "../../lab/program/stuck.js";
import { refuseLack } from "../../lab/python/refuse-lack.js";
import { findTraceback, type Traceback } from "../../lab/python/traceback.js";
import { ask, type Exchange, type Request } from "../../lab/http/exchange.js";
import { commandOf, type JobsProgram } from "./run-options.js";
import { waitUntil } from "../../lab/wait-until.js";

/** Whether the API came up. */
export type Start =
  | {
      up: true;
      app: string;
      /** What is to be told of how it was started, a sentence each. */
      said?: readonly string[] | undefined;
    }
  | {
      up: false;
      said?: readonly string[] | undefined;
      reason: "ended" | "silent";
      /** Where it does not come on; null where that is not known. */
      stuck: StuckNote | null;
      /** How it ended, and the last that it said, for a program that ended. */
      code: number | null;
      /** It was ended by tq, because of its limit. */
      limit: ProgramEnding["limit"];
      traceback: Traceback | null;
      lines: string[];
    };

/**
 * Milliseconds for Python and a framework to start on the busiest machine, for its words, and between two looks. What
 * does not come on is told much sooner.
 */
const PATIENCE = { start: 30_000, words: 1000, pause: 15 };

/** A student's web API, served on a free port that its server took itself: several may start at the same time. */
export class ApiProgram implements AsyncDisposable {
  private constructor(
    private readonly program: Program,
    private readonly options: Pick<JobsProgram, "folder" | "allowNetwork" | "computes">,
    readonly url: string,
    readonly start: Start,
    private readonly signal: AbortSignal,
  ) {}

  /** `file` is relative to the student's folder; it is what is run where no other start is given. */
  static async run(file: string, options: JobsProgram, signal: AbortSignal): Promise<ApiProgram> {
    const serve = join(options.runtime, "serve.py");
    const { folder, start } = options;
    const served =
      start?.target.kind === "app"
        ? ["-a", start.target.module, start.target.name, ...start.args]
        : commandOf(file, start, folder);
    const program = new Program({ ...options, command: [serve, ...served] });
    let port: number | undefined;
    let stuck: StuckNote | null = null;
    const { allowNetwork, computes } = options;
    const look = watchStuck(() => program.notes, allowNetwork, { computes, idle: true, main: true });
    await waitUntil(
      () => {
        port = notesOf(program.notes, "listens")[0]?.port;
        stuck = look();
        return Promise.resolve(port !== undefined || program.ended !== null || stuck !== null);
      },
      PATIENCE.start,
      signal,
    );
    const up = port !== undefined && !program.ended;
    if (!up) await refuseLackOf(program, folder);
    return new ApiProgram(
      program,
      options,
      `http://127.0.0.1:${port ?? 0}`,
      { ...(up ? describeUp(program) : describeDown(program, folder, stuck)), said: options.said },
      signal,
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
    const exchange = await this.askWatched(request);
    const said = (): Traceback | null =>
      findTraceback(this.program.errors.slice(before), this.options.folder);
    // It writes what went wrong before it answers; on a busy machine the pipe takes its time.
    if (exchange.status === null || exchange.status >= 500)
      await waitUntil(() => Promise.resolve(said() !== null), PATIENCE.words, this.signal);
    const traceback = said();
    refuseLack(traceback);
    return { ...exchange, slept: this.slept - slept, traceback };
  }

  /** Asks, and waits no longer when the API is stuck with it. */
  private async askWatched(request: Request): Promise<Exchange> {
    const { allowNetwork, computes } = this.options;
    const since = Date.now();
    const given = new AbortController();
    const look = watchStuck(() => this.program.notes, allowNetwork, { since, computes, idle: true });
    const timer = setInterval(() => {
      const found = look();
      if (found) given.abort(found);
    }, PATIENCE.pause * 10);
    try {
      const exchange = await ask(this.url, request, given.signal);
      const found = given.signal.reason as StuckNote | undefined;
      return found && exchange.status === null
        ? { ...exchange, problem: `no answer: ${describeStuck(found)}` }
        : exchange;
    } finally {
      clearInterval(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program[Symbol.asyncDispose]();
  }
}

/** Nobody else would end it, where it cannot be judged. */
async function refuseLackOf(program: Program, folder: string): Promise<void> {
  try {
    refuseLack(findTraceback(program.errors, folder));
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

function describeUp({ notes }: Program): Start {
  const [found] = notesOf(notes, "app");
  return { up: true, app: found?.name ?? "its own start of a server" };
}

function describeDown({ ended, errors, lines }: Program, folder: string, stuck: StuckNote | null): Start {
  const traceback = findTraceback(errors, folder);
  const said = [...lines, ...errors.split("\n")].filter(Boolean);
  const facts = { code: ended?.code ?? null, limit: ended?.limit ?? null, traceback, lines: said };
  return { up: false, reason: ended ? "ended" : "silent", stuck: ended ? null : stuck, ...facts };
}
