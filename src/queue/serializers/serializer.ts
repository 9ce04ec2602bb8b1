/** Turns a value into the bytes of a message and back. */
export interface Serializer {
  readonly name: string;
  /** Throws `SerializationError` for a value that it has no bytes for. */
  encode(value: unknown): Uint8Array;
  /** Throws `SerializationError` for bytes that it cannot have written. Never runs or builds what they name. */
  decode(bytes: Uint8Array): unknown;
}

/** A value that cannot be written, or bytes that cannot be read. The message says why, in a few words. */
export class SerializationError extends Error {
  override readonly name = "SerializationError";
}
