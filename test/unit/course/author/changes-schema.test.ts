import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Ajv } from "ajv";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readWrongAnswers } from "../../../../src/course/author/wrong-answers.js";
import { type Exercise } from "../../../../src/course/exercise.js";

const SCHEMA = "exercises/changes.schema.json";
const isRight = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);

const files = readdirSync("exercises", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("changes.yaml"))
  .map((path) => join("exercises", path));

describe("the schema of changes.yaml", () => {
  it.each(files)("describes %s, which names it", (path) => {
    const text = readFileSync(path, "utf8");
    isRight(parse(text));
    expect(isRight.errors).toBeNull();
    const [, named = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    expect(resolve(dirname(path), named)).toBe(resolve(SCHEMA));
  });

  const folder = mkdtempSync(join(tmpdir(), "tq-test-schema-"));
  mkdirSync(join(folder, "wrong"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const isRead = (text: string): boolean => {
    writeFileSync(join(folder, "wrong/changes.yaml"), text);
    try {
      readWrongAnswers(folder, { slug: "some", mistakes: {} } as unknown as Exercise);
      return true;
    } catch {
      return false;
    }
  };
  const answer = (more: string): string => `slip: { step: "9.1", ${more} }\n`;

  it.each([
    [true, answer("changes: []")],
    [true, answer('to: flask, mistake: other, also: ["9.2"], changes: [{ file: src/a.py, write: "" }]')],
    [true, answer('changes: [{ file: a.py, find: x, put: "" }, { file: a.py, rename: b.py }]')],
    [true, answer("changes: [{ file: .env, remove: true }, { file: ..a/b, remove: true }]")],
    [false, "slip:\n"],
    [false, "- slip\n"],
    [false, answer("changes: [{ file: a.py }]")],
    [false, answer("changes: [{ file: a.py, remove: false }]")],
    [false, answer("changes: [{ file: ../a.py, remove: true }]")],
    [false, answer("changes: [{ file: src/../../a.py, remove: true }]")],
    [false, answer("changes: [{ file: /a.py, remove: true }]")],
    [false, answer("changes: [{ file: src//a.py, remove: true }]")],
    [false, answer("changes: [{ file: a.py, rename: ../b.py }]")],
    [false, answer("also: 9.2, changes: []")],
    [false, answer("to: ../flask, changes: []")],
    [false, answer("mistake: other")],
    [false, "slip: { step: 9.1, changes: [] }\n"],
  ])("and the reader agree (%s) on %j", (right, text) => {
    expect(isRight(parse(text))).toBe(right);
    expect(isRead(text)).toBe(right);
  });

  it("finds a field that is misspelt, over which the reader passes", () => {
    expect(isRight(parse(answer("mistkae: other, changes: []")))).toBe(false);
  });

  it("lies beside the exercises that are built", () => {
    expect(existsSync("dist/exercises/changes.schema.json")).toBe(true);
  });
});
