// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;

/** How many columns a text takes: colours take none. */
function widthOf(text: string): number {
  return text.replace(COLOURS, "").length;
}

/** The text in lines of at most so many columns, broken at spaces; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  return fill(text.split(" "), width);
}

/**
 * A command in lines of at most so many columns, broken outside of its quotes; pasted, it is one command again. What
 * is said beside it, behind three spaces, is no part of it.
 */
function wrapCommand(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const [command = "", ...remarks] = text.split(/ {3,}(?=[^ ])/);
  const lines = fill(wordsOf(command), width - 2).map((line, n, all) =>
    n < all.length - 1 ? `${line} \\` : line,
  );
  return [...lines, ...remarks.flatMap((remark) => wrap(remark, width))];
}

/** Programs that a line for a shell begins with. */
const PROGRAMS =
  /^(tq|redis-cli|docker|kubectl|python3?|pip|curl|ls|cd|cat|sed|grep|mkdir|sudo|seq|kill|pgrep|\S*\/python[\d.]*) /;

/** A line of advice: a command is kept one, a sentence is broken at spaces. */
function wrapAdvice(text: string, width: number): string[] {
  return PROGRAMS.test(text) ? wrapCommand(text, width) : wrap(text, width);
}

/** Every line in its place: what is indented stays so where it is broken. */
export function wrapLines(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const rest = line.trimStart();
      const indent = line.slice(0, line.length - rest.length);
      if (indent === "" || widthOf(line) <= width) return wrap(line, width);
      const [first = "", ...more] = wrapAdvice(rest, Math.max(width - indent.length - 2, 1));
      return [indent + first, ...more.map((one) => `${indent}  ${one}`)];
    })
    .join("\n");
}

function fill(words: readonly string[], width: number): string[] {
  if (widthOf(words.join(" ")) <= width) return [words.join(" ")];
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The words of a command, each with its quotes. */
function wordsOf(command: string): string[] {
  return command.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+|['"]/g) ?? [];
}
