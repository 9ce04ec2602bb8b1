import { SerializationError } from "../serializers/serializer.js";
import { readJson } from "./json-reader.js";
import { type JsonStyle, writeJson } from "./json-writer.js";
import { isPlainObject, setOwn } from "./plain-object.js";
import { PythonObject } from "./python-object.js";

/*
 * The public form of values: JSON, with an object of one key for each kind of value that JSON lacks:
 *
 *   {"$bytes": "<base64>"}    {"$float": "nan" | "inf" | "-inf"}
 *   {"$dict": [[key, value], …]}    {"$python": "module.Name"}, written only
 */
const MARKS = ["$bytes", "$float", "$dict", "$python"] as const;
type Mark = (typeof MARKS)[number];

const FLOATS = new Map([
  ["nan", NaN],
  ["inf", Infinity],
  ["-inf", -Infinity],
]);

const FORM: JsonStyle = {
  comma: ",",
  colon: ":",
  string: JSON.stringify,
  notFinite: (value) => `{"$float":"${Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf"}"}`,
  mark: (value): [Mark, unknown] | undefined => {
    if (value instanceof Uint8Array) return ["$bytes", toBase64(value)];
    if (value instanceof Map) return ["$dict", [...(value as Map<unknown, unknown>)]];
    if (value instanceof PythonObject) return ["$python", `${value.module}.${value.name}`];
    // A dict that only looks like one of the forms is written as the dict that it is.
    if (isPlainObject(value) && findMark(value)) return ["$dict", Object.entries(value)];
    return undefined;
  },
  markCycle: (value) => ["$python", Array.isArray(value) ? "builtins.list" : "builtins.dict"],
};

/** A value in its public form. Throws `SerializationError` for one that has none, or no end. */
export function formatValue(value: unknown): string {
  return writeJson(value, FORM);
}

/** As a person reads it: strings as they are, what is not data as what it is, everything else in its form. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof PythonObject ? String(value) : formatValue(value);
}

/** The value of a text in the public form. Throws `SerializationError` that says what is wrong with it. */
export function parseValue(text: string): unknown {
  return readJson(text, { constants: false, interpret });
}

function interpret(object: Record<string, unknown>): unknown {
  const mark = findMark(object);
  const content = mark && object[mark];
  switch (mark) {
    case undefined:
      return object;
    case "$bytes":
      return readBytes(content);
    case "$float":
      return readFloat(content);
    case "$dict":
      return readDict(content);
    case "$python":
      throw new SerializationError("$python names an object of Python's, which only Python can make");
  }
}

/** The one key that an object has, where that is a mark. */
function findMark(object: Record<string, unknown>): Mark | undefined {
  const [key, another] = Object.keys(object);
  return another === undefined ? MARKS.find((mark) => mark === key) : undefined;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

function readBytes(content: unknown): Uint8Array {
  const bytes = typeof content === "string" ? Buffer.from(content, "base64") : null;
  // Node skips over what is not base64.
  if (!bytes || bytes.toString("base64") !== content) {
    throw new SerializationError("$bytes is not a string in base64, padded with =");
  }
  return new Uint8Array(bytes);
}

function readFloat(content: unknown): number {
  const float = typeof content === "string" ? FLOATS.get(content) : undefined;
  if (float === undefined) throw new SerializationError('$float is one of "nan", "inf" and "-inf"');
  return float;
}

/** A plain object where all keys are strings, as for any other dict. */
function readDict(content: unknown): Map<unknown, unknown> | Record<string, unknown> {
  if (!Array.isArray(content) || !content.every(isPair)) {
    throw new SerializationError("$dict is a list of pairs: [[key, value], …]");
  }
  if (content.some(([key]) => typeof key !== "string")) return new Map(content);
  const object = {};
  for (const [key, value] of content) setOwn(object, key as string, value);
  return object;
}

function isPair(value: unknown): value is [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}
