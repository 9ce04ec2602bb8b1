import { TqError } from "../../errors.js";
import { type CommandModule } from "../command.js";
import { consumeMessages } from "../consume-messages.js";
import { type Context } from "../context.js";
import { seconds, wholeNumber } from "../options.js";
import { addReliableOptions, readReliableFlags, type ReliableFlags } from "../reliable-options.js";

interface ConsumeOptions extends ReliableFlags {
  timeout?: number;
  max?: number;
  batch?: number;
  exec?: string;
  shell?: true;
  execTimeout?: number;
  concurrency?: number;
}

export const consume: CommandModule = {
  define: (command) =>
    addReliableOptions(
      command
        .option("--timeout <seconds>", "end when none has come for so long; 0 waits for ever", seconds)
        .option("--max <n>", "end after so many messages", wholeNumber(1))
        .option(
          "--batch <n>",
          "take up to so many at once, if they wait already: much faster, but a consumer that is killed (kill -9)" +
            " loses up to n messages instead of one, and a pipe that closes may get some that are queued again",
          wholeNumber(1),
        ),
    )
      .option("--exec <command>", "run it for each message, given on its standard input; implies --reliable")
      .option("--shell", "with --exec: let a shell read the command")
      .option(
        "--exec-timeout <seconds>",
        "with --exec: one that takes longer is ended, and has failed",
        seconds,
      )
      .option("--concurrency <n>", "with --exec: so many at once (default: 1)", wholeNumber(1)),

  run: async (context, options: ConsumeOptions) => {
    const { exec, timeout, max, batch, ...flags } = options;
    checkCombination(options);
    if (exec !== undefined) return runForEach(context, exec, options);
    return consumeMessages(context, { timeout, max, batch, reliable: readReliableFlags(context, flags) });
  },
};

/** With a command nothing is lost: that is what somebody expects of a message that failed. */
async function runForEach(context: Context, exec: string, options: ConsumeOptions): Promise<number> {
  const { timeout, max, shell = false, execTimeout = 0, concurrency = 1, lease, attempts } = options;
  const { readCommandLine } = await import("../exec/command-line.js");
  const { execMessages } = await import("../exec/exec-messages.js");
  const reliable = readReliableFlags(context, {
    reliable: true,
    ...(lease !== undefined && { lease }),
    ...(attempts !== undefined && { attempts }),
  });
  const command = readCommandLine(exec, shell);
  return execMessages(context, {
    command,
    timeout,
    max,
    execTimeout,
    concurrency,
    reliable: { ...reliable },
  });
}

function checkCombination(options: ConsumeOptions): void {
  const { exec, max, batch, reliable, shell, execTimeout, concurrency } = options;
  const refuse = (message: string, hint: string) =>
    new TqError(message, { code: "bad-combination", exitCode: 2, hint });
  if (batch !== undefined && (exec !== undefined || reliable)) {
    throw refuse(
      "--batch takes messages for good, which --reliable and --exec promise not to do",
      "Leave out --batch, or the other.",
    );
  }
  if (exec === undefined) {
    const given = Object.entries({
      "--shell": shell,
      "--exec-timeout": execTimeout,
      "--concurrency": concurrency,
    });
    const [name] = given.find(([, value]) => value !== undefined) ?? [];
    if (name !== undefined) throw refuse(`${name} is for --exec`, "Add:  --exec <command>");
  } else if (max !== undefined && (concurrency ?? 1) > 1) {
    throw refuse("--max counts one message at a time", "Leave out --concurrency, or --max.");
  }
}
