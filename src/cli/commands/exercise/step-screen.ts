import { type CheckResult } from "../../../course/session.js";
import { formatNews } from "../../../report/text.js";
import { wrapLines } from "../../../report/wrap.js";
import { type Context } from "../../context.js";
import { lookFor } from "../../terminal/look.js";
import { StatusLine } from "../../terminal/status-line.js";

/** Rows that may follow a task before it is told again, however small the terminal is. */
const FEW = 8;

/** A walk in a terminal: lines that follow each other, among which the task of the step stays in sight. */
export class StepScreen {
  private readonly status: StatusLine;
  private task = "";
  /** Rows that have come after the task. */
  private rows = 0;
  /** What the cards of this step have told, by check. */
  private readonly told = new Map<string, CheckResult>();

  constructor(private readonly context: Context) {
    this.status = new StatusLine(context.out, context.settings.plain);
  }

  /** A step begins: its heading; what is asked before the task comes between the two. */
  async begin(heading: string): Promise<void> {
    this.task = "";
    this.told.clear();
    await this.show(`\n${this.bold(heading)}\n`);
  }

  async tell(heading: string, task: string): Promise<void> {
    await this.say(`${task}\n`);
    this.task = `\n${this.bold(heading)}\n\n${task}\n`;
    this.rows = 0;
  }

  /** Sentences; control characters in them are written out. */
  async say(text: string): Promise<void> {
    this.status.clear();
    await this.context.out.tell(text);
    this.count(text);
  }

  /** Long texts that somebody asked for, such as a solution: the task is not told again for their sake. */
  async print(text: string): Promise<void> {
    this.status.clear();
    await this.context.out.line(text);
  }

  /** Of a check that a card has told of, only what has changed. */
  async showCheck(check: CheckResult, all: readonly CheckResult[]): Promise<void> {
    const news = formatNews(check, { before: this.told.get(check.id), all, look: lookFor(this.context) });
    if (news === null) return;
    this.told.set(check.id, check);
    await this.show(news);
  }

  /** The line of keys, below everything else; where the task has scrolled away it comes first. */
  async wait(...lines: readonly string[]): Promise<void> {
    const { out } = this.context;
    const room = (out.terminal.rows || 24) - this.heightOf(this.task) - 2;
    if (this.task !== "" && this.rows > Math.max(room, FEW)) {
      this.status.clear();
      await out.styled(wrapLines(this.task, out.columns));
      this.rows = 0;
    }
    this.status.show(...lines);
  }

  clear(): void {
    this.status.clear();
  }

  private bold(text: string): string {
    return lookFor(this.context).paint("bold", this.context.out.clean(text));
  }

  private async show(text: string): Promise<void> {
    this.status.clear();
    const { out } = this.context;
    await out.styled(wrapLines(text, out.columns));
    this.count(text);
  }

  private count(text: string): void {
    this.rows += this.heightOf(text);
  }

  private heightOf(text: string): number {
    return wrapLines(text, this.context.out.columns).split("\n").length;
  }
}
