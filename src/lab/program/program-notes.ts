import { type RouteNote } from "./route-note.js";

/** A line of the student's: the file relative to their folder. */
interface StudentLine {
  file: string;
  line: number;
}

interface NoteOf<What extends string> {
  what: What;
  pid: number;
}

/** A connection to Redis is asked for, with the address that the student's code names. */
export interface ConnectNote extends NoteOf<"connect"> {
  host: string;
  port: number;
  db: number;
  at: StudentLine | null;
}

/** That connection's own address, by which Redis' events name it. */
interface ConnectedNote extends NoteOf<"connected"> {
  address: string;
  db: number;
  /** Seconds of silence after which it is given up; null where it never is. */
  timeout: number | null;
}

/** A function is made a worker of a queue. */
interface WorkerNote extends NoteOf<"worker"> {
  function: string;
  queue: string;
  /** The queue's serializer, by its name: pickle, json; null where it has none, and takes text as it is. */
  serializer: string | null;
  /** It is an async def: what calls it gets a coroutine. */
  isAsync: boolean;
  at: StudentLine | null;
}

/** The server that the file starts, with the address that it names. */
interface ServesNote extends NoteOf<"serves"> {
  framework: "flask" | "fastapi";
  host: string | null;
  port: number | null;
}

/** The server listens on this port of the loopback address. */
interface ListensNote extends NoteOf<"listens"> {
  port: number;
}

/** The file starts no server: the web application that was found in it, null where there is none. */
interface AppNote extends NoteOf<"app"> {
  name: string | null;
}

/** The web application's table of routes, as its framework has it. */
interface RoutesNote extends NoteOf<"routes"> {
  routes: readonly RouteNote[];
  /** The longest list of records that stands in the code itself. */
  records: readonly Readonly<Record<string, unknown>>[];
}

/** Something that a program is not to touch. */
export interface RefusedNote extends NoteOf<"refused"> {
  kind: "file" | "network" | "process";
  /** A path; a host with its port. */
  target: string;
  /** Of the network: the url, where it is known. */
  url?: string;
  at: StudentLine | null;
}

/** A url was answered with a file in place of the network. */
interface AnsweredNote extends NoteOf<"answered"> {
  url: string;
  /** Absolute. */
  file: string;
  /** The file is not there, and nothing was answered. */
  missing: boolean;
}

/** What came from the network was kept: the file, in the folder for it. */
interface RecordedNote extends NoteOf<"recorded"> {
  url: string;
  file: string;
}

/** A sleep of the student's: how long it asked for, and when it began (seconds since 1970). */
export interface SleepNote extends NoteOf<"sleep"> {
  seconds: number;
  time: number;
  at: StudentLine | null;
}

/** The time that a message costs beside the student's code: within a sleep of the student's, or after the job. */
export interface WorkNote extends NoteOf<"work"> {
  /** Seconds since 1970. */
  began: number;
  ended: number;
  asleep: boolean;
  /**
   * What the message before took, where the student's code did not sleep over it and the system tells: seconds of a processor, and
   * seconds in which nothing was to be computed. That the machine was busy with something else is in neither.
   */
  computed?: number;
  idle?: number;
}

/** A worker saved something in Redis. */
export interface WroteNote extends NoteOf<"wrote"> {
  command: string;
  key: string;
  db: number;
  /** The student's line that had the message then; null where there is none. */
  at: { file: string; line: number } | null;
}

/** A thread of the program's does not come on; noted again each second. */
export interface StuckNote extends NoteOf<"stuck"> {
  /** It computes, waits while nothing happens, or sleeps and sleeps. */
  how: "computes" | "waits" | "sleeps";
  /** Of processor time, of quiet, of sleep that was asked for. */
  seconds: number;
  /** Seconds since 1970: when it came to where it is, and of this note. */
  began: number;
  time: number;
  at: StudentLine;
  /** It waits for a message of a queue. */
  idle: boolean;
  /** It is the program's main thread. */
  main: boolean;
}

/** A student's Celery app, as it is set up; broker and backend are null where there is no app. */
export interface CeleryNote extends NoteOf<"celery"> {
  broker: string | null;
  backend: string | null;
  /** Names of its own tasks. */
  tasks: string[];
  /** One of them at least acknowledges its message when it is done. */
  acksLate: boolean;
  /** Seconds after which a task is ended; null where none is. */
  timeLimit: number | null;
  ignoresResults: boolean;
}

/** A task was called with a number. */
export interface NumberNote extends NoteOf<"number"> {
  task: string;
  number: string;
  /** Any JSON value; null where there is a problem. */
  answer: unknown;
  /** "slow" where it took longer than it had; an exception's last line. */
  problem: string | null;
}

/** A request to a web application, and what it did. */
export interface WebNote extends NoteOf<"web"> {
  /** As it was given. */
  name: string;
  /** Null where no answer came; `problem` says why. */
  status: number | null;
  text: string;
  problem: string | null;
  /** What went to the broker meanwhile; arguments as Python writes them. */
  sent: { id: string; task: string; arguments: string[] }[];
  /** The tasks that it ran itself. */
  ran: string[];
}

/** What a program did, as the Python side notes it. */
export type Note =
  | NoteOf<"start">
  | NoteOf<"process">
  | NoteOf<"all-called">
  | NoteOf<"all-asked">
  | CeleryNote
  | NumberNote
  | WebNote
  | ConnectNote
  | ConnectedNote
  | WorkerNote
  | ServesNote
  | AppNote
  | ListensNote
  | RoutesNote
  | RefusedNote
  | AnsweredNote
  | RecordedNote
  | SleepNote
  | StuckNote
  | WorkNote
  | WroteNote;

/** The notes of one kind. */
export function notesOf<What extends Note["what"]>(
  notes: readonly Note[],
  what: What,
): Extract<Note, { what: What }>[] {
  return notes.filter((note): note is Extract<Note, { what: What }> => note.what === what);
}
