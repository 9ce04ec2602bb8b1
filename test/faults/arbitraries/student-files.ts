import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parseDocument, stringify } from "yaml";
import { anyBytes, mutatedBytes, mutatedText } from "./bytes.js";
import { spoiled } from "./json-files.js";

const EXERCISES = new URL("../../../dist/exercises", import.meta.url).pathname;

/** The texts of all files below the exercises whose name ends so. */
function textsOf(ending: string): string[] {
  return readdirSync(EXERCISES, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending) && !path.includes("staging"))
    .map((path) => readFileSync(join(EXERCISES, path), "utf8"));
}

const composeSeeds = textsOf("docker-compose.yml");
const composeValues = composeSeeds
  .map((text) => parseDocument(text))
  .filter(({ errors }) => errors.length === 0)
  .map((document): unknown => document.toJS());

/** Nine levels of ten aliases each: a thousand million of them. */
const bomb = Array.from(
  { length: 9 },
  (_, n) => `b${n + 1}: &b${n + 1} [${Array(10).fill(`*b${n}`).join(", ")}]`,
);

const yamlPieces = fc.oneof(
  fc.constantFrom(
    ...[
      "\t",
      "\n",
      ": ",
      "- ",
      "? ",
      "&a ",
      "*a",
      "<<: *a\n",
      "!!binary ",
      "!!set ",
      "!!python/object:os.system ",
      "---\n",
    ],
    ...[
      "...\n",
      "%YAML 9.9\n",
      "|\n",
      ">-\n",
      "{",
      "}",
      "[",
      "]",
      "'",
      '"',
      "#",
      "null",
      "~",
      "0x6379",
      "1e999",
      "6379:6379",
    ],
    ...[
      "__proto__: {a: 1}\n",
      "constructor: 1\n",
      "services:\n",
      "redis-db:\n",
      "\u0000",
      "\ufeff",
      "\u0085",
      "\u2028",
    ],
    ...[
      "\u001b]0;x\u0007",
      "$(touch x)",
      "${A:-",
      "b0: &b0 x\n" + bomb.join("\n") + "\n",
      "[".repeat(3000),
      "{a: ".repeat(800),
    ],
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);

/** Compose files: right ones changed as text, or with values of other kinds in them, and noise. */
export const composeFiles: fc.Arbitrary<Buffer> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...composeValues)
      .chain(spoiled)
      .map((value) => Buffer.from(stringify(value))),
  },
  {
    weight: 4,
    arbitrary: mutatedText(fc.constantFrom(...composeSeeds), yamlPieces).map((text) => Buffer.from(text)),
  },
  {
    weight: 1,
    arbitrary: mutatedBytes(fc.constantFrom(...composeSeeds.map((text) => Buffer.from(text))), anyBytes(6)),
  },
  { weight: 1, arbitrary: anyBytes(400) },
);

const pythonPieces = fc.oneof(
  fc.constantFrom(
    ...[
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      ":",
      ",",
      "=",
      ":=",
      "@",
      "*",
      "**",
      "\\\n",
      ";",
      "\n",
      "\n    ",
      "\n\t",
      "...",
      "#",
      "'''",
    ],
    ...[
      '"',
      "f'{",
      "f'{x!r:{y}}'",
      "rb'\\xff'",
      "lambda: ",
      "yield ",
      "await ",
      "async ",
      "match x:\n  case _: pass\n",
      "type X = int\n",
    ],
    ...[
      "def f(*, a, /, b): pass\n",
      "class A(A): pass\n",
      "x = x\n",
      "import jobs\n",
      "from jobs import *\n",
      "from . import jobs\n",
    ],
    ...[
      "from ..... import x\n",
      "import a.b.c as d\n",
      "q = HotQueue(q)\n",
      "rd = redis.Redis(**rd)\n",
      "global x\n",
      "del jobs\n",
    ],
    ...[
      "if True:\n",
      "while 1:\n",
      "try:\n",
      "except* E:\n",
      "with a as b, c as d:\n",
      "[x for x in x if x]",
      "1_0.0e-5j",
      "0b2",
    ],
    ...[
      "\u0000",
      "\ufeff",
      "\u001b]0;x\u0007",
      "\u202e",
      "\ud800",
      "é",
      "名 = 1\n",
      "(".repeat(150),
      "-".repeat(3000),
      "a.".repeat(2000),
    ],
    ...[
      "not ".repeat(2000),
      "x=".repeat(1000),
      "lambda:".repeat(800),
      "if 1:\n ".repeat(90),
      "'a' ".repeat(2000),
      "[[".repeat(90),
    ],
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);

/** What a student's folder holds, by path. */
export type Files = Readonly<Record<string, Buffer>>;

/** The solutions of the course that are three modules. */
const solutions = ["04-code-organization", "05-save-and-queue", "06-execute-the-job", "07-jobs-api"].flatMap(
  (exercise) =>
    ["flask", "fastapi"].map((framework) => {
      const folder = join(EXERCISES, exercise, "solution", framework);
      return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
    }),
);

const noise = fc.oneof(
  anyBytes(400),
  fc.array(pythonPieces, { maxLength: 40 }).map((parts) => Buffer.from(parts.join(""))),
);

/** A solution in which one file, or each, has a few changes, or is noise; at times with other files beside it. */
export const pythonFolders: fc.Arbitrary<Files> = fc
  .record({ files: fc.constantFrom(...solutions), all: fc.nat(3), which: fc.nat(2) })
  .chain(({ files, all, which }) => {
    const changed = files.map(([name, text], n) => {
      if (all > 0 && n !== which % files.length) return fc.constant([name, Buffer.from(text)] as const);
      const near = mutatedText(fc.constant(text), pythonPieces).map((one) => Buffer.from(one));
      const damaged = mutatedBytes(fc.constant(Buffer.from(text)), anyBytes(6));
      return fc
        .oneof(
          { weight: 8, arbitrary: near },
          { weight: 1, arbitrary: damaged },
          { weight: 1, arbitrary: noise },
        )
        .map((content) => [name, content] as const);
    });
    const compose = fc.option(composeFiles, { nil: undefined, freq: 1 });
    return fc
      .record({
        own: fc.tuple(...changed),
        beside: compose,
        inner: fc.option(fc.option(noise, { freq: 1 }), { freq: 1 }),
      })
      .map(({ own, beside, inner }) => ({
        ...Object.fromEntries(own),
        ...(beside && { "docker-compose.yml": beside }),
        ...(inner && { "src/jobs.py": inner }),
      }));
  });
