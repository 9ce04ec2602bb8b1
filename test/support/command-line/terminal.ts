import { type IPty, spawn } from "@lydell/node-pty";
import { Screen } from "./screen.js";
import { TQ } from "./tq.js";

/** tq on a terminal, of 80 columns unless it is told otherwise. */
export class Terminal {
  /** All that came, as it came. */
  screen = "";
  private readonly seen: Screen;
  private readonly pty: IPty;
  readonly ended: Promise<number>;
  private changed: () => void = () => undefined;

  constructor(args: string[], env: NodeJS.ProcessEnv, cwd = process.cwd(), columns = 80) {
    this.seen = new Screen(columns);
    this.pty = spawn(process.execPath, [TQ, ...args], {
      cwd,
      cols: columns,
      rows: 24,
      // What is undefined would be handed over as the word "undefined".
      env: Object.fromEntries(
        Object.entries<string | undefined>({ TERM: "xterm-256color", ...env }).filter(
          ([, value]) => value !== undefined,
        ),
      ),
    });
    this.pty.onData((text) => {
      this.screen += text;
      this.seen.write(text);
      this.changed();
    });
    this.ended = new Promise((resolve) => {
      this.pty.onExit(({ exitCode }) => {
        resolve(exitCode);
        this.changed();
      });
    });
  }

  type(keys: string): void {
    this.pty.write(keys);
  }

  /** Resolves when the text has been on the screen. */
  async until(text: string): Promise<void> {
    const over = this.ended.then(() => true);
    while (!this.uncoloured.includes(text)) {
      const change = new Promise<false>((resolve) => {
        this.changed = () => {
          resolve(false);
        };
      });
      if ((await Promise.race([change, over])) && !this.uncoloured.includes(text)) {
        throw new Error(`tq ended without "${text}":\n${this.screen}`);
      }
    }
  }

  resize(columns: number, rows: number): void {
    this.seen.resize(columns);
    this.pty.resize(columns, rows);
  }

  /** At once, with nothing that it could do about it. */
  kill(): void {
    this.pty.kill("SIGKILL");
  }

  private get uncoloured(): string {
    // eslint-disable-next-line no-control-regex
    return this.screen.replace(/\u001b\[[0-9;]*m/g, "");
  }

  /** What a person has seen go by. */
  get transcript(): string {
    return this.seen.text;
  }
}
