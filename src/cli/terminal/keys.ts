import { createInterface, type Interface } from "node:readline";
import { type Readable } from "node:stream";

type Terminal = Readable & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };

export const CTRL_C = "\u0003";

/**
 * Single keys from a terminal, or, where lines are wanted, the first letter of each line. The terminal is as it was
 * when this is closed or paused.
 */
export class Keys implements Disposable {
  private readonly waiting: string[] = [];
  private lines: Interface | undefined;

  constructor(
    private readonly stdin: Terminal,
    private readonly byLine: boolean,
    /** Told that a key can be taken. */
    private readonly onKey: () => void,
  ) {
    this.resume();
  }

  /** The oldest key that was pressed, "" for Enter; undefined where none was. */
  take(): string | undefined {
    return this.waiting.shift();
  }

  resume(): void {
    if (this.byLine) {
      this.lines = createInterface({ input: this.stdin, terminal: false });
      this.lines.on("line", (line) => {
        this.press(line.trim().slice(0, 1));
      });
      // The terminal was closed: nobody will press a key any more.
      this.lines.on("close", () => {
        if (this.lines) this.press("q");
      });
      return;
    }
    this.stdin.setRawMode?.(true);
    this.stdin.on("data", this.read);
    this.stdin.resume();
  }

  pause(): void {
    const lines = this.lines;
    this.lines = undefined;
    lines?.close();
    this.stdin.off("data", this.read);
    this.stdin.setRawMode?.(false);
    this.stdin.pause();
  }

  [Symbol.dispose](): void {
    this.pause();
  }

  private readonly read = (chunk: Buffer): void => {
    const text = chunk.toString();
    // Arrows and the like come as escape sequences: they mean nothing here.
    if (text.startsWith("\u001b")) return;
    for (const key of text) this.press(key === "\r" || key === "\n" ? "" : key);
  };

  private press(key: string): void {
    this.waiting.push(key);
    this.onKey();
  }
}
