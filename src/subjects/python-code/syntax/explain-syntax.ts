import { explainHead } from "./explain-head.js";
import { type Source } from "./parse.js";
import { type SyntaxFault } from "./ruff.js";

export interface Explanation {
  /** Where to look: not always where Python gives up. */
  line: number;
  says: string;
  next: string;
}

type Rule = (
  fault: SyntaxFault,
  source: Source,
  text: string,
) => Omit<Explanation, "line"> | Explanation | null;

/** What a syntax error means to somebody who wrote the line by hand, or pasted it. */
export function explainSyntax(fault: SyntaxFault, source: Source): Explanation {
  const text = source.lineText(fault.line);
  for (const rule of RULES) {
    const found = rule(fault, source, text);
    if (found) return { line: fault.line, ...found };
  }
  return {
    line: fault.line,
    says: `Python cannot read this line: ${fault.message.charAt(0).toLowerCase()}${fault.message.slice(1)}`,
    next: "look at this line, and at the end of the line before it",
  };
}

const BLOCK = /^\s*(async\s+)?(def|class|if|elif|else|for|while|try|except|finally|with|match|case)\b/;

const RULES: readonly Rule[] = [
  (_, __, text) =>
    /^(<{7}|={7}|>{7})(\s|$)/.test(text)
      ? {
          says: "the mark of a merge that was not finished stands in the file",
          next: "keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>",
        }
      : null,
  (_, __, text) =>
    /^\s*(>>>|\.\.\.|\$|In \[\d+\]:)\s/.test(text)
      ? {
          says: "the prompt of a shell was copied together with the line",
          next: "remove what stands before the line's own beginning",
        }
      : null,
  (_, __, text) => {
    const [curly] = /[“”„‟‘’‚«»]/u.exec(text) ?? [];
    return curly === undefined
      ? null
      : {
          says: `the quote ${curly} is a curly one, as web pages and word processors make it`,
          next: "type straight quotes instead: \" or '",
        };
  },
  (_, __, text) => {
    const [odd] = /[\u00a0\u2000-\u200f\u2028\u2029\u202f\u2060\u3000\ufeff]/u.exec(text) ?? [];
    return odd === undefined
      ? null
      : {
          says: `there is an invisible character in this line (U+${odd.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}), as it comes from web pages`,
          next: "delete the spaces of this line and type them again",
        };
  },
  (_, __, text) => {
    const [dash] = /[–—−]/u.exec(text) ?? [];
    return dash === undefined
      ? null
      : { says: `${dash} is a long dash, not the minus sign`, next: "type - instead" };
  },
  ({ message, line }, source, text) => {
    if (!/indent/i.test(message)) return null;
    const before = source.lineText(line - 1);
    const mixed = [text, before].map((one) => /^\s*/.exec(one)?.[0] ?? "").join("");
    return mixed.includes("\t") && mixed.includes(" ")
      ? {
          says: "tabs and spaces are mixed at the beginning of the lines",
          next: "use spaces only, four for each step; editors have a command that converts tabs",
        }
      : null;
  },
  ({ message, line }, source) => {
    const [, what] = /Expected an indented block after (?:an? )?(.*)/.exec(message) ?? [];
    if (what === undefined) return null;
    const opener = findBefore(line, source, (one) => BLOCK.test(one) && one.trimEnd().endsWith(":"));
    const head =
      opener === null ? what.replace(/`/g, "") : (BLOCK.exec(source.lineText(opener))?.[0].trim() ?? "");
    return {
      says: `nothing stands indented below ${opener === null ? head : `the ${head} of line ${opener}`}`,
      next: "indent the lines that belong to it by four spaces, or write ... there while it is left open",
    };
  },
  ({ message }) =>
    /unindent does not match/i.test(message)
      ? {
          says: "this line is indented less than the one before, and as far as no other",
          next: "let it begin exactly below the line that it belongs to",
        }
      : null,
  ({ message }) =>
    /unexpected indentation/i.test(message)
      ? {
          says: "this line is indented further than the one before, and nothing asks for that",
          next: "let it begin below the line before; a : at the end of that one may be missing",
        }
      : null,
  (_, __, text) =>
    /^\s*else\s+if\b/.test(text) ? { says: "else if is written elif in Python", next: "write elif" } : null,
  ({ message }, _, text) => {
    const [word] = /^(elif|else|except|finally|case)\b/.exec(text.trim()) ?? [];
    return word !== undefined && /Expected a statement/.test(message)
      ? {
          says: `this ${word} belongs to nothing: nothing that it could go with stands right above it, equally indented`,
          next: `indent the ${word} as far as its beginning, and put nothing less indented between the two`,
        }
      : null;
  },
  (fault, source, text) => {
    // What an open bracket brings with it is told by the bracket.
    const isOpen = findOpenBracket(source.text) !== null && !fault.message.includes("found `{`");
    return isOpen ? null : explainHead(fault, text);
  },
  ({ message }, _, text) =>
    /Expected `:`, found `=`/.test(message) ||
    (/^\s*(if|elif|while)\b[^=]*[^=!<>]=[^=]/.test(text) && /`=`|Expected `:`/.test(message))
      ? { says: "a single = gives a value; to compare, Python wants two", next: "write == instead of =" }
      : null,
  ({ message }) =>
    /missing closing quote|unterminated.*string|unterminated triple/i.test(message)
      ? { says: "a quote is opened here and not closed", next: "put the same quote at the end of the text" }
      : null,
  ({ message }) => {
    const [, wanted, found] = /Expected `([)\]}])`, found `([)\]}])`/.exec(message) ?? [];
    return wanted === undefined || found === undefined
      ? null
      : {
          says: `a bracket is closed by ${found} where ${wanted} is still missing`,
          next: `put ${wanted} before the ${found}`,
        };
  },
  (fault, source) => {
    const open = findOpenBracket(source.text);
    const late = /Expected `[)\]}]`|unexpected EOF|Expected `,`|Expected an expression or/i.test(
      fault.message,
    );
    return open !== null &&
      (late || fault.line > source.lineAt(open.offset)) &&
      source.lineAt(open.offset) <= fault.line
      ? {
          line: source.lineAt(open.offset),
          says: `the bracket ${open.bracket} is opened here and not closed`,
          next: `put ${CLOSING[open.bracket] ?? "the closing one"} where it ends`,
        }
      : null;
  },
  ({ message, column }, _, text) =>
    /Expected a statement/.test(message) && /[)\]}]/.test(text.charAt(column - 1))
      ? {
          says: `the bracket ${text.charAt(column - 1)} closes nothing: there is one too many, or the opening one is missing`,
          next: "remove it, or put the opening one where it belongs",
        }
      : null,
  (_, __, text) =>
    /^\s*print\s+[^(\s=]/.test(text)
      ? { says: "print is a function: it wants brackets", next: "write print(...)" }
      : null,
  ({ message }) =>
    /trailing comma not allowed/i.test(message)
      ? { says: "the line ends with a comma, as if another name followed", next: "remove the last comma" }
      : null,
  ({ message }) =>
    /Expected `,`/.test(message)
      ? { says: "a comma is missing between two entries", next: "put , between them" }
      : null,
  ({ message, column }, _, text) =>
    /must be separated by newlines/.test(message)
      ? {
          says: `something is missing before "${text
            .slice(column - 1)
            .trim()
            .slice(0, 30)}": a bracket, a comma, a dot or an operator`,
          next: "a call wants brackets: q.put(jid), jsonify(job)",
        }
      : null,
  ({ message }) => {
    const [, word] = /found a keyword `(\w+)`/.exec(message) ?? [];
    return word === undefined
      ? null
      : { says: `${word} is a word of Python's own and cannot be a name`, next: "take another name" };
  },
  ({ message }) =>
    /`?return`? (statement )?outside/i.test(message)
      ? {
          says: "this return stands outside of any function",
          next: "indent it with the function that it belongs to",
        }
      : null,
  ({ message }) => {
    const [, word] = /`?(yield|await|break|continue)`?.*outside/i.exec(message) ?? [];
    return word === undefined
      ? null
      : {
          says: `this ${word} stands outside of what it belongs to`,
          next: "look how far the line is indented",
        };
  },
  ({ message }) =>
    /without a default cannot follow/i.test(message)
      ? {
          says: "a parameter without a default follows one that has one",
          next: 'put those with a default last: def add_job(start, end, status="submitted")',
        }
      : null,
  ({ message }) =>
    /positional argument cannot follow/i.test(message)
      ? { says: "an argument without a name follows one with a name", next: "put those with a name last" }
      : null,
  ({ message }, _, text) =>
    /Expected an expression/.test(message) && /[=+\-*/,(]\s*(#.*)?$/.test(text)
      ? {
          says: "this line ends in the middle: something is missing at its end",
          next: "put what is missing there",
        }
      : null,
];

function findBefore(line: number, source: Source, is: (text: string) => boolean): number | null {
  for (let n = line; n >= 1 && n > line - 30; n -= 1) if (is(source.lineText(n))) return n;
  return null;
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** The outermost bracket that is still open at the end; strings and comments are passed over. */
function findOpenBracket(text: string): { bracket: string; offset: number } | null {
  const open: { bracket: string; offset: number }[] = [];
  const token = /("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*|[()[\]{}]/g;
  for (const { 0: found, index } of text.matchAll(token)) {
    if (CLOSING[found] !== undefined) open.push({ bracket: found, offset: index });
    else if (found.length === 1 && ")]}".includes(found)) {
      if (CLOSING[open.at(-1)?.bracket ?? ""] === found) open.pop();
      else return null; // they do not match: which one is wrong cannot be told
    }
  }
  return open[0] ?? null;
}
