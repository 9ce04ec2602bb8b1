import { closeSync, openSync, readSync } from "node:fs";

/** As much of a file as its head may take: version, sizes and times, and scripts. */
const HEAD = 64 * 1024;

/** What begins a part of a file that Redis has saved. */
const PARTS = { auxiliary: 0xfa, database: 0xfe, end: 0xff };

/** Whether a file that Redis has saved holds any key; null where it cannot be read, or is of another form. */
export function hasKeys(path: string): boolean | null {
  const head = readHead(path);
  if (head === null || !/^(?:REDIS|VALKEY)\d{3,4}$/.test(head.toString("latin1", 0, 9))) return null;
  let at = 9;
  while (at < head.length && head[at] === PARTS.auxiliary) {
    // A name and its value.
    const value = afterText(head, at + 1);
    const next = value === null ? null : afterText(head, value);
    if (next === null) return null;
    at = next;
  }
  return head[at] === PARTS.database ? true : head[at] === PARTS.end ? false : null;
}

function readHead(path: string): Buffer | null {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(HEAD);
      return bytes.subarray(0, readSync(file, bytes, 0, HEAD, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return null; // another user's
  }
}

/** Where the text that begins here ends; null where its form is not known. */
function afterText(bytes: Buffer, at: number): number | null {
  const first = bytes[at] ?? 0;
  switch (first >> 6) {
    case 0:
      return at + 1 + (first & 0x3f);
    case 1:
      return at + 2 + (((first & 0x3f) << 8) | (bytes[at + 1] ?? 0));
    case 2:
      return first === 0x80 && at + 5 <= bytes.length ? at + 5 + bytes.readUInt32BE(at + 1) : null;
    default: {
      // A number of one, two or four bytes.
      const size = [1, 2, 4][first & 0x3f];
      return size === undefined ? null : at + 1 + size;
    }
  }
}
