import { SerializationError } from "../serializer.js";
import { type ByteReader } from "./byte-reader.js";
import { decodeDecimal, decodeInteger, LONGEST_INTEGER } from "./integers.js";
import { Op } from "./opcodes.js";
import { decodeQuoted, decodeRawUnicodeEscape, decodeText, textOrBytes } from "./text.js";

/** What repr() of a float gives in Python. */
const FLOAT = /^[-+]?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|inf|nan)$/;

/** The value that stands behind an opcode: None, a number, text or bytes. */
export function readScalar(op: number, input: ByteReader): unknown {
  switch (op) {
    case Op.NONE:
      return null;
    case Op.NEWTRUE:
      return true;
    case Op.NEWFALSE:
      return false;
    case Op.BININT:
      return input.int32();
    case Op.BININT1:
      return input.byte();
    case Op.BININT2:
      return input.uint16();
    case Op.LONG1:
      return decodeInteger(input.take(input.byte()));
    case Op.LONG4:
      return decodeInteger(input.take(checkLength(input.int32())));
    case Op.INT:
      return readInteger(input.line().toString("latin1"));
    case Op.LONG:
      return readDecimal(input.line().toString("latin1").replace(/L$/, ""));
    case Op.BINFLOAT:
      return input.double();
    case Op.FLOAT:
      return readFloat(input.line().toString("latin1"));
    case Op.SHORT_BINUNICODE:
      return readText(input.take(input.byte()));
    case Op.BINUNICODE:
      return readText(input.take(input.uint32()));
    case Op.BINUNICODE8:
      return readText(input.take(input.uint64()));
    case Op.UNICODE:
      return decodeRawUnicodeEscape(input.line());
    case Op.SHORT_BINSTRING:
      return textOrBytes(input.take(input.byte()));
    case Op.BINSTRING:
      return textOrBytes(input.take(input.int32()));
    case Op.STRING:
      return readQuoted(input.line());
    case Op.SHORT_BINBYTES:
      return new Uint8Array(input.take(input.byte()));
    case Op.BINBYTES:
      return new Uint8Array(input.take(input.uint32()));
    case Op.BINBYTES8:
    case Op.BYTEARRAY8:
      return new Uint8Array(input.take(input.uint64()));
    default:
      throw new SerializationError(`0x${op.toString(16).padStart(2, "0")} is no opcode of pickle`);
  }
}

/** Protocol 0 has 00 and 01 for False and True. */
function readInteger(text: string): unknown {
  if (text === "00" || text === "01") return text === "01";
  return readDecimal(text);
}

function readDecimal(text: string): number | bigint {
  const value = decodeDecimal(text);
  if (value === null)
    throw new SerializationError("an integer has other characters than digits, or too many");
  return value;
}

function checkLength(length: number): number {
  if (length > LONGEST_INTEGER)
    throw new SerializationError(`an integer is longer than ${LONGEST_INTEGER} bytes`);
  return length;
}

function readFloat(text: string): number {
  if (!FLOAT.test(text)) throw new SerializationError("a float has other characters than Python writes");
  return Number(text.replace("inf", "Infinity").replace("nan", "NaN"));
}

function readText(bytes: Buffer): string {
  const text = decodeText(bytes);
  if (text === null) throw new SerializationError("its text is not UTF-8");
  return text;
}

function readQuoted(line: Buffer): string | Uint8Array {
  const bytes = decodeQuoted(line);
  if (bytes === null) throw new SerializationError("a string stands in no quotes");
  return textOrBytes(bytes);
}
