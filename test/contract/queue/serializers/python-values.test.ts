import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { serializers } from "../../../../src/queue/serializers/index.js";
import { describeWith, python } from "../../../support/suite/needs.js";

/** A value piece by piece, from which Python and JavaScript build it without each other's help. */
type Spec =
  | readonly [kind: "none" | "true" | "false", content: null]
  | readonly [kind: "int" | "float" | "bytes" | "bytearray", digits: string]
  | readonly [kind: "str", utf16: readonly number[]]
  | readonly [kind: "list" | "tuple" | "set" | "frozenset", items: readonly Spec[]]
  | readonly [kind: "dict", entries: readonly (readonly [Spec, Spec])[]];

interface Verdict {
  /** What Python loaded is what it built itself. */
  same: boolean;
  /** Python's own pickle has no reference where JavaScript cannot know of one. */
  comparable: boolean;
  /** The pickles of protocols 0 to 5, in base64. */
  dumps: string[];
  /** Python's json module read what it built itself, where that was asked. */
  sameJson: boolean;
  json: string | null;
}

const COUNT = 1000;
const seed = Number(process.env["TQ_TEST_SEED"] ?? 20261124);
const PEER = fileURLToPath(new URL("python_values.py", import.meta.url));
const { pickle, json } = serializers;

function build([kind, content]: Spec): unknown {
  switch (kind) {
    case "none":
      return null;
    case "true":
    case "false":
      return kind === "true";
    case "int":
      return Number.isSafeInteger(Number(content)) ? Number(content) : BigInt(content);
    case "float":
      return Buffer.from(content, "hex").readDoubleBE();
    case "bytes":
    case "bytearray":
      return new Uint8Array(Buffer.from(content, "hex"));
    case "str":
      return content.map((unit) => String.fromCharCode(unit)).join("");
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return content.map(build);
    case "dict": {
      const entries = content.map(([key, value]) => [build(key), build(value)] as const);
      // fromEntries makes __proto__ a property like any other.
      return content.every(([[kindOfKey]]) => kindOfKey === "str")
        ? Object.fromEntries(entries as [string, unknown][])
        : new Map(entries);
    }
  }
}

const text = (value: string): Spec => [
  "str",
  Array.from({ length: value.length }, (_, at) => value.charCodeAt(at)),
];

const texts = fc
  .oneof(
    fc.string({ maxLength: 300 }),
    fc.string({ unit: "binary", maxLength: 120 }),
    fc
      .array(
        fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
        { maxLength: 40 },
      )
      .map((units) => units.join("")),
    fc.constantFrom(
      "\\u0041\\",
      "'\"\\\n\r\u0000\u001a",
      "\ud800",
      "😀",
      "\ufeff",
      "x".repeat(255),
      "é".repeat(128),
    ),
  )
  .map(text);

const scalars: fc.Arbitrary<Spec> = fc.oneof(
  texts,
  fc.constantFrom<Spec>(["none", null], ["true", null], ["false", null]),
  fc.maxSafeInteger().map((value): Spec => ["int", String(value)]),
  fc.integer({ min: -70_000, max: 70_000 }).map((value): Spec => ["int", String(value)]),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }).map((value): Spec => ["int", String(value)]),
  fc
    .record({
      power: fc.integer({ min: 6, max: 2100 }),
      off: fc.integer({ min: -1, max: 1 }),
      sign: fc.constantFrom(1n, -1n),
    })
    .map(({ power, off, sign }): Spec => ["int", String(sign * (2n ** BigInt(power) + BigInt(off)))]),
  fc
    .double()
    // JavaScript has no difference between 1.0 and 1.
    .filter((value) => !Number.isSafeInteger(value) || Object.is(value, -0))
    .map((value): Spec => {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleBE(value);
      return ["float", bytes.toString("hex")];
    }),
  fc.uint8Array({ maxLength: 300 }).map((bytes): Spec => ["bytes", Buffer.from(bytes).toString("hex")]),
);

/** Objects of JavaScript put keys that are numbers first, so none here is. */
const textKeys = fc
  .oneof(fc.constantFrom("__proto__", "constructor", "$bytes", "id", "start"), fc.string({ maxLength: 12 }))
  .map((key) => text(/^\d+$/.test(key) ? `k${key}` : key));
const otherKeys = fc.oneof(
  fc.integer().map((value): Spec => ["int", String(value)]),
  fc
    .array(
      fc.integer().map((value): Spec => ["int", String(value)]),
      { maxLength: 5 },
    )
    .map((items): Spec => ["tuple", items]),
  textKeys,
);
const uniqueBy = { selector: ([key]: readonly [Spec, Spec]) => JSON.stringify(key), maxLength: 8 };

const { value: values } = fc.letrec<{ value: Spec }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalars,
    fc.array(tie("value"), { maxLength: 8 }).map((items): Spec => ["list", items]),
    fc.uniqueArray(fc.tuple(textKeys, tie("value")), uniqueBy).map((entries): Spec => ["dict", entries]),
    fc.uniqueArray(fc.tuple(otherKeys, tie("value")), uniqueBy).map((entries): Spec => ["dict", entries]),
  ),
}));

/** What Python has and JavaScript reads as an array or bytes, alone and in other values. */
const onlyPython = fc
  .tuple(
    fc.constantFrom("tuple" as const, "set" as const, "frozenset" as const),
    // One element: a set has no order.
    fc.array(scalars, { maxLength: 1 }),
    fc.uint8Array({ maxLength: 20 }),
    values,
  )
  .map(([kind, items, bytes, value]): Spec => {
    const array: Spec = ["bytearray", Buffer.from(bytes).toString("hex")];
    return ["tuple", [[kind, items], array, value, ["tuple", [value, value, value, value]]]];
  });

const list = (length: number, item: (index: number) => Spec): Spec => [
  "list",
  Array.from({ length }, (_, at) => item(at)),
];
const dict = (length: number, item: (index: number) => Spec): Spec => [
  "dict",
  Array.from({ length }, (_, at) => [text(`key ${at}`), item(at)] as const),
];
const number = (value: number): Spec => ["int", String(value)];

/** Around the numbers of _pickle.c: batches of 1000, frames of 64 KiB, memo indexes and lengths of one byte. */
const large: Spec[] = [
  ...[0, 1, 2, 255, 256, 257, 999, 1000, 1001, 1999, 2000, 2001].flatMap((length) => [
    list(length, number),
    dict(length, number),
  ]),
  ...[65_533, 65_535, 65_536, 65_537, 70_000, 200_000].flatMap((length) => [
    text("x".repeat(length)),
    list(3, () => text("x".repeat(length))),
    dict(3, () => ["bytes", "ff".repeat(length)]),
  ]),
  ...Array.from({ length: 40 }, (_, off) => list(2000, (at) => text(`${at} ${"y".repeat(60 + off)}`))),
  ...Array.from({ length: 40 }, (_, off) => dict(2000, (at) => text(`${at} ${"y".repeat(60 + off)}`))),
  ...Array.from({ length: 10 }, (_, off) =>
    dict(300, (at) => dict(5, (inner) => list(inner, () => text(`${at} ${"z".repeat(60 + off)}`)))),
  ),
  [
    "dict",
    Array.from(
      { length: 3000 },
      (_, at) =>
        [["tuple", [number(at), text(`${at} in a tuple`), number(3), number(4)]], number(at)] as const,
    ),
  ],
];

describeWith("python", "values of Python's pickle", () => {
  const plain = [...fc.sample(values, { seed, numRuns: COUNT }), ...large];
  const oneWay = fc.sample(onlyPython, { seed, numRuns: COUNT / 2 });
  let verdicts: Verdict[];

  const nth = (index: number) => `value ${index} of seed ${seed}`;

  beforeAll(() => {
    const cases = [
      ...plain.map((spec) => ({
        spec,
        pickle: Buffer.from(pickle.encode(build(spec))).toString("base64"),
        json: isJson(spec) ? Buffer.from(json.encode(build(spec))).toString() : null,
      })),
      ...oneWay.map((spec) => ({ spec, pickle: null })),
    ];
    const { stdout, stderr, status } = spawnSync(python(), [PEER], {
      input: JSON.stringify(cases),
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    verdicts = JSON.parse(stdout) as Verdict[];
    expect(verdicts).toHaveLength(cases.length);
  }, 120_000);

  it("Python loads what tq writes", () => {
    plain.forEach((_, index) => {
      expect(verdicts[index]?.same, nth(index)).toBe(true);
    });
  });

  it("tq writes the bytes that pickle.dumps writes", () => {
    const comparable = plain.flatMap((spec, index) => (verdicts[index]?.comparable ? [{ spec, index }] : []));
    expect(comparable.length).toBeGreaterThan(COUNT * 0.7);
    const different = comparable.flatMap(({ spec, index }) => {
      const ours = Buffer.from(pickle.encode(build(spec))).toString("base64");
      return ours === verdicts[index]?.dumps[4] ? [] : [nth(index)];
    });
    expect(different).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4, 5])("tq reads what Python writes in protocol %i", (protocol) => {
    [...plain, ...oneWay].forEach((spec, index) => {
      const value = pickle.decode(Buffer.from(verdicts[index]?.dumps[protocol] ?? "", "base64"));
      if (!isDeepStrictEqual(value, build(spec))) expect(value, nth(index)).toEqual(build(spec));
    });
  });

  it("Python's json module reads what tq writes, which is what json.dumps writes but for floats", () => {
    plain.forEach((_, index) => {
      expect(verdicts[index]?.sameJson, nth(index)).toBe(true);
    });
    const comparable = plain.flatMap((spec, index) => {
      const theirs = verdicts[index]?.json;
      return typeof theirs === "string" ? [{ spec, index, theirs }] : [];
    });
    expect(comparable.length).toBeGreaterThan(COUNT * 0.3);
    for (const { spec, index, theirs } of comparable) {
      const ours = Buffer.from(json.encode(build(spec))).toString();
      if (!hasFloat(spec)) expect(ours, nth(index)).toBe(theirs);
      const value = json.decode(Buffer.from(theirs));
      if (!isDeepStrictEqual(value, build(spec))) expect(value, nth(index)).toEqual(build(spec));
    }
  });
});

function isJson([kind, content]: Spec): boolean {
  if (kind === "bytes") return false;
  if (kind === "list") return content.every(isJson);
  if (kind !== "dict") return true;
  return content.every(([[kindOfKey], value]) => kindOfKey === "str" && isJson(value));
}

function hasFloat([kind, content]: Spec): boolean {
  if (kind === "list") return content.some(hasFloat);
  return kind === "dict" ? content.some(([, value]) => hasFloat(value)) : kind === "float";
}
