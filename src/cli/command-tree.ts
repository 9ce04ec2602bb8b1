import { type Command } from "commander";
import { type CommandEntry, type CommandModule } from "./command.js";

type Run = (module: CommandModule, command: Command, args: unknown[]) => Promise<void>;

const notes = new WeakMap<Command, string>();

/** What a command's help says below its options. */
export function noteOf(command: Command): string | undefined {
  return notes.get(command);
}

/** How a command gets its arguments and options; each does so once. */
const definitions = new WeakMap<Command, () => Promise<void>>();

/**
 * Every entry becomes a command at once, with its name and summary; its arguments and options are added in the
 * moment when it is called, which is when its file is loaded.
 */
export function addCommands(parent: Command, entries: readonly CommandEntry[], run: Run): void {
  for (const entry of entries) {
    const command = parent.command(entry.name, { hidden: entry.hidden ?? false }).summary(entry.summary);
    command.description(`${entry.summary[0]?.toUpperCase() ?? ""}${entry.summary.slice(1)}.`);
    if ("children" in entry) addCommands(command.helpCommand(false), entry.children, run);
    else {
      definitions.set(command, async () => {
        const module = await entry.load();
        if (module.note !== undefined) notes.set(command, module.note);
        module.define(command).action((...given: unknown[]) => run(module, command, given.slice(0, -2)));
      });
    }
  }
  parent.hook("preSubcommand", (_, command) => defineCommand(command));
}

/** Adds the command's arguments and options. */
export async function defineCommand(command: Command): Promise<void> {
  const define = definitions.get(command);
  definitions.delete(command);
  await define?.();
}

/** The whole tree, with every argument and option, for what is made from it. */
export async function defineAll(command: Command): Promise<void> {
  await defineCommand(command);
  for (const child of command.commands) await defineAll(child);
}

export function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command;
}
