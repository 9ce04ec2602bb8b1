import { SerializationError } from "../../queue/serializers/serializer.js";
import { serializers } from "../../queue/serializers/index.js";
import { describeValue } from "../../queue/values/value-form.js";

/** A message as HotQueue would read it. */
export type Reading =
  | { form: "pickle"; value: unknown; shown: string }
  /** Not a pickle, and text. */
  | { form: "text"; shown: string }
  | { form: "unreadable"; shown: string };

const LONGEST = 60;

/** Reads a message; one that its source has cut counts as a pickle if it begins as one. */
export function readMessage(bytes: Buffer): Reading {
  try {
    const value: unknown = serializers.pickle.decode(bytes);
    return { form: "pickle", value, shown: shorten(describeValue(value)) };
  } catch (error) {
    if (!(error instanceof SerializationError)) throw error;
    if (bytes[0] === 0x80) return { form: "pickle", value: undefined, shown: "a long message" };
  }
  const text = bytes.toString();
  return text.includes("\ufffd")
    ? { form: "unreadable", shown: `${bytes.length} bytes` }
    : { form: "text", shown: shorten(JSON.stringify(text)) };
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
