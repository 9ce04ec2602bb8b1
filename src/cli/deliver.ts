import { type Message } from "../queue/message.js";
import { type Context } from "./context.js";
import { showValue } from "./show-message.js";
import { ClosedPipeError } from "./terminal/output.js";

/** What became of a message: handed over, or back in the queue because nobody reads our output any more. */
export type Delivery = "delivered" | "nobody-reads";

/** Prints a message. Whatever prevents that, the message goes back to the head of the queue. */
export async function deliver(context: Context, message: Message, prefix = ""): Promise<Delivery> {
  try {
    const line = showValue(context, message.value, {
      waited: Number(message.waited.toFixed(6)),
      received: message.received.toISOString(),
    });
    await context.out.write(`${context.out.clean(prefix)}${line}\n`, context.signal);
    return "delivered";
  } catch (error) {
    await message.putBack();
    if (error instanceof ClosedPipeError) return "nobody-reads";
    throw error;
  }
}
