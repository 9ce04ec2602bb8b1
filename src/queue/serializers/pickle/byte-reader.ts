import { SerializationError } from "../serializer.js";

/** Bytes that are read one after another; each read is checked against what is left. */
export class ByteReader {
  at = 0;

  constructor(private readonly buffer: Buffer) {}

  byte(): number {
    const byte = this.buffer[this.at];
    if (byte === undefined) throw new SerializationError("it ends too soon");
    this.at += 1;
    return byte;
  }

  uint16(): number {
    return this.buffer.readUInt16LE(this.skip(2));
  }

  int32(): number {
    return this.buffer.readInt32LE(this.skip(4));
  }

  uint32(): number {
    return this.buffer.readUInt32LE(this.skip(4));
  }

  /** A length. Beyond 2^53 it is not exact, and longer than anything. */
  uint64(): number {
    const low = this.uint32();
    return low + this.uint32() * 2 ** 32;
  }

  double(): number {
    return this.buffer.readDoubleBE(this.skip(8));
  }

  /** The next bytes; a view, not a copy. */
  take(count: number): Buffer {
    const from = this.skip(count);
    return this.buffer.subarray(from, this.at);
  }

  /** Up to a newline, which is read and not part of it. */
  line(): Buffer {
    const end = this.buffer.indexOf(0x0a, this.at);
    if (end < 0) throw new SerializationError("it ends too soon");
    const line = this.buffer.subarray(this.at, end);
    this.at = end + 1;
    return line;
  }

  /** Steps over the next bytes, and returns where they begin. */
  private skip(count: number): number {
    const from = this.at;
    if (count < 0 || from + count > this.buffer.length) throw new SerializationError("it ends too soon");
    this.at += count;
    return from;
  }
}
