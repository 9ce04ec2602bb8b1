/** What stands for "put something here" in a page of fragments, and is no Python. */
const PLACEHOLDER = /\.{4,}|<\s*\.{2,}\s*>|<\s*[A-Za-z_][\w \-/]*>|…+|\?{2,}/gu;

export interface Placeholder {
  line: number;
  text: string;
}

/**
 * Puts a name of the same length in place of each placeholder in the lines that Python cannot read; what is then
 * still wrong is wrong for another reason. Null where there is none.
 */
export function fillPlaceholders(
  text: string,
  faulty: ReadonlySet<number>,
): { text: string; found: Placeholder[] } | null {
  const found: Placeholder[] = [];
  const lines = text.split("\n").map((line, n) => {
    if (!faulty.has(n + 1)) return line;
    const quoted = rangesOf(line);
    return line.replace(PLACEHOLDER, (placeholder, ...rest: unknown[]) => {
      const at = rest.find((one) => typeof one === "number") ?? 0;
      if (quoted.some(([from, to]) => from <= at && at < to)) return placeholder;
      found.push({ line: n + 1, text: placeholder });
      return FILLING.repeat(placeholder.length);
    });
  });
  return found.length === 0 ? null : { text: lines.join("\n"), found };
}

/** Where texts and comments stand in a line: /jobs/<jid> is a route, no placeholder. */
function rangesOf(line: string): [from: number, to: number][] {
  const texts = line.matchAll(/"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|#.*/g);
  return [...texts].map(({ 0: text, index }) => [index, index + text.length]);
}

const FILLING = "_";

export function isFilling(name: string): boolean {
  return /^_+$/.test(name);
}
