/** A text of the form that a regular expression of Python's demands; null where it is of a kind that is not understood. */
export function matchPattern(pattern: string, which = 0): string | null {
  try {
    const text = new Maker(pattern, which).make();
    return new RegExp(toJavaScript(pattern)).test(text) ? text : null;
  } catch {
    return null;
  }
}

export function fitsPattern(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${toJavaScript(pattern)})`).test(text);
  } catch {
    return true;
  }
}

function toJavaScript(pattern: string): string {
  return pattern.replaceAll("(?P<", "(?<").replace(/\\A/g, "^").replace(/\\Z/g, "$");
}

const LETTERS = { d: "0123456789", w: "abcdefgh", s: " " } as const;

/** Repeats what may be repeated for ever so often. */
const USUAL = 3;

class Maker {
  private at = 0;

  constructor(
    private readonly pattern: string,
    private readonly which: number,
  ) {}

  make(): string {
    const text = this.alternatives();
    if (this.at < this.pattern.length) throw new Error("something is left over");
    return text;
  }

  private alternatives(): string {
    const found = [this.sequence()];
    while (this.take("|")) found.push(this.sequence());
    return found[this.which % found.length] ?? "";
  }

  private sequence(): string {
    let text = "";
    while (this.at < this.pattern.length && !"|)".includes(this.next())) text += this.repeated();
    return text;
  }

  private repeated(): string {
    const from = this.at;
    const make = (n: number): string => {
      this.at = from;
      return this.item(n);
    };
    const first = make(0);
    const [least, most] = this.count();
    const end = this.at;
    const times = most === Infinity ? Math.max(least, least === 0 ? 0 : USUAL) : least;
    if (times === 1) return first;
    const text = Array.from({ length: times }, (_, n) => make(n)).join("");
    this.at = end;
    return text;
  }

  private count(): [number, number] {
    const braces = /^\{(\d+)(,?)(\d*)\}/.exec(this.pattern.slice(this.at));
    let found: [number, number] = [1, 1];
    if (this.take("*")) found = [0, Infinity];
    else if (this.take("+")) found = [1, Infinity];
    else if (this.take("?")) found = [0, 1];
    else if (braces) {
      this.at += braces[0].length;
      const least = Number(braces[1]);
      found = [least, braces[2] === "" ? least : braces[3] === "" ? Infinity : Number(braces[3])];
    } else return found;
    this.take("?");
    return found;
  }

  /** The n-th of what stands here, where it is repeated. */
  private item(n: number): string {
    const letter = this.next();
    this.at += 1;
    if (letter === "^" || letter === "$") return "";
    if (letter === ".") return this.pick("abcdefgh", n);
    if (letter === "[") return this.pick(this.members(), n);
    if (letter === "\\") return this.escaped(n);
    if (letter !== "(") return letter;
    if (/^\?[=!<]/.test(this.pattern.slice(this.at)) && !/^\?<\w/.test(this.pattern.slice(this.at)))
      throw new Error("looks ahead");
    const named = /^\?(?::|P?<\w+>)/.exec(this.pattern.slice(this.at));
    this.at += named?.[0].length ?? 0;
    const text = this.alternatives();
    if (!this.take(")")) throw new Error("a bracket is open");
    return text;
  }

  private escaped(n: number): string {
    const letter = this.next();
    this.at += 1;
    if (letter in LETTERS) return this.pick(LETTERS[letter as keyof typeof LETTERS], n);
    if ("AZbB".includes(letter)) return "";
    if (/[a-zA-Z0-9]/.test(letter)) throw new Error("not understood");
    return letter;
  }

  private members(): string {
    if (this.take("^")) throw new Error("all but these");
    let all = "";
    while (this.at < this.pattern.length && this.next() !== "]") {
      const letter = this.next();
      this.at += 1;
      if (letter === "\\") {
        const escaped = this.next();
        this.at += 1;
        all += escaped in LETTERS ? LETTERS[escaped as keyof typeof LETTERS] : escaped;
      } else if (this.next() === "-" && this.pattern[this.at + 1] !== "]") {
        const last = this.pattern.charCodeAt(this.at + 1);
        for (let code = letter.charCodeAt(0); code <= last; code += 1) all += String.fromCharCode(code);
        this.at += 2;
      } else all += letter;
    }
    this.at += 1;
    return all;
  }

  private pick(letters: string, n: number): string {
    return letters[(n + this.which) % letters.length] ?? "";
  }

  private next(): string {
    return this.pattern[this.at] ?? "";
  }

  private take(letter: string): boolean {
    if (this.next() !== letter) return false;
    this.at += 1;
    return true;
  }
}
