// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;

/** How many columns a text takes: colours take none. */
function widthOf(text: string): number {
  return text.replace(COLOURS, "").length;
}

/** The text in lines of at most so many columns, broken at spaces; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Every line but those that are indented, which are commands or pictures. */
export function wrapLines(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => (line.startsWith("  ") ? [line] : wrap(line, width)))
    .join("\n");
}
