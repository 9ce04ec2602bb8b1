import { isUtf8 } from "node:buffer";

/*
 * Python's codec "utf-8" with the error handler "surrogatepass": as UTF-8, and halves of surrogate pairs, which
 * UTF-8 does not have, as if they were characters: three bytes each, ED A0 80 to ED BF BF.
 */

export function encodeText(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  const bytes = Buffer.allocUnsafe(text.length * 3);
  let length = 0;
  let from = 0;
  for (const { 0: half, index } of text.matchAll(/\p{Surrogate}/gu)) {
    length += bytes.write(text.slice(from, index), length);
    const code = half.charCodeAt(0);
    bytes[length++] = 0xe0 | (code >> 12);
    bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
    bytes[length++] = 0x80 | (code & 0x3f);
    from = index + 1;
  }
  length += bytes.write(text.slice(from), length);
  return bytes.subarray(0, length);
}

/** Null where the bytes are not such text. */
export function decodeText(bytes: Buffer): string | null {
  const text = bytes.toString();
  // What is not UTF-8 was replaced by this character; only where it stands does it take a closer look.
  if (!text.includes("\ufffd") || isUtf8(bytes)) return text;
  // As UTF-16, which has the halves: a string of strings would take far more memory than the input.
  const units = Buffer.allocUnsafe(bytes.length * 2);
  let length = 0;
  let from = 0;
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    const [second, third] = [bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
    if (second < 0xa0 || second > 0xbf || third < 0x80 || third > 0xbf) continue;
    const before = bytes.subarray(from, at);
    if (!isUtf8(before)) return null;
    length += units.write(before.toString(), length, "utf16le");
    length = units.writeUInt16LE(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f), length);
    from = at + 3;
  }
  const rest = bytes.subarray(from);
  if (from === 0 || !isUtf8(rest)) return null;
  length += units.write(rest.toString(), length, "utf16le");
  return units.toString("utf16le", 0, length);
}

/** Python's codec "raw-unicode-escape", in which protocol 0 writes text. */
export function decodeRawUnicodeEscape(bytes: Buffer): string {
  // A backslash and what stands behind it go together: the second of two begins no escape.
  const escape = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[^])/g;
  return bytes.toString("latin1").replace(escape, (all: string, four?: string, eight?: string) => {
    const code = parseInt(four ?? eight ?? "", 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** A str of Python 2 as protocol 0 writes it: its repr, in quotes. Null where it is none. */
export function decodeQuoted(line: Buffer): Buffer | null {
  const text = line.toString("latin1").trim();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || !text.endsWith(quote)) return null;
  const plain = text.slice(1, -1).replace(/\\(x[0-9a-f]{2}|[0-7]{1,3}|[^])/gi, (all, code: string) => {
    if (/^x../i.test(code)) return String.fromCharCode(parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(parseInt(code, 8) & 0xff);
    return ESCAPES[code] ?? all;
  });
  return Buffer.from(plain, "latin1");
}

/** A str of Python 2 may be text or bytes: text where it can be read as that. */
export function textOrBytes(bytes: Buffer): string | Uint8Array {
  return isUtf8(bytes) ? bytes.toString() : new Uint8Array(bytes);
}
