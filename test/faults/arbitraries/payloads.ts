import fc from "fast-check";
import { serializers } from "../../../src/queue/serializers/index.js";
import { readVectors } from "../../support/queue/pickle-vectors.js";
import { anyBytes, mutatedBytes, mutatedText } from "./bytes.js";

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

/** What Python's own pickle made. */
const vectors = fc.constantFrom(...readVectors().map(({ base64 }) => Buffer.from(base64, "base64")));

/** Values as tq writes them, so that no two runs begin with the same corpus. */
const written = fc
  .jsonValue({ maxDepth: 4 })
  .map((value) =>
    Buffer.from(serializers.pickle.encode(value as Parameters<typeof serializers.pickle.encode>[0])),
  );

/** Opcodes with arguments that are right, large, negative or too long. */
const opcodes = fc.oneof(
  fc
    .constantFrom(
      ...Buffer.from("()0125NKGJ]}aeushqtldRbocip.\x85\x86\x87\x88\x89\x8f\x90\x91\x92\x93\x94", "latin1"),
    )
    .map((code) => Buffer.from([code])),
  fc
    .constantFrom(
      ...["\x80\x04", "K\x01", "M\xff\xff", "J\xff\xff\xff\xff", "X\x05\x00\x00\x00hello", "\x8c\x03abc"],
      ...[
        "\x8d\xff\xff\xff\xff\xff\xff\xff\x7f",
        "B\xff\xff\xff\xff",
        "\x8a\x02\xff\xff",
        "I1\n",
        "L12L\n",
        "F1e5\n",
      ],
      ...[
        "S'a\\x00'\n",
        "V\\u1234\n",
        "cos\nsystem\n",
        "c__builtin__\nlist\n",
        "h\x00",
        "j\xff\xff\xff\xff",
        "p0\n",
      ],
      ...[
        "G\x7f\xf8\x00\x00\x00\x00\x00\x00",
        "\x95\xff\x00\x00\x00\x00\x00\x00\x00",
        "\x82\x01",
        "P1\n",
        "Q",
        "\x97",
      ],
    )
    .map(bytes),
);
const pieces = fc.oneof(
  opcodes,
  anyBytes(8),
  fc.array(opcodes, { maxLength: 8 }).map((all) => Buffer.concat(all)),
);

const pickle = fc.oneof(
  { weight: 1, arbitrary: anyBytes(64) },
  {
    weight: 2,
    arbitrary: fc.array(opcodes, { maxLength: 60 }).map((all) => Buffer.concat([...all, bytes(".")])),
  },
  { weight: 4, arbitrary: mutatedBytes(vectors, pieces) },
  { weight: 2, arbitrary: mutatedBytes(written, pieces) },
);

/** What is special in JSON and in its public form for what JSON lacks. */
const jsonPieces = fc.oneof(
  fc.constantFrom(
    ...[
      "{",
      "}",
      "[",
      "]",
      '"',
      ",",
      ":",
      "\\",
      "\\u",
      "\\ud800",
      "null",
      "NaN",
      "-Infinity",
      "1e999",
      "-0",
      "0x1",
    ],
    ...[
      '{"$bytes":"',
      '{"$float":"nan"}',
      '{"$dict":[[',
      '{"$python":"os.system"}',
      '"__proto__":',
      "\u0000",
      "\ufeff",
    ],
    ...["[".repeat(2000), "9".repeat(500), '{"a":'.repeat(1500), "\u2028", "\ud800", "//", "'"],
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const special = fc.constantFrom(
  ...[
    '{"$bytes":"aGk="}',
    '{"$float":"inf"}',
    '{"$dict":[[1,2],[[1],2]]}',
    '{"$python":"a.b"}',
    '{"$bytes":1,"x":2}',
  ],
  ...["[1,2.5,-3e-7,true,null]", '{"a":{"b":[{}]}}', '"text \\n \\u00e9"', "123456789012345678901234567890"],
);

/** JSON as text: whole, changed, and the forms that tq reads beyond it. */
export const jsonText = mutatedText(fc.oneof(fc.json({ maxDepth: 5 }), special), jsonPieces);

const json = fc.oneof(
  { weight: 1, arbitrary: anyBytes(64) },
  { weight: 6, arbitrary: jsonText.map((text) => Buffer.from(text)) },
  {
    weight: 2,
    arbitrary: mutatedBytes(
      jsonText.map((text) => Buffer.from(text)),
      anyBytes(4),
    ),
  },
);

const text = fc.oneof(
  anyBytes(200),
  fc.string({ unit: "binary", maxLength: 100 }).map((one) => Buffer.from(one)),
  fc.string({ unit: "grapheme", maxLength: 100 }).map((one) => Buffer.from(one)),
);

/** What may lie on a queue of this serializer, from nearly right to noise. */
export const payloads = { pickle, json, text } as const;
