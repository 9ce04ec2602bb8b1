// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;

/** How many columns a text takes: colours take none. */
function widthOf(text: string): number {
  return text.replace(COLOURS, "").length;
}

/** Stands for a space at which a line is not to be broken. */
const GLUE = "\ue000";
const glue = (text: string): string => text.replaceAll(" ", GLUE);
const unglue = (text: string): string => text.replaceAll(GLUE, " ");

/** In quotes, as a shell and Python have them; an apostrophe in a word is none. */
const QUOTED = /\\.|\$'(?:\\.|[^'\\])*'|(?<!\w)'[^']*'|"(?:\\.|[^"\\])*"/g;

/** The text in lines of at most so many columns, broken at spaces; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  return fill(text.split(" "), width);
}

/**
 * A line of advice: sentences, and commands or lines of Python among them, parted by three spaces or behind a colon.
 * A command that is broken ends its lines with a backslash, for which a shell and Python read on: pasted, it is whole.
 */
export function wrapAdvice(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  for (const part of text.replace(QUOTED, glue).split(/ {3,}(?=[^ ])/)) {
    const joined = `${lines.at(-1) ?? ""}   ${part}`;
    if (lines.length > 0 && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(...wrapPart(part, width));
  }
  return lines.map(unglue);
}

/** Every line in its place: what is indented stays so where it is broken. */
export function wrapLines(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const rest = line.trimStart();
      if (widthOf(line) <= width) return [line];
      // A column far to the right has no room in a narrow terminal.
      const indent = line.slice(0, Math.min(line.length - rest.length, Math.max(Math.floor(width / 4), 4)));
      const more = indent === "" ? "" : `${indent}  `;
      const [first = "", ...others] = wrapAdvice(rest, Math.max(width - more.length, 1));
      return [indent + first, ...others.map((one) => more + one)];
    })
    .join("\n");
}

/** A sentence, code, or a sentence that ends with code. */
function wrapPart(part: string, width: number): string[] {
  if (widthOf(part) <= width) return [part];
  const start = findCode(part);
  if (start === null) return fillSentence(part, width);
  if (start === 0) return fillCode(part, width);
  const sentence = fillSentence(part.slice(0, start).trimEnd(), width);
  const joined = `${sentence.at(-1) ?? ""} ${part.slice(start)}`;
  return widthOf(joined) <= width
    ? [...sentence.slice(0, -1), joined]
    : [...sentence, ...fillCode(part.slice(start), width)];
}

/** What is in the brackets of a call, or a command in brackets. */
const CALL = /[\w\])]\((?:[^()]|\([^()]*\))*\)|\((?:tq|docker|kubectl|redis-cli|pip|python3?) [^()]*\)/g;

/** Where a line for a shell begins; a sentence can begin with the name of a program, but not go on as its command does. */
const COMMAND =
  /^(?:[A-Z_]+=\S+ )*(?:tq (?:--|push|get|consume|echo-worker|len|peek|clear|queues|redis|sidecar|network|exercise|doctor|setup|dev|help|completion|status|recover|dead|demo\b)|(?:docker|docker-compose|kubectl|redis-cli|npm|npx|pip|python3?|\S*\/python[\d.]*|curl|iconv|ls|cd|cat|sed|grep|mkdir|sudo|seq|kill|pgrep|chmod) )/;

const PYTHON = /^(?:for \w+ in |from \w+ import |import \w+|\w+ = )/;

/** Where in it code begins that goes to its end; null where none does. */
function findCode(part: string): number | null {
  for (const { index } of part.matchAll(/(?<=^|: +)\S/g)) {
    const code = part.slice(index);
    // What stands in quotes or brackets is no part of a sentence.
    const bare = code.replace(QUOTED, "").replace(/\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}/g, "");
    if (COMMAND.test(code) && !/[,:] [a-z]/i.test(bare)) return index;
    if (PYTHON.test(code) && !/, [a-z]/i.test(bare)) return index;
  }
  return null;
}

/** Quotes and calls are kept whole where a line has room for them. */
function fillSentence(text: string, width: number): string[] {
  const whole = text.replace(CALL, (call) => (widthOf(call) <= width ? glue(call) : call));
  return fill(
    whole.split(" ").flatMap((word) => (widthOf(word) <= width ? word : unglue(word).split(" "))),
    width,
  );
}

function fillCode(text: string, width: number): string[] {
  const lines = fill(text.split(" "), width - 4);
  return lines.map((line, n) => `${n === 0 ? "" : "  "}${line}${n < lines.length - 1 ? " \\" : ""}`);
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
