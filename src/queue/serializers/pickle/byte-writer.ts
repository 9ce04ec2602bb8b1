/** Bytes that are written one after another. */
export class ByteWriter {
  private buffer: Buffer;
  length = 0;

  constructor(capacity: number) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.length] = value;
    this.length += 1;
  }

  uint16(value: number): void {
    this.reserve(2);
    this.length = this.buffer.writeUInt16LE(value, this.length);
  }

  int32(value: number): void {
    this.reserve(4);
    this.length = this.buffer.writeInt32LE(value | 0, this.length);
  }

  /** A length: 8 bytes, little-endian. */
  uint64(value: number): void {
    this.reserve(8);
    this.setUint64(this.length, value);
    this.length += 8;
  }

  double(value: number): void {
    this.reserve(8);
    this.length = this.buffer.writeDoubleBE(value, this.length);
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Overwrites eight bytes at a place that is written already. */
  setUint64(at: number, value: number): void {
    this.buffer.writeUInt32LE(value % 2 ** 32, at);
    this.buffer.writeUInt32LE(Math.floor(value / 2 ** 32), at + 4);
  }

  /** Takes out what stands between two places. */
  remove(from: number, to: number): void {
    this.buffer.copyWithin(from, to, this.length);
    this.length -= to - from;
  }

  /** What is written; the writer is not to be used any more. */
  finish(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + count + 64));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
