import { serializers } from "../../queue/serializers/index.js";
import { readMessage } from "../trace/describe-message.js";

/** A message as text, whether HotQueue put it, with pickle or with JSON, or a Redis client. */
export function textOf(bytes: Buffer): string {
  const reading = readMessage(bytes);
  if (reading.form === "pickle") return typeof reading.value === "string" ? reading.value : bytes.toString();
  const text = bytes.toString();
  return jsonText(text) ?? text;
}

/** A message of another id, in the form of one that is known. */
export function messageLike(known: Buffer, id: string, other: string): Buffer {
  return readMessage(known).form === "pickle"
    ? Buffer.from(serializers.pickle.encode(other))
    : Buffer.from(known.toString().replaceAll(id, other));
}

/** The text that is written as JSON; null for anything else. */
export function jsonText(text: string): string | null {
  if (!/^".*"$/s.test(text)) return null;
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}
