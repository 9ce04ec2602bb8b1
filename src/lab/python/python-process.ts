import { type Readable } from "node:stream";
import { type TqError } from "../../errors.js";

export interface PythonStart {
  /** What stands behind the interpreter on its command line. */
  args: readonly string[];
  /** Absolute folder to run it in. */
  cwd: string;
  /** The environment of whoever runs tq, as far as it is to be seen. */
  inherited: Readonly<Record<string, string | undefined>>;
  /** Added to it. */
  variables: Readonly<Record<string, string>>;
  /** Absolute folders that it needs: those that it may change, and those that it reads. */
  writable: readonly string[];
  readable: readonly string[];
}

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The machine was in the way: it could not be started, or be waited for. */
  failure?: TqError;
}

/** A Python that runs somewhere, without standard input. It ends when it is disposed of, and when tq does. */
export interface PythonProcess extends AsyncDisposable {
  stdout: Readable;
  stderr: Readable;
  /** When it has ended and what it printed is there. Never rejects. */
  finished: Promise<Ending>;
  /** To it and to what it started; nothing where all is gone. */
  kill: (signal: "SIGINT" | "SIGKILL") => void;
}

/** Starts a certain Python, wherever that is. */
export type StartPython = (start: PythonStart) => PythonProcess;
