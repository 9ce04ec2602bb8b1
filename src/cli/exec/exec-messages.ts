import { createHash } from "node:crypto";
import { TqError } from "../../errors.js";
import { type Message } from "../../queue/message.js";
import { type ReliableOptions } from "../../queue/reliable/settings.js";
import { type Context } from "../context.js";
import { takenFacts, valueText } from "../show-message.js";
import { waitForMessages, type WaitOptions } from "../wait-for-messages.js";
import { type CommandLine } from "./command-line.js";
import { runCommand } from "./run-command.js";

export interface ExecOptions extends WaitOptions {
  command: CommandLine;
  /** Seconds that a command may take; 0 any. */
  execTimeout: number;
  concurrency: number;
  /** End after so many messages. */
  max?: number | undefined;
  reliable: ReliableOptions;
}

/** Seconds for commands to finish after a stop; tq itself has ten. */
const GRACE = 8;

/** Runs a command for each message, and returns the exit code. */
export function execMessages(context: Context, options: ExecOptions): Promise<number> {
  const { command, execTimeout, concurrency, timeout, max = Infinity } = options;
  return waitForMessages(context, options, async (queue) => {
    const enough = new AbortController();
    let count = 0;
    let failure: { error: unknown } | undefined;
    const handle = async (message: Message, late: AbortSignal) => {
      const env = { ...context.env, ...variablesOf(message, queue.name) };
      const input = `${inputText(context, message)}\n`;
      return runCommand(command, { input, env, timeout: execTimeout, signal: late });
    };
    const work = queue.worker(
      async (_item, { message, signal: late }) => {
        const reason = await handle(message, late).catch(async (error: unknown) => {
          if (!(error instanceof TqError)) throw error;
          failure ??= { error };
          enough.abort();
          await message.putBack();
          return null;
        });
        count += 1;
        if (count >= max) enough.abort();
        if (reason !== null) throw new CommandFailure(reason);
      },
      { concurrency, timeout, signal: AbortSignal.any([context.signal, enough.signal]), grace: GRACE },
    );
    await work();
    if (failure) throw failure.error;
    return count;
  });
}

/** Its text is the reason of the failure, as it is told. */
class CommandFailure extends Error {
  override readonly name = "the command failed";
}

function inputText({ settings }: Context, message: Message): string {
  return valueText(settings, message.value, { ...takenFacts(message), attempt: message.attempt });
}

/** What the command finds in its environment about its message. Equal messages have one id, and a message keeps its own. */
function variablesOf({ attempt, bytes, received }: Message, queue: string): Record<string, string> {
  return {
    TQ_QUEUE: queue,
    TQ_ATTEMPT: String(attempt),
    TQ_MESSAGE_ID: createHash("sha1").update(bytes).digest("hex"),
    TQ_MESSAGE_BYTES: String(bytes.length),
    TQ_MESSAGE_RECEIVED: received.toISOString(),
  };
}
