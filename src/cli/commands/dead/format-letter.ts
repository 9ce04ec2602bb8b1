import { type DeadLetter } from "../../../queue/reliable/dead-letters.js";
import { UnreadableMessageError } from "../../../queue/errors.js";
import { SerializationError } from "../../../queue/serializers/serializer.js";
import { describeValue, formatValue } from "../../../queue/values/value-form.js";
import { type Settings } from "../../context.js";

/** A line of JSON; what the serializer cannot read has its bytes, in base64, in place of a value. */
export function formatLetter({ queue }: Settings, letter: DeadLetter): string {
  const { id, time, attempts, reason, consumer, bytes } = letter;
  const facts = JSON.stringify({ queue, id, time: time.toISOString(), attempts, reason, consumer });
  const value = orNull(() => formatValue(letter.value));
  const content = value === null ? `"bytes":"${bytes.toString("base64")}"` : `"value":${value}`;
  return `${facts.slice(0, -1)},${content}}`;
}

/** The message as text. */
export function messageText(letter: DeadLetter): string {
  const { length } = letter.bytes;
  return orNull(() => describeValue(letter.value)) ?? `(cannot be read: ${length} bytes)`;
}

/** Null where the message cannot be read or shown. */
function orNull(show: () => string): string | null {
  try {
    return show();
  } catch (error) {
    if (error instanceof UnreadableMessageError || error instanceof SerializationError) return null;
    throw error;
  }
}
