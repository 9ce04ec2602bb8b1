import { type SyntaxFault } from "./ruff.js";

interface Explained {
  says: string;
  next: string;
}

/** What a line such as `if …:` lacks, where Python gives up in the middle of it, or at its end; null for other lines. */
export function explainHead({ message, column }: SyntaxFault, text: string): Explained | null {
  return (
    explainSign(text, column) ??
    explainWord(message, text, column) ??
    explainGap(message, text, column) ??
    (/Expected `:`/.test(message) && HEAD.test(text) ? explainColon(message, text, column) : null)
  );
}

const HEAD = /^\s*(?:async\s+)?(?:def|class|if|elif|else|for|while|try|except|finally|with|match|case)\b/;

/** Signs of other languages, and Python's in the wrong order: each as it is written, and as Python writes it. */
const SIGNS: readonly [RegExp, string][] = [
  [/^=>/, ">="],
  [/^=</, "<="],
  [/^=!/, "!="],
  [/^===/, "=="],
  [/^!==/, "!="],
  [/^<>/, "!="],
  [/^&&/, "and"],
  [/^\|\|/, "or"],
  [/^!(?!=)/, "not"],
];

/** Python gives up at the sign's first character, or at a later one. */
function explainSign(text: string, column: number): Explained | null {
  for (let at = Math.max(0, column - 3); at < column; at += 1) {
    for (const [written, right] of SIGNS) {
      const [sign] = written.exec(text.slice(at)) ?? [];
      if (sign === undefined || at + sign.length < column || isWithin(text, at)) continue;
      return { says: `Python has no ${sign}: it writes ${right}`, next: `write ${right} instead of ${sign}` };
    }
  }
  return null;
}

/** In a text or a comment of the line. */
function isWithin(text: string, at: number): boolean {
  const before = text.slice(0, at).replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, "");
  return /["'#]/.test(before);
}

function explainWord(message: string, text: string, column: number): Explained | null {
  const rest = text.slice(column - 1);
  const lacking = (word: string, example: string): Explained => ({
    says: `the word ${word} is missing before "${firstToken(rest)}"`,
    next: `write it as in: ${example}`,
  });
  if (/Expected `in`/.test(message)) return lacking("in", "for item in items:");
  if (/^\s*except\b/.test(text) && /Expected `:`, found identifier/.test(message))
    return lacking("as", "except ValueError as error:");
  if (/^\s*(async\s+)?with\b/.test(text) && /Expected `[,:]`, found identifier/.test(message))
    return lacking("as", "with open(path) as file:");
  if (/Expected `:`/.test(message) && /^then\b/.test(rest))
    return { says: "Python has no then: the line ends with a colon", next: "put : in its place" };
  if (/Expected `:`, found `\{`/.test(message))
    return {
      says: "Python has no braces around a block: a colon begins it, and its lines are indented",
      next: "write : instead of {, and leave out the }",
    };
  return null;
}

/** `if a == :` */
function explainGap(message: string, text: string, column: number): Explained | null {
  const before = lastToken(text.slice(0, column - 1));
  return /Expected an expression/.test(message) && text.charAt(column - 1) === ":" && HEAD.test(text)
    ? { says: `something is missing between ${before} and the colon`, next: `write what follows ${before}` }
    : null;
}

/** Only where the line does not end in a colon is that what lacks. */
function explainColon(message: string, text: string, column: number): Explained | null {
  const word = /^\s*(?:async\s+)?(\w+)/.exec(text)?.[1] ?? "line";
  if (/found newline|found end of file/i.test(message))
    return {
      says: `the colon at the end of this ${word} is missing`,
      next: "put a : at the end of the line",
    };
  if (/found `=`/.test(message)) return null;
  const [before, after] = [lastToken(text.slice(0, column - 1)), firstToken(text.slice(column - 1))];
  const between = `between ${before} and ${after}`;
  if (word === "class" || word === "def")
    return {
      says: `something is missing ${between}: brackets around what follows the name`,
      next: word === "class" ? "write it as in: class Job(BaseModel):" : "write it as in: def save(job):",
    };
  const endsWell = /:\s*(#.*)?$/.test(text);
  return {
    says: endsWell
      ? `something is missing ${between}: an operator such as and, or, ==, a dot or a comma`
      : `something is missing ${between}: the colon, where this ${word} ends there; else an operator such as and, or, ==`,
    next: endsWell
      ? "put the operator there"
      : "put : there and the rest on a line of its own, or the operator",
  };
}

function firstToken(text: string): string {
  return /^\s*(\w+|"[^"]*"?|'[^']*'?|\S)/.exec(text)?.[1] ?? "";
}

function lastToken(text: string): string {
  return /([=!<>*/-]{2}|\w+|"[^"]*"|'[^']*'|\S)\s*$/.exec(text)?.[1] ?? "";
}
