import { isUtf8 } from "node:buffer";
import { readJson } from "../values/json-reader.js";
import { type JsonStyle, writeJson } from "../values/json-writer.js";
import { SerializationError, type Serializer } from "./serializer.js";

/** As `json.dumps` of Python writes: a space behind commas and colons, and ASCII only. */
const PYTHON: JsonStyle = {
  comma: ", ",
  colon: ": ",
  string: (text) => JSON.stringify(text).replace(/[\u007f-\uffff]/g, escape),
  notFinite: (value) => (Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"),
  mark: () => undefined,
  markCycle: () => undefined,
};

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** HotQueue's `serializer=json`. */
export const json: Serializer = {
  name: "json",
  encode: (value) => Buffer.from(writeJson(value, PYTHON)),
  decode(bytes) {
    if (!isUtf8(bytes)) throw new SerializationError("it is not UTF-8 text");
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
    return readJson(text, { constants: true, interpret: (object) => object });
  },
};
