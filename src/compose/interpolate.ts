/** A text of a Compose file, with its variables filled in. */
export interface Filled {
  text: string;
  /** The variables of it that nothing sets, and for which it has no default. */
  unset: readonly string[];
  /** Why Compose refuses it; null where it does not. */
  refusal: string | null;
}

/** What a variable is set to; undefined where nothing sets it. */
export type Lookup = (name: string) => string | undefined;

/** `$$`, `$NAME`, or the beginning of `${…}`. */
const MARK = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)|)/g;

/**
 * Fills in `$NAME`, `${NAME}`, and with a default, a demand or a replacement: `${NAME:-default}`, `${NAME:?why}`,
 * `${NAME:+instead}`; `$$` is one `$`. Without the colon an empty variable counts as set.
 * Source: https://docs.docker.com/reference/compose-file/interpolation/
 */
export function interpolate(text: string, lookup: Lookup): Filled {
  const unset: string[] = [];
  let refusal: string | null = null;
  let filled = "";
  let at = 0;
  const refuse = (why: string): string => {
    refusal ??= why;
    return "";
  };
  for (const mark of text.matchAll(MARK)) {
    if (mark.index < at) continue; // inside of what was filled in
    filled += text.slice(at, mark.index);
    at = mark.index + mark[0].length;
    const [whole, short, long] = mark;
    if (whole === "$$") filled += "$";
    else if (short !== undefined) {
      const value = lookup(short);
      if (value === undefined) unset.push(short);
      filled += value ?? "";
    } else if (long === undefined) filled += refuse(`invalid interpolation format: ${text}`);
    else {
      const end = closingBrace(text, at);
      const rest = end === -1 ? "" : text.slice(at, end);
      const [, how, word = ""] = /^(?:(:?[-?+])(.*))?$/s.exec(rest) ?? ["", "!"];
      if (end === -1 || how === "!") filled += refuse(`invalid interpolation format: ${text}`);
      at = end === -1 ? text.length : end + 1;
      filled += choose(long, how, word);
    }
  }
  return { text: filled + text.slice(at), unset, refusal };

  function choose(name: string, how: string | undefined, word: string): string {
    const value = lookup(name);
    const isThere = value !== undefined && !(how?.startsWith(":") && value === "");
    const inner = (): string => {
      const filledWord = interpolate(word, lookup);
      unset.push(...filledWord.unset);
      refusal ??= filledWord.refusal;
      return filledWord.text;
    };
    if (how?.endsWith("+")) return isThere ? inner() : "";
    if (isThere) return value;
    if (how?.endsWith("-")) return inner();
    if (how?.endsWith("?"))
      return refuse(`required variable ${name} is missing a value${word === "" ? "" : `: ${word}`}`);
    unset.push(name);
    return value ?? "";
  }
}

/** Of a `${`, whose text begins here; defaults may hold others. -1 where it is never closed. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith("${", at)) depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
