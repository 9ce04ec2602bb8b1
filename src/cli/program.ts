import { Command, CommanderError } from "commander";
import { dirname, join } from "node:path";
import { version } from "./version.js";
import { arrangeArguments, findPath } from "./arrange-arguments.js";
import { addCommands } from "./command-tree.js";
import { commands } from "./commands/index.js";
import { type Context, type Settings, type Surroundings } from "./context.js";
import { findHome } from "./home.js";
import { addGlobalOptions } from "./options.js";
import { StandardError } from "./terminal/standard-error.js";
import { Output } from "./terminal/output.js";

/** Parses the command line, loads the one command that it names, runs it, and returns the exit code. */
export async function runCommandLine(surroundings: Surroundings): Promise<number> {
  const { argv, stdout } = surroundings;
  let exitCode = 0;
  const program = addGlobalOptions(new Command("tq")).version(version);
  program.helpCommand(false).exitOverride();
  const help: string[] = [];
  program.configureOutput({ writeOut: (text) => help.push(text), writeErr: () => undefined });
  const wanted = await (asksForHelp(argv) ? import("./help/answer.js") : null)?.then(({ answerHelp }) =>
    answerHelp(program, argv, commands, {
      columns: stdout.columns,
      canChoose: stdout.isTTY === true && surroundings.openStdin().isTTY === true,
    }),
  );
  addCommands(program, commands, async (module, command, args) => {
    const context = makeContext(surroundings, command.optsWithGlobals());
    const run = module.run as (...all: unknown[]) => Promise<number | undefined>;
    exitCode = (await run(context, command.opts(), ...args, command)) ?? 0;
  });
  const words = wanted ?? arrangeArguments(argv, commands);
  try {
    if (typeof words === "string") help.push(`${words}\n`);
    else await program.parseAsync(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0 || error.code === "commander.help") {
      throw (await import("./explain-usage.js")).explainUsage(error, argv, findPath(argv, commands));
    }
  }
  if (help.length > 0) await new Output(stdout, false).write(help.join(""));
  return exitCode;
}

function asksForHelp(argv: readonly string[]): boolean {
  return argv.length === 0 || argv.includes("help") || argv.includes("--help") || argv.includes("-h");
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
