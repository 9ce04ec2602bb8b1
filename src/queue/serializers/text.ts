import { isUtf8 } from "node:buffer";
import { nameKind } from "../values/plain-object.js";
import { SerializationError, type Serializer } from "./serializer.js";

/** HotQueue's `serializer=None`: a message is its text, or bytes where it is none. */
export const text: Serializer = {
  name: "text",
  encode(value) {
    if (value instanceof Uint8Array) return value;
    if (typeof value === "number" || typeof value === "bigint") return Buffer.from(String(value));
    if (typeof value !== "string") {
      throw new SerializationError(`the value is ${nameKind(value)}; text takes strings, bytes and numbers`);
    }
    if (!value.isWellFormed())
      throw new SerializationError("the value has half of a surrogate pair, which UTF-8 lacks");
    return Buffer.from(value);
  },
  decode(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return isUtf8(buffer) ? buffer.toString() : new Uint8Array(buffer);
  },
};
