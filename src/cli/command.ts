import { type Command } from "commander";
import { type Context } from "./context.js";

/** One command: its arguments and options, then what it does with them. */
export interface CommandModule {
  define: (command: Command) => Command;
  /** What its help says below the options. */
  note?: string;
  /** Gets the context, the options, and the arguments in their order. Returns the exit code, 0 if nothing. */
  run: (context: Context, options: never, ...args: never[]) => Promise<number | undefined>;
}

interface Entry {
  name: string;
  summary: string;
  /** Not shown in help: tq's own use. */
  hidden?: boolean;
}

/** A command is loaded only when it is called, so that each costs the start of no other. */
export type CommandEntry =
  (Entry & { load: () => Promise<CommandModule> }) | (Entry & { children: readonly CommandEntry[] });
