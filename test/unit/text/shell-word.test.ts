import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { split } from "shlex";
import { describe, expect, it } from "vitest";
import { fileWord, shellCommand, shellWord } from "../../../src/text/shell-word.js";

/** Names that somebody has once given to a folder, a queue or a file. */
const HOSTILE = [
  "my work",
  "it's",
  'a "b"',
  "$HOME",
  "`ls`",
  "a\\b",
  "a\\",
  "two\nlines",
  "tab\there",
  "bell\u0007f",
  "\u202eturned",
  "*.py",
  "~",
  "a;b",
  "été 任务",
  "!x",
  "",
];

/** The words that bash makes of a command. */
function wordsOfBash(command: string): string[] {
  const printed = execFileSync("bash", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8" });
  return printed.split("\0").slice(0, -1);
}

describe("a word of a shell", () => {
  it.each(HOSTILE)("%j comes back as it was", (text) => {
    expect(split(shellWord(text))).toEqual([text]);
    expect(wordsOfBash(shellWord(text))).toEqual([text]);
  });

  it("stands on one line, and holds nothing that moves the cursor", () => {
    // eslint-disable-next-line no-control-regex
    for (const text of HOSTILE) expect(shellWord(text)).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  it("comes back for any text", () => {
    const text = fc.string({ unit: "binary" }).filter((one) => !one.includes("\0") && one.isWellFormed());
    fc.assert(
      fc.property(text, (one) => {
        expect(split(shellWord(one))).toEqual([one]);
      }),
    );
  });

  it("is written as it is where a shell leaves it alone", () => {
    expect(["src/api.py", "redis://127.0.0.1:6379/1", "a-b_c@2"].map(shellWord).join(" ")).toBe(
      "src/api.py redis://127.0.0.1:6379/1 a-b_c@2",
    );
  });
});

describe("a file as a word", () => {
  it("is no option, whatever its name begins with", () => {
    expect(fileWord("-rf")).toBe("./-rf");
    expect(fileWord("- x")).toBe("'./- x'");
    expect(fileWord("work")).toBe("work");
  });
});

describe("a command", () => {
  it("leaves out what is not there", () => {
    expect(shellCommand("tq", "", "exercise", "my work")).toBe("tq exercise 'my work'");
  });
});
