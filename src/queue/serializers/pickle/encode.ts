import { isPlainObject, nameKind } from "../../values/plain-object.js";
import { MOST_LEVELS, showPlace, type Step } from "../../values/value-path.js";
import { SerializationError } from "../serializer.js";
import { ByteWriter } from "./byte-writer.js";
import { encodeInteger, LONGEST_INTEGER } from "./integers.js";
import { MOST_OPCODES, Op } from "./opcodes.js";
import { encodeText } from "./text.js";

const PROTOCOL = 4;

/** The numbers of CPython's _pickle.c: FRAME_SIZE_TARGET, FRAME_SIZE_MIN, and BATCHSIZE. */
const FRAME_TARGET = 64 * 1024;
const FRAME_LEAST = 4;
const FRAME_HEADER = 9;
const BATCH = 1000;

/** The longest string that takes one byte for its length even if each character takes three. */
const SHORT = 85;

/**
 * A value as `pickle.dumps(value, protocol=4)` of CPython writes it, byte for byte but for one thing: JavaScript
 * cannot tell whether two equal strings are the same object, so only the keys of dicts are written as references
 * to earlier ones. Throws `SerializationError` that says where what Python cannot load is.
 */
export function encodePickle(value: unknown): Buffer {
  if (typeof value === "string" && value.length <= SHORT && value.isWellFormed()) return encodeShort(value);
  return new Pickler().dump(value);
}

/** What most messages are, in one go. */
function encodeShort(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const bytes = Buffer.allocUnsafe(size + 15);
  bytes[0] = Op.PROTO;
  bytes[1] = PROTOCOL;
  bytes[2] = Op.FRAME;
  bytes.writeUInt32LE(size + 4, 3);
  bytes.writeUInt32LE(0, 7);
  bytes[11] = Op.SHORT_BINUNICODE;
  bytes[12] = size;
  bytes.write(text, 13);
  bytes[size + 13] = Op.MEMOIZE;
  bytes[size + 14] = Op.STOP;
  return bytes;
}

class Pickler {
  private readonly out = new ByteWriter(256);
  private frameStart = -1;
  private count = 0;
  private readonly memo = new Map<unknown, number>();
  private memoSize = 0;
  private readonly steps: Step[] = [];

  dump(value: unknown): Buffer {
    this.out.byte(Op.PROTO);
    this.out.byte(PROTOCOL);
    this.save(value, 0);
    this.op(Op.STOP);
    this.closeFrame();
    return this.out.finish();
  }

  /** Every opcode stands in a frame, but for those of long strings. */
  private op(code: number): void {
    this.count += 1;
    // What is written must be readable again.
    if (this.count >= MOST_OPCODES)
      throw new SerializationError(`the value has more than ${MOST_OPCODES} parts`);
    if (this.frameStart < 0) {
      this.frameStart = this.out.length;
      this.out.byte(Op.FRAME);
      this.out.uint64(0);
    }
    this.out.byte(code);
  }

  private closeFrame(): void {
    if (this.frameStart < 0) return;
    const content = this.frameStart + FRAME_HEADER;
    const size = this.out.length - content;
    if (size >= FRAME_LEAST) this.out.setUint64(this.frameStart + 1, size);
    else this.out.remove(this.frameStart, content);
    this.frameStart = -1;
  }

  /** Before each value, a key of a dict as well, a frame that is large enough ends. */
  private endLargeFrame(): void {
    const size = this.out.length - this.frameStart - FRAME_HEADER;
    if (this.frameStart >= 0 && size >= FRAME_TARGET) this.closeFrame();
  }

  private save(value: unknown, depth: number): void {
    this.endLargeFrame();
    switch (typeof value) {
      case "string":
        this.string(value);
        return;
      case "number":
        if (Number.isSafeInteger(value) && !Object.is(value, -0)) this.integer(value);
        else this.float(value);
        return;
      case "bigint":
        if (BigInt.asIntN(32, value) === value) this.integer(Number(value));
        else this.long(value);
        return;
      case "boolean":
        this.op(value ? Op.NEWTRUE : Op.NEWFALSE);
        return;
      case "object":
        if (value === null) this.op(Op.NONE);
        else this.object(value, depth);
        return;
      default:
        throw this.cannot(value, depth);
    }
  }

  private integer(value: number): void {
    if (value < -0x8000_0000 || value > 0x7fff_ffff) this.long(BigInt(value));
    else if (value < 0 || value > 0xffff) {
      this.op(Op.BININT);
      this.out.int32(value);
    } else if (value > 0xff) {
      this.op(Op.BININT2);
      this.out.uint16(value);
    } else {
      this.op(Op.BININT1);
      this.out.byte(value);
    }
  }

  private long(value: bigint): void {
    const bytes = encodeInteger(value);
    if (bytes.length > LONGEST_INTEGER) {
      throw new SerializationError(`an integer is longer than ${LONGEST_INTEGER} bytes`);
    }
    if (bytes.length <= 0xff) {
      this.op(Op.LONG1);
      this.out.byte(bytes.length);
    } else {
      this.op(Op.LONG4);
      this.out.int32(bytes.length);
    }
    this.out.bytes(bytes);
  }

  private float(value: number): void {
    this.op(Op.BINFLOAT);
    this.out.double(value);
  }

  private string(value: string): void {
    this.sized(encodeText(value), Op.SHORT_BINUNICODE, Op.BINUNICODE, Op.BINUNICODE8);
    this.memoize(undefined);
  }

  /** Bytes behind their length; long ones stand outside of the frames. */
  private sized(bytes: Uint8Array, short: number, medium: number, long: number): void {
    const { length } = bytes;
    const outside = length >= FRAME_TARGET;
    if (outside) this.closeFrame();
    const op = (code: number) => {
      if (outside) this.out.byte(code);
      else this.op(code);
    };
    if (length <= 0xff) {
      op(short);
      this.out.byte(length);
    } else if (length <= 0xffff_ffff) {
      op(medium);
      this.out.int32(length);
    } else {
      op(long);
      this.out.uint64(length);
    }
    this.out.bytes(bytes);
  }

  private object(value: object, depth: number): void {
    if (this.get(value)) return;
    if (depth >= MOST_LEVELS) throw this.tooDeep(depth);
    if (Array.isArray(value)) this.list(value, depth);
    else if (value instanceof Uint8Array) {
      this.sized(value, Op.SHORT_BINBYTES, Op.BINBYTES, Op.BINBYTES8);
      this.memoize(value);
    } else if (value instanceof Map) this.dict(value, [...(value as Map<unknown, unknown>)], depth);
    else if (isPlainObject(value)) this.dict(value, Object.entries(value), depth);
    else throw this.cannot(value, depth);
  }

  private list(list: readonly unknown[], depth: number): void {
    this.op(Op.EMPTY_LIST);
    this.memoize(list);
    const item = (index: number) => {
      this.steps[depth] = index;
      this.save(list[index], depth + 1);
    };
    if (list.length === 1) {
      item(0);
      this.op(Op.APPEND);
      return;
    }
    for (let from = 0; from < list.length; from += BATCH) {
      this.op(Op.MARK);
      for (let index = from; index < Math.min(from + BATCH, list.length); index += 1) item(index);
      this.op(Op.APPENDS);
    }
  }

  private dict(dict: object, entries: readonly (readonly [unknown, unknown])[], depth: number): void {
    this.op(Op.EMPTY_DICT);
    this.memoize(dict);
    const item = (index: number) => {
      const [key, value] = entries[index] ?? [];
      this.steps[depth] = typeof key === "string" ? key : index;
      this.key(key, depth);
      this.save(value, depth + 1);
    };
    if (entries.length === 1) {
      item(0);
      this.op(Op.SETITEM);
      return;
    }
    // A last batch that is full is followed by an empty one, as in _pickle.c.
    for (let from = 0; entries.length > 0 && from <= entries.length; from += BATCH) {
      this.op(Op.MARK);
      for (let index = from; index < Math.min(from + BATCH, entries.length); index += 1) item(index);
      this.op(Op.SETITEMS);
    }
  }

  /** Python's programs use the same strings as keys again and again, and pickle refers to the first. */
  private key(key: unknown, depth: number): void {
    this.endLargeFrame();
    if (typeof key === "string") {
      if (this.get(key)) return;
      this.sized(encodeText(key), Op.SHORT_BINUNICODE, Op.BINUNICODE, Op.BINUNICODE8);
      this.memoize(key);
    } else if (Array.isArray(key)) this.tuple(key, depth);
    else if (typeof key === "object" && key !== null && !(key instanceof Uint8Array)) {
      throw new SerializationError(
        `${this.place(depth)} has ${nameKind(key)} as a key, which Python does not allow`,
      );
    } else this.save(key, depth + 1);
  }

  /** A key that is an array was a tuple, and is one again: Python has no lists as keys. */
  private tuple(items: readonly unknown[], depth: number): void {
    if (depth >= MOST_LEVELS) throw this.tooDeep(depth);
    if (items.length > 3) this.op(Op.MARK);
    for (const [index, item] of items.entries()) {
      this.steps[depth] = index;
      this.key(item, depth + 1);
    }
    this.op([Op.EMPTY_TUPLE, Op.TUPLE1, Op.TUPLE2, Op.TUPLE3][items.length] ?? Op.TUPLE);
    if (items.length > 0) this.memoize(undefined);
  }

  private get(value: unknown): boolean {
    const index = this.memo.get(value);
    if (index === undefined) return false;
    if (index <= 0xff) {
      this.op(Op.BINGET);
      this.out.byte(index);
    } else {
      this.op(Op.LONG_BINGET);
      this.out.int32(index);
    }
    return true;
  }

  /** Python gives each string and container the next number, whether it is referred to or not. */
  private memoize(value: unknown): void {
    if (value !== undefined) this.memo.set(value, this.memoSize);
    this.memoSize += 1;
    this.op(Op.MEMOIZE);
  }

  private place(depth: number): string {
    return showPlace(this.steps.slice(0, depth));
  }

  private tooDeep(depth: number): SerializationError {
    return new SerializationError(`${this.place(depth)} is nested deeper than ${MOST_LEVELS} levels`);
  }

  private cannot(value: unknown, depth: number): SerializationError {
    return new SerializationError(`${this.place(depth)} is ${nameKind(value)}; pickle takes plain data only`);
  }
}
