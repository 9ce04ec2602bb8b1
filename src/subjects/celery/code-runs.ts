import { join } from "node:path";
import {
  type CeleryNote,
  notesOf,
  type Note,
  type NumberNote,
  type RefusedNote,
  type WebNote,
} from "../../lab/program/program-notes.js";
import { Program, type Sandbox } from "../../lab/program/program.js";
import { findTraceback, type Traceback } from "../../lab/python/traceback.js";
import { waitUntil } from "../../lab/wait-until.js";
import { isPrime, listNumbers } from "./prime-numbers.js";

/** What came of running a file of the student's. */
interface Ran {
  /** Relative to the student's folder. */
  file: string;
  /** It came to its end; "ended" by itself before that, "silent" when its time was over. */
  end: "done" | "ended" | "silent";
  celery: CeleryNote | null;
  /** The last exception. */
  traceback: Traceback | null;
  refused: RefusedNote[];
}

/** The task, called with numbers. */
export interface TaskRun extends Ran {
  numbers: (NumberNote & { prime: boolean })[];
  /** How many were to be called. */
  of: number;
}

/** The Falcon application, asked without a server; what it sent went to a broker in memory. */
export interface WebRun extends Ran {
  /** Under which name it was found; null where there is none. */
  app: string | null;
  /** By the name of the request. */
  answers: ReadonlyMap<string, WebNote>;
}

export interface CodeRunOptions {
  sandbox: Sandbox;
  /** Relative to the student's folder. */
  tasks: string;
  variables: Readonly<Record<string, string>>;
  seed: string;
  signal: AbortSignal;
}

/** Random numbers beside those that the course names. */
const COUNT = 200;

/** Seconds of a processor for one number, and for all; seconds for an answer of the web. */
const SECONDS = { each: 0.2, all: 6, answer: 3 };

/** Milliseconds: for Python, the packages and all calls, on a busy machine. */
const PATIENCE = 30_000;

export async function runTask(options: CodeRunOptions): Promise<TaskRun> {
  const numbers = listNumbers(options.seed, COUNT);
  const wanted = { numbers: numbers.map(Number), each: SECONDS.each, all: SECONDS.all };
  const script = [join(options.sandbox.runtime, "call_task.py"), options.tasks, JSON.stringify(wanted)];
  const { notes, ...ran } = await run(script, "all-called", options);
  return {
    ...ran,
    numbers: notesOf(notes, "number").map((note) => ({ ...note, prime: isPrime(BigInt(note.number)) })),
    of: numbers.length,
  };
}

/** The bodies that a POST is sent with; the first is what the course sends. */
const BODIES = {
  number: '{"number": 11}',
  text: '{"number": "11"}',
  negative: '{"number": -7}',
  "no number": "{}",
  words: '{"number": "eleven"}',
  nothing: '{"number": null}',
  "a list": "[11]",
  "no JSON": "number: 11",
} as const;

export type BodyName = keyof typeof BODIES;

/** A body as it was sent. */
export function bodyOf(name: BodyName): string {
  return BODIES[name];
}

/** What a worker would have stored of the first number. */
const RESULT = { number: 11, is_prime: true };

export async function runWeb(options: CodeRunOptions & { web: string }): Promise<WebRun> {
  const posts = Object.entries(BODIES).map(([name, body]) => ({ name, body, method: "POST", path: "/" }));
  const wanted = {
    requests: [
      ...posts,
      { name: "early", method: "GET", path: "/<id>" },
      { name: "late", method: "GET", path: "/<id>", stores: RESULT },
    ],
    each: SECONDS.answer,
  };
  const { sandbox, web, tasks } = options;
  const script = [join(sandbox.runtime, "call_web.py"), web, tasks, JSON.stringify(wanted)];
  const { notes, ...ran } = await run(script, "all-asked", { ...options, tasks: web });
  return {
    ...ran,
    app: notesOf(notes, "app")[0]?.name ?? null,
    answers: new Map(notesOf(notes, "web").map((note) => [note.name, note])),
  };
}

async function run(
  command: readonly string[],
  last: "all-called" | "all-asked",
  { sandbox, tasks: file, variables, signal }: CodeRunOptions,
): Promise<Ran & { notes: Note[] }> {
  // No Redis: results stay in the process.
  await using program = new Program({ ...sandbox, command, variables, redisPort: 0 });
  const isOver = () => program.ended !== null || notesOf(program.notes, last).length > 0;
  await waitUntil(() => Promise.resolve(isOver()), PATIENCE, signal);
  const { notes, errors, ended } = program;
  const isDone = notesOf(notes, last).length > 0 || ended?.code === 0;
  return {
    file,
    notes,
    end: isDone ? "done" : ended ? "ended" : "silent",
    celery: notesOf(notes, "celery")[0] ?? null,
    traceback: findTraceback(errors, sandbox.folder),
    refused: notesOf(notes, "refused"),
  };
}
