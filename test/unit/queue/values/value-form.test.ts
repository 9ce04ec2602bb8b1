import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SerializationError } from "../../../../src/queue/serializers/serializer.js";
import { PythonObject } from "../../../../src/queue/values/python-object.js";
import { describeValue, formatValue, parseValue } from "../../../../src/queue/values/value-form.js";

describe("the public form", () => {
  it.each<[unknown, string]>([
    [12345678901234567890n, "12345678901234567890"],
    [9007199254740993n, "9007199254740993"],
    [-0, "-0.0"],
    [1e21, "1e+21"],
    [NaN, '{"$float":"nan"}'],
    [-Infinity, '{"$float":"-inf"}'],
    [new Uint8Array([0, 255]), '{"$bytes":"AP8="}'],
    [
      new Map<unknown, unknown>([
        [1, "a"],
        [[2], null],
      ]),
      '{"$dict":[[1,"a"],[[2],null]]}',
    ],
    [{ $bytes: "not really" }, '{"$dict":[["$bytes","not really"]]}'],
    [{ $dict: [], and: 1 }, '{"$dict":[],"and":1}'],
    [[{ a: null }, "ü\u0000", true], '[{"a":null},"ü\\u0000",true]'],
    [JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
  ])("of %s is %s, both ways", (value, form) => {
    expect(formatValue(value)).toBe(form);
    expect(parseValue(form)).toEqual(value);
  });

  it("of what only Python has is written only", () => {
    expect(formatValue([new PythonObject("a.b", "C")])).toBe('[{"$python":"a.b.C"}]');
    expect(describeValue(new PythonObject("a.b", "C"))).toBe("<a.b.C …>");
    expect(() => parseValue('{"$python":"a.b.C"}')).toThrow("only Python can make");
  });

  it("comes back as it went, whatever the value", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>(null, true, NaN, Infinity, -0),
        fc.double(),
        fc.bigInt().filter((big) => !Number.isSafeInteger(Number(big))),
        fc.string({ unit: "binary" }),
        fc.uint8Array(),
        fc.array(tie("any"), { maxLength: 5 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("$bytes", "$dict", "__proto__")), tie("any"), {
          maxKeys: 3,
        }),
        fc
          .array(fc.tuple(fc.integer(), tie("any")), { minLength: 1, maxLength: 3 })
          .map((pairs) => new Map(pairs)),
      ),
    })).any;
    fc.assert(
      fc.property(value, (given) => {
        expect(parseValue(formatValue(given))).toEqual(given);
      }),
      { numRuns: 2000 },
    );
  });

  it("reads JSON as JSON.parse does", () => {
    fc.assert(
      fc.property(
        fc.json().filter((text) => !/\d{16}/.test(text)),
        (text) => {
          const value: unknown = JSON.parse(text);
          expect(formatValue(parseValue(text))).toBe(formatValue(value));
        },
      ),
    );
    expect(parseValue(' \t\r\n[ 1 , { "a" : [ ] } ] ')).toEqual([1, { a: [] }]);
    expect(parseValue("-0")).toBe(0);
    expect(parseValue('"\\ud83e\\udde0 \\u0041\\n"')).toBe("🧠 A\n");
  });

  it.each([
    ["", "ends too soon"],
    ["{oops", 'unexpected "o" at column 2'],
    ["[1,]", 'unexpected "]" at column 4'],
    ["[1 2]", 'unexpected "2" at column 4'],
    ['{"a":1,}', 'unexpected "}" at column 8'],
    ["01", 'unexpected "1" at column 2'],
    ["nul", 'unexpected "n" at column 1'],
    ["NaN", 'unexpected "N" at column 1'],
    ['"open', "the string at column 1 does not end"],
    ['"\\x"', "an escape or a control character"],
    ['"\n"', "an escape or a control character"],
    ["1 2", 'unexpected "2" at column 3'],
    ["9".repeat(10_001), "more than 10000 digits"],
    ['{"$bytes":"%"}', "$bytes is not a string in base64"],
    ['{"$bytes":1}', "$bytes is not a string in base64"],
    ['{"$float":"1"}', "$float is one of"],
    ['{"$dict":[[1]]}', "$dict is a list of pairs"],
    ["[".repeat(100_000), "nested deeper than 1000 levels"],
    ['{"a":'.repeat(100_000), "nested deeper than 1000 levels"],
  ])("refuses %s", (text, reason) => {
    expect(() => parseValue(text)).toThrow(SerializationError);
    expect(() => parseValue(text)).toThrow(reason);
  });

  it("takes strings of 100 MB", () => {
    const long = "x".repeat(100 * 2 ** 20);
    expect(parseValue(formatValue(long)) === long).toBe(true);
  });
});
