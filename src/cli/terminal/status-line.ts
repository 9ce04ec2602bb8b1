import { type Output } from "./output.js";

/** One line below everything else that says what can be done; plain text says it once, as a line. */
export class StatusLine {
  private shown = "";

  constructor(
    private readonly out: Output,
    private readonly plain: boolean,
  ) {}

  /** The first that the terminal has room for, else the last. */
  show(...texts: readonly string[]): void {
    const text = texts.find(({ length }) => this.plain || length < this.out.columns) ?? texts.at(-1) ?? "";
    if (text === this.shown) return;
    if (this.plain) void this.out.tell(text).catch(() => undefined);
    else void this.out.write(`\r\u001b[K${text.slice(0, this.out.columns - 1)}`).catch(() => undefined);
    this.shown = text;
  }

  /** Before anything else is written. In plain text it stays, and is said again below. */
  clear(): void {
    if (this.shown !== "" && !this.plain) void this.out.write("\r\u001b[K").catch(() => undefined);
    this.shown = "";
  }
}
