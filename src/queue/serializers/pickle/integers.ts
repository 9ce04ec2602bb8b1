import { MOST_DIGITS } from "../../values/json-reader.js";

/**
 * The longest integer that is read, in bytes: no more than `MOST_DIGITS`. Printing takes time that grows faster than
 * the length, and Python itself prints no more than 4300 digits.
 */
export const LONGEST_INTEGER = 4096;

/** Little-endian two's complement in as few bytes as Python uses; empty for 0. */
export function encodeInteger(value: bigint): Buffer {
  if (value === 0n) return Buffer.alloc(0);
  const negative = value < 0n;
  // One's complement has the same digits as the number whose sign it takes away.
  const digits = (negative ? ~value : value).toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const bytes = Buffer.from(even, "hex").reverse();
  const [top = 0] = bytes.subarray(-1);
  const whole = top >= 0x80 ? Buffer.concat([bytes, Buffer.alloc(1)]) : bytes;
  if (negative) for (let index = 0; index < whole.length; index += 1) whole[index] = ~(whole[index] ?? 0);
  return whole;
}

/** The reverse, for any number of bytes: a number where that is exact, else a bigint. */
export function decodeInteger(bytes: Buffer): number | bigint {
  if (bytes.length === 0) return 0;
  const big = BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
  return narrow(BigInt.asIntN(bytes.length * 8, big));
}

/** Decimal digits as Python writes an int; null where they are none, or too many. */
export function decodeDecimal(text: string): number | bigint | null {
  const digits = text.trim();
  return digits.length <= MOST_DIGITS && /^[-+]?\d+$/.test(digits)
    ? narrow(BigInt(digits.replace("+", "")))
    : null;
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
