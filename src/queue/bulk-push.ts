import { Command } from "ioredis";

/** Up to this many bytes a loop copies faster than a call that sets them does. */
const SMALL = 48;

/**
 * RPUSH of many messages, which go into the socket as one buffer. ioredis would make three pieces of each message
 * and join them at the end: for a million short messages that is 0.3 s of 0.8 s.
 */
export function pushCommand(key: string, messages: readonly Uint8Array[]): Command {
  const command = new Command("RPUSH", [key], { replyEncoding: null });
  command.toWritable = () => writePush(key, messages);
  return command;
}

/** The command as Redis reads it: an array of strings, each behind its length in bytes. */
function writePush(key: string, messages: readonly Uint8Array[]): Buffer {
  const head = `*${messages.length + 2}\r\n$5\r\nRPUSH\r\n$${Buffer.byteLength(key)}\r\n${key}\r\n`;
  let size = Buffer.byteLength(head);
  for (const { length } of messages) size += length + countDigits(length) + 5;
  const out = Buffer.allocUnsafe(size);
  let at = out.write(head);
  for (const message of messages) {
    const { length } = message;
    out[at] = 0x24; // $
    const start = at + 1 + countDigits(length);
    for (let rest = length, place = start - 1; place > at; place -= 1, rest = Math.floor(rest / 10)) {
      out[place] = 0x30 + (rest % 10);
    }
    at = endLine(out, start);
    if (length > SMALL) out.set(message, at);
    else for (let index = 0; index < length; index += 1) out[at + index] = message[index] ?? 0;
    at = endLine(out, at + length);
  }
  return out;
}

function countDigits(number: number): number {
  let digits = 1;
  for (let rest = number; rest > 9; rest = Math.floor(rest / 10)) digits += 1;
  return digits;
}

function endLine(out: Buffer, at: number): number {
  out[at] = 0x0d;
  out[at + 1] = 0x0a;
  return at + 2;
}
