import { type Writable } from "node:stream";
import { TqError } from "../../errors.js";
import { wrapLines } from "../../report/wrap.js";
import { escapeControls } from "./escape.js";

/** Whoever read our output has gone away, as `head` does after its lines. */
export class ClosedPipeError extends Error {
  override readonly name = "ClosedPipeError";
}

/** Milliseconds that a stopped program still waits for a reader that does not read. */
const PATIENCE = 500;

/** Standard output: what a command was asked for. */
export class Output {
  constructor(
    private readonly stream: Writable & { columns?: number; rows?: number },
    /** A person looks at it. */
    readonly isTerminal: boolean,
  ) {
    // Each write reports its own failure; without a listener the first one would end the process.
    stream.on("error", () => undefined);
  }

  /** The terminal's width, 80 where it does not tell. */
  get columns(): number {
    return this.stream.columns || 80;
  }

  /** The stream itself, for a program elsewhere that writes to the terminal. */
  get terminal(): Writable & { columns?: number; rows?: number } {
    return this.stream;
  }

  /** One or more lines of whatever origin: on a terminal, control characters in them are written out. */
  line(text: string): Promise<void> {
    return this.styled(this.isTerminal ? text.split("\n").map(escapeControls).join("\n") : text);
  }

  /** Sentences of tq's own: on a terminal they are broken between words. */
  tell(text: string): Promise<void> {
    return this.line(this.isTerminal ? wrapLines(text, this.columns) : text);
  }

  /** Lines that hold colours or tabs, whose every part of foreign origin went through `clean`. */
  styled(text: string): Promise<void> {
    return this.write(`${text}\n`);
  }

  /** A part of a line as it may be shown: on a terminal, with control characters written out. */
  clean(text: string): string {
    return this.isTerminal ? escapeControls(text) : text;
  }

  /**
   * Resolves when the system has taken the text. Rejects with `ClosedPipeError` when nobody will read it, or
   * when after `signal` nobody has; with `TqError` (exit 3) when it cannot be written, as on a full disk.
   */
  async write(text: string | Buffer, signal?: AbortSignal): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const abandon = () => {
      timer = setTimeout(() => this.stream.destroy(), PATIENCE);
    };
    signal?.addEventListener("abort", abandon, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        this.stream.write(text, (error) => {
          if (error) reject(explainWriteError(error));
          // Node reports a write that the destruction cancelled as done.
          else if (this.stream.destroyed) reject(new ClosedPipeError());
          else resolve();
        });
      });
    } finally {
      signal?.removeEventListener("abort", abandon);
      clearTimeout(timer);
    }
  }
}

function explainWriteError(error: Error): Error {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED", "ERR_STREAM_PREMATURE_CLOSE"].includes(code)) {
    return new ClosedPipeError();
  }
  return new TqError(`standard output cannot be written: ${error.message}`, {
    code: "output-not-written",
    exitCode: 3,
    hint: code === "ENOSPC" ? "The disk is full: free some space, or write elsewhere." : undefined,
    cause: error,
  });
}
