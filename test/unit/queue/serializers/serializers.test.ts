import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serializers } from "../../../../src/queue/serializers/index.js";
import { SerializationError } from "../../../../src/queue/serializers/serializer.js";
import { PythonObject } from "../../../../src/queue/values/python-object.js";

const { pickle, json, text } = serializers;
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

describe("pickle", () => {
  it("writes what Python writes, for every size of number", () => {
    expect(latin1(pickle.encode(255))).toBe("\x80\x04K\xff.");
    expect(latin1(pickle.encode(256))).toBe("\x80\x04\x95\x04\0\0\0\0\0\0\0M\x00\x01.");
    expect(latin1(pickle.encode(-1)).slice(11)).toBe("J\xff\xff\xff\xff.");
    expect(latin1(pickle.encode(2 ** 31)).slice(11)).toBe("\x8a\x05\0\0\0\x80\0.");
    expect(latin1(pickle.encode(-(2n ** 39n))).slice(11)).toBe("\x8a\x05\0\0\0\0\x80.");
    expect(latin1(pickle.encode(-0)).slice(11)).toBe("G\x80\0\0\0\0\0\0\0.");
  });

  it("gives back what it was given", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>(null, true, false, NaN, Infinity, -0),
        fc.maxSafeInteger(),
        fc.bigInt().filter((big) => !Number.isSafeInteger(Number(big))),
        fc.double(),
        fc.string({ unit: "binary", maxLength: 400 }),
        fc.uint8Array({ maxLength: 400 }),
        fc.array(tie("any"), { maxLength: 5 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor")), tie("any"), {
          maxKeys: 5,
        }),
        fc
          .array(fc.tuple(fc.integer(), tie("any")), { minLength: 1, maxLength: 5 })
          .map((pairs) => new Map(pairs)),
      ),
    })).any;
    fc.assert(
      fc.property(value, (given) => {
        expect(pickle.decode(pickle.encode(given))).toEqual(given);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps lone halves of surrogate pairs, as Python does", () => {
    for (const given of ["\ud800", "a\udfffb", "\udc00\ud800", "\ud83d\ude00\ud83d"]) {
      expect(pickle.decode(pickle.encode(given))).toBe(given);
    }
  });

  it("writes a part that comes twice once, and a value that contains itself", () => {
    const part = { long: "x".repeat(100) };
    expect(pickle.encode([part, part]).length).toBeLessThan(150);
    const loop: unknown[] = [1];
    loop.push(loop);
    const again = pickle.decode(pickle.encode(loop)) as unknown[];
    expect(again[1]).toBe(again);
  });

  it.each([
    [{ jobs: [1, { due: new Date(0) }] }, "$.jobs[1].due is a Date"],
    [undefined, "the value is undefined"],
    [[() => 1], "$[0] is a function"],
    [{ "a b": Symbol("x") }, '$["a b"] is a symbol'],
    [new Set(), "the value is a Set"],
    [[new PythonObject("os", "system")], "$[0] is a PythonObject"],
    [new Map([[{}, 1]]), "an Object as a key, which Python does not allow"],
  ])("refuses %s", (given, reason) => {
    expect(() => pickle.encode(given)).toThrow(SerializationError);
    expect(() => pickle.encode(given)).toThrow(reason);
  });

  it("refuses what would not be read again", () => {
    expect(() => pickle.encode([2n ** 40_000n])).toThrow("an integer is longer than 4096 bytes");
    expect(() => pickle.encode(Array.from({ length: 2 ** 22 }, () => 1))).toThrow("more than 4194304 parts");
    expect(pickle.decode(pickle.encode(2n ** 32_000n))).toBe(2n ** 32_000n);
  });

  it("refuses a value that is nested without end, and does not overflow the stack", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    for (const serializer of [pickle, json]) {
      expect(() => serializer.encode(deep)).toThrow("is nested deeper than 1000 levels");
    }
  });
});

describe("json", () => {
  it("writes what json.dumps writes", () => {
    const value = { a: [1, 2.5, null, true], "ü🧠": "\n\u007f", big: 12345678901234567890n, inf: Infinity };
    expect(Buffer.from(json.encode(value)).toString()).toBe(
      String.raw`{"a": [1, 2.5, null, true], "\u00fc\ud83e\udde0": "\n\u007f", "big": 12345678901234567890, "inf": Infinity}`,
    );
  });

  it("reads what json.dumps writes", () => {
    const bytes = Buffer.from('{"a": [NaN, -Infinity, 12345678901234567890, 1e400, "ü"], "$bytes": "AA=="}');
    expect(json.decode(bytes)).toEqual({
      a: [NaN, -Infinity, 12345678901234567890n, Infinity, "ü"],
      $bytes: "AA==",
    });
  });

  it("refuses bytes, maps and cycles, and what is no JSON", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => json.encode({ a: new Uint8Array() })).toThrow(
      "$.a is a Uint8Array, which JSON does not have",
    );
    expect(() => json.encode(new Map())).toThrow("a Map");
    expect(() => json.encode(loop)).toThrow("$[0] contains itself");
    expect(() => json.decode(Buffer.from("hello"))).toThrow('unexpected "h" at column 1');
    expect(() => json.decode(Buffer.from([0xff]))).toThrow("not UTF-8");
  });
});

describe("text", () => {
  it("is the message itself", () => {
    expect(latin1(text.encode("a\0ü"))).toBe("a\0\xc3\xbc");
    expect(latin1(text.encode(new Uint8Array([255])))).toBe("\xff");
    expect(latin1(text.encode(12n))).toBe("12");
    expect(text.decode(Buffer.from("ü"))).toBe("ü");
    expect(text.decode(Buffer.from([255, 0]))).toEqual(new Uint8Array([255, 0]));
    expect(() => text.encode({})).toThrow("text takes strings, bytes and numbers");
    expect(() => text.encode("\ud800")).toThrow("half of a surrogate pair");
  });
});
