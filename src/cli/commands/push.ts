import { Option } from "commander";
import { TqError } from "../../errors.js";
import { type HotQueue } from "../../queue/hot-queue.js";
import { serializers } from "../../queue/serializers/index.js";
import { SerializationError } from "../../queue/serializers/serializer.js";
import { parseValue } from "../../queue/values/value-form.js";
import { type CommandModule } from "../command.js";
import { type Context } from "../context.js";
import { countMessages, groupDigits } from "../count-messages.js";
import { withQueue } from "../open-queue.js";
import { readLines } from "../terminal/lines.js";

interface PushOptions {
  input: "text" | "json";
}

/** Makes the bytes of a message from an argument or line; `place` names it in an error. */
type Encode = (text: string, place: string) => Uint8Array;

/** Milliseconds after which somebody who ended it is told what it still waits for. */
const SILENCE = 500;

/** What Redis has confirmed. */
interface Progress {
  confirmed: number;
  /** Sent, and not answered yet. */
  unanswered: number;
  /** The queue's length after the last put. */
  length: number;
}

export const push: CommandModule = {
  define: (command) =>
    command
      .argument("[message...]", 'the messages; none, or "-", reads one a line from standard input')
      .addOption(
        new Option("--input <form>", "what each argument or line is")
          .choices(["text", "json"])
          .default("text"),
      ),

  run: async (context, { input }: PushOptions, messages: string[]) => {
    const encode = encoder(input, context.settings.serializer);
    if (messages.length === 0 || (messages.length === 1 && messages[0] === "-")) {
      // A file of JSON lines often ends with an empty one, or has some between.
      const skips = (line: string) => input === "json" && line.trim() === "";
      return withQueue(context, (queue) => pushLines(context, queue, encode, skips));
    }
    // An argument that cannot be read is found out before there is a connection.
    const encoded = messages.map((text, index) => encode(text, `argument ${index + 1}`));
    return withQueue(context, async (queue) => {
      const length = await queue.putEncoded(encoded);
      await report(context, encoded.length, length);
      return 0;
    });
  },
};

async function pushLines(
  context: Context,
  queue: HotQueue,
  encode: Encode,
  skips: (line: string) => boolean,
): Promise<number> {
  const { notes, signal } = context;
  const stdin = context.openStdin();
  if (stdin.isTTY) notes.say("one message a line; Ctrl-D ends");
  const started = performance.now();
  const progress: Progress = { confirmed: 0, unanswered: 0, length: 0 };
  let silence: NodeJS.Timeout | undefined;
  const stop = (): void => {
    stdin.destroy();
    silence = setTimeout(() => {
      const { confirmed, unanswered } = progress;
      notes.say(
        `${countMessages(confirmed)} pushed and confirmed; Redis has not answered yet for ${countMessages(unanswered)} more. Waiting; Ctrl-C again ends at once, and leaves it unknown.`,
      );
    }, SILENCE);
  };
  signal.addEventListener("abort", stop, { once: true });
  let line = 0;
  // The next lines are encoded while Redis answers; they are sent when it has: at most one put is unconfirmed.
  let underway = Promise.resolve();
  const put = async (encoded: readonly Uint8Array[]): Promise<void> => {
    progress.unanswered = encoded.length;
    progress.length = await queue.putEncoded(encoded);
    progress.confirmed += encoded.length;
    progress.unanswered = 0;
  };
  try {
    for await (const lines of readLines(stdin)) {
      const { encoded, failure } = encodeUpToFailure(lines, (text) => {
        line += 1;
        return skips(text) ? null : encode(text, `line ${line} of standard input`);
      });
      await underway;
      underway = put(encoded);
      // Where it fails, no other line is waited for.
      underway.catch(() => stdin.destroy());
      if (failure) {
        await underway;
        throw failure;
      }
      notes.progress(() => {
        const rate = (progress.confirmed / (performance.now() - started)) * 1000;
        return `${countMessages(progress.confirmed)} pushed, ${groupDigits(Math.round(rate))} a second`;
      });
    }
    await underway;
  } catch (error) {
    const cause: unknown = await underway.then(
      () => error,
      (reason: unknown) => reason,
    );
    notes.say(`${countMessages(progress.confirmed)} pushed and confirmed before it ended`);
    if (signal.aborted && cause === error) return 0; // the input was closed by the stop
    throw cause;
  } finally {
    clearTimeout(silence);
    notes.endProgress();
  }
  if (progress.confirmed === 0) progress.length = await queue.length();
  await report(context, progress.confirmed, progress.length);
  return 0;
}

/** What stands before a bad line is put, and only then the line is complained of. Null is no message. */
function encodeUpToFailure(
  lines: string[],
  encode: (line: string) => Uint8Array | null,
): { encoded: Uint8Array[]; failure?: Error } {
  const encoded: Uint8Array[] = [];
  for (const text of lines) {
    try {
      const message = encode(text);
      if (message) encoded.push(message);
    } catch (error) {
      if (!(error instanceof TqError)) throw error;
      return { encoded, failure: error };
    }
  }
  return { encoded };
}

function encoder(input: PushOptions["input"], name: Context["settings"]["serializer"]): Encode {
  const serializer = serializers[name];
  return (text, place) => {
    try {
      return serializer.encode(input === "json" ? parseValue(text) : text);
    } catch (error) {
      if (!(error instanceof SerializationError)) throw error;
      throw new TqError(`${place}: ${error.message}`, {
        code: "bad-message",
        exitCode: 2,
        hint:
          input === "json"
            ? 'With --input json each is a JSON value; a string stands in quotes: "hello"'
            : undefined,
        cause: error,
      });
    }
  };
}

async function report({ out, settings }: Context, pushed: number, length: number): Promise<void> {
  if (settings.json) {
    await out.line(JSON.stringify({ queue: settings.queue, pushed, length }));
  } else if (!settings.quiet) {
    await out.tell(`${countMessages(pushed)} pushed; ${groupDigits(length)} on queue "${settings.queue}"`);
  }
}
