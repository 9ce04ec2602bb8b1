import { type Writable } from "node:stream";
import { wrapLines } from "../../report/wrap.js";
import { escapeControls } from "./escape.js";

export interface StandardErrorOptions {
  /** A person looks at it. */
  isTerminal: boolean;
  /** Append-only lines, no escapes. */
  plain: boolean;
  quiet: boolean;
}

/** Milliseconds between two looks of a progress line: redrawn on a terminal, appended in plain text. */
const PROGRESS_EVERY = { redrawn: 200, appended: 5000 };

/** Standard error: progress, advice and diagnostics. Never fails, and never waits. */
export class StandardError {
  private progressAt = 0;
  private progressShown = false;

  private opened: Writable | undefined;

  constructor(
    private readonly open: () => Writable,
    private readonly options: StandardErrorOptions,
  ) {}

  get stream(): Writable {
    this.opened ??= this.open().on("error", () => undefined);
    return this.opened;
  }

  /** A person looks at it and wants to be told. */
  get interactive(): boolean {
    return this.options.isTerminal && !this.options.quiet;
  }

  /** One or more lines, unless --quiet; on a terminal they are broken between words. */
  say(text: string): void {
    if (!this.options.quiet) this.always(text);
  }

  /** Errors: they are said in any case. */
  always(text: string): void {
    this.endProgress();
    const shown = text.split("\n").map(escapeControls).join("\n");
    const { columns } = this.stream as { columns?: number };
    this.stream.write(`${this.options.isTerminal ? wrapLines(shown, columns || 80) : shown}\n`);
  }

  /** How far a long command is; shown to a person only, and only so often. */
  progress(describe: () => string): void {
    if (!this.interactive) return;
    const now = performance.now();
    const { plain } = this.options;
    this.progressAt ||= now;
    if (now - this.progressAt < (plain ? PROGRESS_EVERY.appended : PROGRESS_EVERY.redrawn)) return;
    this.progressAt = now;
    if (plain) {
      this.say(describe());
      return;
    }
    this.stream.write(`\r\u001b[K${escapeControls(describe())}`);
    this.progressShown = true;
  }

  /** Removes the progress line, so that the next line stands by itself. */
  endProgress(): void {
    if (this.progressShown) this.stream.write("\r\u001b[K");
    this.progressShown = false;
  }
}
