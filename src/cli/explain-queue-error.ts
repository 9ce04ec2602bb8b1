import { isUtf8 } from "node:buffer";
import { TqError } from "../errors.js";
import {
  NotPutBackError,
  UnconfirmedPutError,
  UnreadableMessageError,
  WrongTypeError,
} from "../queue/errors.js";
import { QueueNameError } from "../queue/reliable/errors.js";
import { SerializationError } from "../queue/serializers/serializer.js";
import { explainRedisError } from "../redis/explain-error.js";
import { redisCliFor, type Target } from "../redis/target.js";
import { countMessages } from "./count-messages.js";

/** How much of an unreadable message is shown. */
const SHOWN_BYTES = 32;

/** The failure of a queue operation as a person at a terminal needs it; what is no such failure comes back. */
export function explainQueueError(error: unknown, target: Target): unknown {
  if (error instanceof UnreadableMessageError) return explainUnreadable(error, target);
  if (error instanceof WrongTypeError) return explainWrongType(error, target);
  if (error instanceof NotPutBackError) return explainNotPutBack(error, target);
  if (error instanceof UnconfirmedPutError) return explainUnconfirmed(error, target);
  if (error instanceof QueueNameError) return explainQueueName(error);
  if (error instanceof SerializationError) return explainUnshowable(error);
  if (error instanceof TqError || !comesFromConnection(error)) return error;
  return explainRedisError(error, target);
}

/** Errors of sockets and TLS have a code; those of ioredis and its parser have names of their own. */
function comesFromConnection(error: unknown): error is Error {
  if (!(error instanceof Error) || error.name === "AbortError") return false;
  const known = ["ReplyError", "ParserError", "ClusterAllFailedError", "AggregateError"];
  return (
    "code" in error ||
    known.includes(error.name) ||
    /Connection is closed|sentinel|cluster/i.test(error.message)
  );
}

function explainUnreadable(error: UnreadableMessageError, target: Target): TqError {
  const { key, bytes, serializer } = error;
  const remedy = guessSerializer(bytes, serializer);
  const reason = error.cause instanceof Error ? error.cause.message : "";
  return new TqError(`the first message of ${key} is not ${serializer}: ${reason}`, {
    code: "unreadable-message",
    exitCode: 1,
    hint: [
      `It begins with:  ${showBytes(bytes)}`,
      `See it:          ${redisCliFor(target, "LINDEX", key, "0")}`,
      remedy
        ? `Read it:         the same command with --serializer ${remedy}`
        : `Read the bytes:  the same command with --serializer text`,
      "It is still in the queue.",
    ].join("\n"),
    cause: error,
  });
}

/** It could be read, and its public form has no end in sight. */
function explainUnshowable(error: SerializationError): TqError {
  return new TqError(`the first message cannot be shown: ${error.message}`, {
    code: "unshowable-message",
    exitCode: 1,
    hint: "Take its bytes:  the same command with --serializer text\nIt is still in the queue.",
    cause: error,
  });
}

function explainQueueName(error: QueueNameError): TqError {
  return new TqError(error.message, {
    code: "queue-name",
    exitCode: 2,
    hint: "All keys of a queue stand together in a cluster by its name; braces would part them.\nUse another:     --queue <name>",
    cause: error,
  });
}

function explainWrongType({ key, type }: WrongTypeError, target: Target): TqError {
  return new TqError(`${key} in database ${target.connection.db} holds a ${type}; a queue is a list`, {
    code: "wrong-type",
    exitCode: 1,
    hint: [
      `See it:          ${redisCliFor(target, "TYPE", key)}`,
      "Another program uses this key. Nothing was changed.",
      "Use another:     --queue <name>, or another database with --db <n>",
    ].join("\n"),
  });
}

function explainNotPutBack(error: NotPutBackError, target: Target): TqError {
  const cause = explainQueueError(error.cause, target);
  return new TqError(`a message was taken from ${error.key} and could not be put back`, {
    code: "not-put-back",
    exitCode: 3,
    hint: [
      cause instanceof Error ? cause.message : String(cause),
      "The message, in base64; put it back with redis-cli -x LPUSH:",
      Buffer.from(error.bytes).toString("base64"),
    ].join("\n"),
    cause: error,
  });
}

function explainUnconfirmed(error: UnconfirmedPutError, target: Target): TqError {
  const { message } = explainRedisError(error.cause, target);
  return new TqError(`${message} before it confirmed ${countMessages(error.count)}`, {
    code: "put-unconfirmed",
    exitCode: 3,
    hint: [
      "Whether they are on the queue is not known; they were not sent a second time.",
      `See:             ${redisCliFor(target, "LRANGE", error.key, String(-error.count), "-1")}`,
    ].join("\n"),
    cause: error,
  });
}

/** The serializer that these bytes look like they were written with. */
function guessSerializer(bytes: Uint8Array, tried: string): string | null {
  const last = bytes.at(-1);
  if (tried !== "pickle" && bytes[0] === 0x80 && last === 0x2e) return "pickle";
  if (!isUtf8(bytes)) return null;
  if (tried !== "json" && bytes.length > 1 && isJson(Buffer.from(bytes).toString())) return "json";
  return tried === "text" ? null : "text";
}

function isJson(text: string): boolean {
  if (!/^[[{"]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The first bytes as text where they are text, otherwise as Python would write them. */
function showBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return "nothing: it is empty";
  const head = Buffer.from(bytes.subarray(0, SHOWN_BYTES));
  const text = head.toString("latin1").replace(/[^ -~]|[\\"]/g, (character) => {
    if (character === "\\" || character === '"') return `\\${character}`;
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return `b"${text}"${bytes.length > SHOWN_BYTES ? `… (${bytes.length} bytes)` : ""}`;
}
