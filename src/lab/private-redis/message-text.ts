import { readMessage } from "../trace/describe-message.js";

/** A message as text, whether HotQueue put it or a Redis client. */
export function textOf(bytes: Buffer): string {
  const reading = readMessage(bytes);
  return reading.form === "pickle" && typeof reading.value === "string" ? reading.value : bytes.toString();
}
