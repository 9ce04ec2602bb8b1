import { Command, CommanderError } from "commander";
import { dirname, join } from "node:path";
import { version } from "./version.js";
import { TqError } from "../errors.js";
import { type CommandEntry, type CommandModule } from "./command.js";
import { commands } from "./commands/index.js";
import { type Context, type Settings, type Surroundings } from "./context.js";
import { findHome } from "./home.js";
import { addGlobalOptions } from "./options.js";
import { StandardError } from "./terminal/standard-error.js";
import { Output } from "./terminal/output.js";

/** Parses the command line, loads the one command that it names, runs it, and returns the exit code. */
export async function runCommandLine(surroundings: Surroundings): Promise<number> {
  let exitCode = 0;
  const program = addGlobalOptions(new Command("tq"))
    .description("Task queues on Redis, to learn with and to use: on the wire as Python's HotQueue.")
    .version(version)
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", "\nStart here:  tq redis up    tq push hello    tq consume");
  addCommands(program, commands, async (module, command, args) => {
    const context = makeContext(surroundings, command.optsWithGlobals());
    const run = module.run as (...all: unknown[]) => Promise<number | undefined>;
    exitCode = (await run(context, command.opts(), ...args)) ?? 0;
  });
  const help: string[] = [];
  forEachCommand(program, (command) =>
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => help.push(text), writeErr: () => undefined }),
  );
  try {
    if (surroundings.argv.length === 0) program.outputHelp();
    else await program.parseAsync(surroundings.argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0 || error.code === "commander.help") throw explainUsage(error, surroundings.argv);
  }
  if (help.length > 0) await new Output(surroundings.stdout, false).write(help.join(""));
  return exitCode;
}

type Run = (module: CommandModule, command: Command, args: unknown[]) => Promise<void>;

/**
 * Every entry becomes a command at once, with its name and summary; its arguments and options are added in the
 * moment when it is called, which is when its file is loaded.
 */
function addCommands(parent: Command, entries: readonly CommandEntry[], run: Run): void {
  const loads = new Map<Command, () => Promise<void>>();
  for (const entry of entries) {
    const command = parent.command(entry.name, { hidden: entry.hidden ?? false }).summary(entry.summary);
    command.description(`${entry.summary[0]?.toUpperCase() ?? ""}${entry.summary.slice(1)}.`);
    if ("children" in entry) addCommands(command, entry.children, run);
    else
      loads.set(command, async () => {
        const module = await entry.load();
        module.define(command).action((...given: unknown[]) => run(module, command, given.slice(0, -2)));
      });
  }
  parent.hook("preSubcommand", (_, command) => loads.get(command)?.());
}

function forEachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) forEachCommand(child, visit);
}

/** Options as they were given: a flag that was not is absent. */
type Given = Omit<Settings, Flag> & Partial<Pick<Settings, Flag>>;
type Flag = "json" | "plain" | "quiet" | "debug";

function makeContext(surroundings: Surroundings, given: Given): Context {
  const { env, platform, self, openStdin, stdout, openStderr, stderrIsTerminal, signal } = surroundings;
  const dumb = env["TERM"] === "dumb";
  const { json = false, quiet = false, debug = false } = given;
  const plain = (given.plain ?? false) || dumb;
  const color = given.color && !env["NO_COLOR"] && !plain;
  return {
    settings: { ...given, json, quiet, debug, plain, color },
    out: new Output(stdout, stdout.isTTY ?? false),
    notes: new StandardError(openStderr, { isTerminal: stderrIsTerminal, plain, quiet }),
    home: findHome(env, platform),
    assets: join(dirname(self[1]), "..", "dist"),
    env,
    platform,
    self,
    openStdin,
    signal,
  };
}

/** Commander's complaint in tq's form; `tq redis` without a subcommand is one too. */
function explainUsage(error: CommanderError, argv: readonly string[]): TqError {
  const path: string[] = [];
  let entries: readonly CommandEntry[] = commands;
  for (const word of argv) {
    const entry = entries.find(({ name }) => name === word);
    if (!entry) continue;
    path.push(word);
    entries = "children" in entry ? entry.children : [];
  }
  const message =
    error.code === "commander.help"
      ? `${path.join(" ")} needs one of: ${entries.flatMap(({ name, hidden }) => (hidden ? [] : name)).join(", ")}`
      : withoutUrls(error.message.replace(/^error: /, ""));
  const hint = `See: ${["tq", ...path, "--help"].join(" ")}`;
  return new TqError(message, { code: "usage", exitCode: 2, hint });
}

/** Commander repeats what it does not understand: a url with a password, behind a mistyped option, is not. */
function withoutUrls(message: string): string {
  return message
    .replace(/^(unknown option '[^=']*)=.*'/s, "$1'")
    .replace(/(argument|command) '.*(:\/\/|@).*'/s, "$1 '…'");
}
