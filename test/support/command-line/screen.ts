/* eslint-disable no-control-regex */
const SEQUENCE_OR_CHARACTER = /\u001b\[[0-9;?]*[a-zA-Z]|\u001b(\[[0-9;?]*)?$|[^]/gu;
const UNFINISHED = /^\u001b(\[[0-9;?]*)?$/u;
/* eslint-enable no-control-regex */

/**
 * What a person sees of what a program writes to a terminal, with all that has scrolled away: lines that were
 * written over are gone, and so are colours. Knows the sequences that tq and inquirer use.
 */
export class Screen {
  private readonly lines: string[] = [""];
  private row = 0;
  private column = 0;
  /** The beginning of a sequence whose end has not come yet. */
  private rest = "";

  constructor(private columns: number) {}

  resize(columns: number): void {
    this.columns = columns;
  }

  write(text: string): void {
    const parts = (this.rest + text).match(SEQUENCE_OR_CHARACTER) ?? [];
    this.rest = UNFINISHED.test(parts.at(-1) ?? "") ? (parts.pop() ?? "") : "";
    for (const part of parts) this.take(part);
  }

  /** Line by line, without the spaces at their ends. */
  get text(): string {
    return this.lines.map((line) => line.trimEnd()).join("\n");
  }

  private take(part: string): void {
    if (part === "\r") this.column = 0;
    else if (part === "\n") this.goTo(this.row + 1);
    else if (part === "\b") this.column = Math.max(this.column - 1, 0);
    else if (part.startsWith("\u001b[")) this.obey(part.at(-1) ?? "", part.slice(2, -1));
    else if (part >= " ") this.put(part);
  }

  private put(character: string): void {
    if (this.column >= this.columns) {
      this.goTo(this.row + 1);
      this.column = 0;
    }
    const line = (this.lines[this.row] ?? "").padEnd(this.column);
    this.lines[this.row] = line.slice(0, this.column) + character + line.slice(this.column + 1);
    this.column += 1;
  }

  private obey(command: string, argument: string): void {
    const count = Number(argument) || 1;
    const line = this.lines[this.row] ?? "";
    if (command === "A") this.goTo(Math.max(this.row - count, 0));
    else if (command === "B") this.goTo(this.row + count);
    else if (command === "C") this.column += count;
    else if (command === "D") this.column = Math.max(this.column - count, 0);
    else if (command === "G") this.column = count - 1;
    else if (command === "K") this.lines[this.row] = argument === "2" ? "" : line.slice(0, this.column);
    else if (command === "J") {
      this.lines[this.row] = line.slice(0, this.column);
      this.lines.length = this.row + 1;
    }
  }

  private goTo(row: number): void {
    this.row = row;
    while (this.lines.length <= row) this.lines.push("");
  }
}
