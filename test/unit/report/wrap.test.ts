import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrap, wrapAdvice, wrapLines } from "../../../src/report/wrap.js";
import { shellCommand } from "../../../src/text/shell-word.js";

describe("wrap", () => {
  it("breaks at spaces, and keeps a long word whole", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("a averylongword b", 5)).toEqual(["a", "averylongword", "b"]);
    expect(wrap("\u001b[1mone\u001b[22m two three", 7)).toEqual(["\u001b[1mone\u001b[22m two", "three"]);
    expect(wrapLines("one two three\n    one two three", 7)).toBe(
      "one two\nthree\n    one\n      two\n      three",
    );
  });
});

describe("advice", () => {
  it.each([
    {
      text: "tq sidecar exec python1 -- python3 -c 'import redis, hotqueue'   (shows it)",
      lines: ["tq sidecar exec python1 -- \\", "  python3 -c \\", "  'import redis, hotqueue'", "(shows it)"],
    },
    {
      text: 'make both the same: q = HotQueue("queue", host="127.0.0.1", port=6379)',
      lines: ["make both the same:", 'q = HotQueue("queue", \\', '  host="127.0.0.1", port=6379)'],
    },
    {
      text: "if it is paused, let it go on: fg, or kill -CONT <its process id>. Else: tq status",
      lines: ["if it is paused, let it go on:", "fg, or kill -CONT <its process", "id>. Else: tq status"],
    },
    {
      text: "then start it (docker compose up -d), and look which port is published",
      lines: ["then start it", "(docker compose up -d), and look", "which port is published"],
    },
    {
      text: "tq itself reads no file of the student's 'own', and says so",
      lines: ["tq itself reads no file of the", "student's 'own', and says so"],
    },
  ])("$text", ({ text, lines }) => {
    expect(wrapAdvice(text, 33)).toEqual(lines);
    expect(wrapAdvice(text, 200)).toEqual([text]);
  });

  it("is, pasted into a shell, the same command at any width", () => {
    const word = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.stringMatching(/^[ '"\\a-z$`-]{1,30}$/),
    );
    const command = fc.array(
      word.filter((text) => text !== "" && !text.includes("\0") && text.isWellFormed()),
      { minLength: 1, maxLength: 12 },
    );
    const cases = fc.sample(fc.tuple(command, fc.integer({ min: 12, max: 80 })), 300);
    const script = cases
      .map(([words, width]) => wrapAdvice(shellCommand("tq", "push", ...words), width).join("\n"))
      .join("\n");
    const { stdout } = spawnSync("bash", ["-c", `tq() { printf '%s\\0' "$@"; printf '\\0'; }\n${script}`], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    expect(
      stdout
        .split("\0\0")
        .slice(0, -1)
        .map((one) => one.split("\0").slice(1)),
    ).toEqual(cases.map(([words]) => words));
  });

  it("is, pasted into Python, the same line", () => {
    const line = 'q = HotQueue("a queue", host="127.0.0.1", port=6379, db=1, socket_timeout=None)';
    for (let width = 20; width < 80; width += 1) {
      const program = `HotQueue = lambda *a, **k: print(a, k)\n${wrapAdvice(line, width).join("\n")}\n`;
      expect(program.split("\n").every((one) => one.length <= Math.max(width, 40))).toBe(true);
      if (width % 10 > 0) continue;
      const { stdout, stderr } = spawnSync("python3", ["-c", program], { encoding: "utf8" });
      expect(stdout, stderr).toBe(
        "('a queue',) {'host': '127.0.0.1', 'port': 6379, 'db': 1, 'socket_timeout': None}\n",
      );
    }
  });
});
