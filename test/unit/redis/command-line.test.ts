import { describe, expect, it } from "vitest";
import { formatReply, splitWords } from "../../../src/redis/command-line.js";

describe("splitWords", () => {
  it.each([
    ["  lrange hotqueue:queue 0 -1 ", ["lrange", "hotqueue:queue", "0", "-1"]],
    ['set k "a b\\n\\x41\\""', ["set", "k", 'a b\nA"']],
    ["set k 'it\\'s'", ["set", "k", "it's"]],
    ['set k ""', ["set", "k", ""]],
    ["", []],
    ['set k "open', null],
    ["set k 'a'b", null],
  ])("%s", (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });
});

describe("formatReply", () => {
  it("shows replies as redis-cli does", () => {
    expect(formatReply(null)).toBe("(nil)");
    expect(formatReply(3)).toBe("(integer) 3");
    expect(formatReply(Buffer.from('a"\n\xff', "latin1"))).toBe(String.raw`"a\"\n\xff"`);
    expect(formatReply([])).toBe("(empty array)");
    expect(formatReply([Buffer.from("a"), [1, null]])).toBe('1) "a"\n2) 1) (integer) 1\n   2) (nil)');
    expect(formatReply(Array.from({ length: 10 }, () => 1)).split("\n")[0]).toBe(" 1) (integer) 1");
  });
});
