import { expect, it } from "vitest";
import { explainSyntax } from "../../../../src/subjects/python-code/syntax/explain-syntax.js";
import { describeSource } from "../../../../src/subjects/python-code/syntax/parse.js";
import { loadRuff } from "../../../../src/subjects/python-code/syntax/ruff.js";

async function explain(line: string): Promise<string> {
  const follows = /^(elif|except)\b/.exec(line)?.[0];
  const before = follows === "elif" ? "if x:\n    pass\n" : follows ? "try:\n    pass\n" : "";
  const text = `${before}${line}\n    pass\n`;
  const [fault] = (await loadRuff())(text).syntax;
  if (!fault) throw new Error(`Python can read: ${line}`);
  return explainSyntax(fault, describeSource(text)).says;
}

it.each([
  ['if a == "x" or a == "y" a == "z":', /missing between "y" and a: an operator/],
  ['while status == "done" status == "error":', /missing between "done" and status: an operator/],
  ["elif len(q) 0:", /missing between \) and 0: an operator/],
  ["if a not b:", /missing between a and not: an operator/],
  ["if a == :", /missing between == and the colon/],
  ["class Job BaseModel:", /missing between Job and BaseModel: brackets/],
  ["for x in range(3) print(x)", /missing between \) and print: the colon, where this for ends there/],
])("what lacks in the middle of a line is no colon at its end: %s", async (line, says) => {
  expect(await explain(line)).toMatch(says);
});

it.each([
  ["if k => 3:", ">="],
  ["if k => 3", ">="],
  ["elif k =< 3:", "<="],
  ["while k =! 3:", "!="],
  ["if a === b:", "=="],
  ["if a <> b:", "!="],
  ["if a && b:", "and"],
  ["if a || b:", "or"],
  ["if !a:", "not"],
])("a sign that Python lacks is told by Python's: %s", async (line, right) => {
  expect(await explain(line)).toMatch(new RegExp(`: it writes ${right.replace("|", "\\|")}$`));
});

it.each([
  ["for x range(3):", /word in is missing before "range"/],
  ["except ValueError error:", /word as is missing before "error"/],
  ["with open(path) file:", /word as is missing before "file"/],
  ["if x then:", /no then/],
  ["def f() {", /no braces/],
  ["if x == 3 {", /no braces/],
])("a word that lacks, or is of another language, is named: %s", async (line, says) => {
  expect(await explain(line)).toMatch(says);
});

it.each([
  ["if x == 3", /colon at the end of this if is missing/],
  ["def f()", /colon at the end of this def is missing/],
  ["if a = 3:", /single = gives a value/],
  ["if (a or b:", /bracket \( is opened here/],
])("what was told rightly stays: %s", async (line, says) => {
  expect(await explain(line)).toMatch(says);
});
