import { describe, expect, it } from "vitest";
import { readVectors, type Vector } from "../../../../support/queue/pickle-vectors.js";
import { serializers } from "../../../../../src/queue/serializers/index.js";
import { describeValue, parseValue } from "../../../../../src/queue/values/value-form.js";

const vectors = readVectors();
const { pickle } = serializers;
const load = ({ base64 }: Vector) => pickle.decode(Buffer.from(base64, "base64"));

/** What is shown for each value that has no JSON of its own, at every protocol. */
const SHOWN: Readonly<Record<string, string>> = {
  "str-lone-surrogate": "\ud800",
  "int-2e63": "9223372036854775808",
  "int-big": "10000000000000000000000000000000000000000",
  "float-neg0": "-0.0",
  "float-inf": '{"$float":"inf"}',
  "float-nan": '{"$float":"nan"}',
  "dict-int-keys": '{"$dict":[[1,"a"],[2,"b"]]}',
  tuple: '[1,"a"]',
  "tuple-nested": "[[],[1],[1,2,3,4]]",
  set: "[1]",
  frozenset: '["a"]',
  bytes: '{"$bytes":"AP8="}',
  bytearray: '{"$bytes":"YWJj"}',
  recursive: '[1,{"$python":"builtins.list"}]',
  ordereddict: "<collections.OrderedDict …>",
  datetime: "<datetime.datetime …>",
  uuid: "<uuid.UUID …>",
  decimal: "<decimal.Decimal …>",
  "class-instance": "<geometry.Point …>",
  "reduce-os-system": "<posix.system …>",
};

/** Values that are plain in Python and change their type on the way, and what Python writes for `json.loads`. */
const CHANGES = new Set(["float-int", "bytearray", "tuple", "tuple-nested", "set", "frozenset", "recursive"]);

describe(`${vectors.length} pickles that Python made`, () => {
  it("are all there", () => {
    expect(vectors).toHaveLength(272);
    expect(vectors.filter((vector) => "json" in vector)).toHaveLength(152);
  });

  it.each(vectors.filter((vector) => "json" in vector))("$name at protocol $protocol: $repr", (vector) => {
    expect(load(vector)).toEqual(vector.json);
  });

  it.each(vectors.filter((vector) => !("json" in vector)))(
    "$name at protocol $protocol is shown",
    (vector) => {
      expect(describeValue(load(vector))).toBe(SHOWN[vector.name]);
    },
  );

  it("are written again byte for byte, at protocol 4, where they are plain data", () => {
    const same = vectors.filter(
      (vector) => vector.protocol === 4 && !describeValue(load(vector)).startsWith("<"),
    );
    const different = same.filter((vector) => {
      const again = Buffer.from(pickle.encode(load(vector))).toString("base64");
      return again !== vector.base64 && !CHANGES.has(vector.name);
    });
    expect(different.map(({ name, repr }) => `${name} ${repr}`)).toEqual([]);
    expect(same.length).toBeGreaterThan(30);
  });

  it("give the same value when their public form is read", () => {
    for (const vector of vectors.filter(({ name }) => !/recursive|^str/.test(name))) {
      const shown = describeValue(load(vector));
      if (!shown.startsWith("<")) expect(describeValue(parseValue(shown))).toBe(shown);
    }
  });
});
