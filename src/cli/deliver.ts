import { type Message } from "../queue/message.js";
import { type Context } from "./context.js";
import { showValue, takenFacts } from "./show-message.js";
import { ClosedPipeError } from "./terminal/output.js";

/** What became of messages: handed over, or back in the queue because nobody reads our output any more. */
export type Delivery = "delivered" | "nobody-reads";

/** Prints a message. Whatever prevents that, the message goes back to the head of the queue. */
export async function deliver(context: Context, message: Message, prefix = ""): Promise<Delivery> {
  try {
    await context.out.write(
      `${context.out.clean(prefix)}${formatMessage(context, message)}
`,
      context.signal,
    );
    return "delivered";
  } catch (error) {
    await message.putBack();
    if (error instanceof ClosedPipeError) return "nobody-reads";
    throw error;
  }
}

/**
 * Prints a batch with one write. Where that fails all of it goes back, in its order, although some may have been
 * printed: rather twice than never. Where a message cannot be read, those before it are printed, and it goes back
 * with the rest.
 */
export async function deliverBatch(context: Context, messages: readonly Message[]): Promise<Delivery> {
  const lines: string[] = [];
  let written = 0;
  try {
    const failure = showUpToFailure(context, messages, lines);
    if (lines.length > 0) await context.out.write(`${lines.join("\n")}\n`, context.signal);
    written = lines.length;
    if (failure) throw failure.error;
    return "delivered";
  } catch (error) {
    for (const message of messages.slice(written).reverse()) await message.putBack();
    if (error instanceof ClosedPipeError) return "nobody-reads";
    throw error;
  }
}

/** Adds the lines of those before the first that cannot be read. */
function showUpToFailure(
  context: Context,
  messages: readonly Message[],
  lines: string[],
): { error: unknown } | undefined {
  try {
    for (const message of messages) lines.push(formatMessage(context, message));
    return undefined;
  } catch (error) {
    return { error };
  }
}

function formatMessage(context: Context, message: Message): string {
  return showValue(context, message.value, takenFacts(message));
}
