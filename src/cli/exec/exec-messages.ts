import { createHash } from "node:crypto";
import { TqError } from "../../errors.js";
import { type Message } from "../../queue/message.js";
import { type ReliableOptions } from "../../queue/reliable/settings.js";
import { type Context } from "../context.js";
import { withQueue } from "../open-queue.js";
import { valueText } from "../show-message.js";
import { type CommandLine } from "./command-line.js";
import { runCommand } from "./run-command.js";

export interface ExecOptions {
  command: CommandLine;
  /** Seconds that a command may take; 0 any. */
  execTimeout: number;
  concurrency: number;
  /** Seconds; see `HotQueue.messages`. */
  timeout?: number | undefined;
  /** End after so many messages. */
  max?: number | undefined;
  reliable: ReliableOptions;
}

/** Seconds for commands to finish after a stop; tq itself has ten. */
const GRACE = 8;

/** Runs a command for each message, and returns the exit code. */
export function execMessages(context: Context, options: ExecOptions): Promise<number> {
  const { command, execTimeout, concurrency, timeout, max = Infinity, reliable } = options;
  const { notes, signal } = context;
  return withQueue(
    context,
    async (queue, target) => {
      const place = `queue "${queue.name}" (${target.url}, database ${target.connection.db})`;
      if (notes.interactive) notes.say(`waiting on ${place}; Ctrl-C ends`);
      const enough = new AbortController();
      let count = 0;
      let failure: { error: unknown } | undefined;
      const handle = async (message: Message, late: AbortSignal) => {
        const env = { ...context.env, ...facts(message, queue.name) };
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
        { concurrency, timeout, signal: AbortSignal.any([signal, enough.signal]), grace: GRACE },
      );
      await work();
      if (failure) throw failure.error;
      if (count > 0 || signal.aborted) return 0;
      notes.say(`no message came in ${timeout ?? 0} s on ${place}`);
      return 1;
    },
    reliable,
  );
}

/** Its text is the reason of the failure, as it is told. */
class CommandFailure extends Error {
  override readonly name = "the command failed";
}

function inputText({ settings }: Context, message: Message): string {
  return valueText(settings, message.value, {
    waited: Number(message.waited.toFixed(6)),
    received: message.received.toISOString(),
    attempt: message.attempt,
  });
}

/** What the command is told of its message. Equal messages have one id, and a message keeps its own. */
function facts({ attempt, bytes, received }: Message, queue: string): Record<string, string> {
  return {
    TQ_QUEUE: queue,
    TQ_ATTEMPT: String(attempt),
    TQ_MESSAGE_ID: createHash("sha1").update(bytes).digest("hex"),
    TQ_MESSAGE_BYTES: String(bytes.length),
    TQ_MESSAGE_RECEIVED: received.toISOString(),
  };
}
