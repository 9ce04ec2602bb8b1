import { SerializationError } from "../serializers/serializer.js";
import { setOwn } from "./plain-object.js";
import { MOST_LEVELS } from "./value-path.js";

export interface JsonDialect {
  /** Python's NaN, Infinity and -Infinity are numbers too. */
  constants: boolean;
  /** What an object stands for, given as it was read; throws `SerializationError`. */
  interpret: (object: Record<string, unknown>) => unknown;
}

/** The most digits of an integer; reading a number takes time that grows faster than its length. */
export const MOST_DIGITS = 10_000;

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const CONSTANTS: readonly (readonly [word: string, value: unknown, python: boolean])[] = [
  ["null", null, false],
  ["true", true, false],
  ["false", false, false],
  ["NaN", NaN, true],
  ["Infinity", Infinity, true],
  ["-Infinity", -Infinity, true],
];

/**
 * JSON text as a value, as JSON.parse does; but integers are exact at any size (a bigint beyond 2^53), and
 * `__proto__` is a property as any other. Throws `SerializationError` with the column.
 */
export function readJson(text: string, dialect: JsonDialect): unknown {
  return new JsonReader(text, dialect).read();
}

class JsonReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly dialect: JsonDialect,
  ) {}

  read(): unknown {
    const value = this.value(0);
    this.skipSpace();
    if (this.at < this.text.length) throw this.unexpected();
    return value;
  }

  private value(depth: number): unknown {
    this.skipSpace();
    switch (this.text[this.at]) {
      case '"':
        return this.string();
      case "[":
        return this.array(depth);
      case "{":
        return this.dialect.interpret(this.object(depth));
      default:
        return this.number();
    }
  }

  private array(depth: number): unknown[] {
    const items: unknown[] = [];
    this.enter(depth);
    while (!this.takes("]")) {
      if (items.length > 0) this.expect(",");
      items.push(this.value(depth + 1));
      this.skipSpace();
    }
    return items;
  }

  private object(depth: number): Record<string, unknown> {
    const object = {};
    let first = true;
    this.enter(depth);
    while (!this.takes("}")) {
      if (!first) this.expect(",");
      first = false;
      this.skipSpace();
      if (this.text[this.at] !== '"') throw this.unexpected();
      const key = this.string();
      this.skipSpace();
      this.expect(":");
      setOwn(object, key, this.value(depth + 1));
      this.skipSpace();
    }
    return object;
  }

  private enter(depth: number): void {
    if (depth >= MOST_LEVELS) throw new SerializationError(`it is nested deeper than ${MOST_LEVELS} levels`);
    this.at += 1;
    this.skipSpace();
  }

  /** JSON.parse unescapes it, and complains of what may not stand in a string. */
  private string(): string {
    const start = this.at;
    let end = start;
    do {
      end = this.text.indexOf('"', end + 1);
      if (end < 0) throw new SerializationError(`not JSON: the string at column ${start + 1} does not end`);
    } while (this.isEscaped(end));
    this.at = end + 1;
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      throw new SerializationError(
        `not JSON: the string at column ${start + 1} has an escape or a control character that JSON does not know`,
      );
    }
  }

  /** An odd number of backslashes stands before it. */
  private isEscaped(at: number): boolean {
    let before = at;
    while (this.text.charCodeAt(before - 1) === 0x5c) before -= 1;
    return (at - before) % 2 === 1;
  }

  private number(): unknown {
    for (const [word, value, python] of CONSTANTS) {
      if (python && !this.dialect.constants) continue;
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (!match) throw this.unexpected();
    const [digits, fraction, exponent] = match;
    if (digits.length > MOST_DIGITS) {
      throw new SerializationError(`the number at column ${this.at + 1} has more than ${MOST_DIGITS} digits`);
    }
    this.at += digits.length;
    const value = Number(digits);
    if (fraction !== undefined || exponent !== undefined) return value;
    return Number.isSafeInteger(value) ? value + 0 : BigInt(digits);
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private takes(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private expect(character: string): void {
    if (!this.takes(character)) throw this.unexpected();
  }

  private unexpected(): SerializationError {
    const found = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
    return new SerializationError(
      this.at < this.text.length
        ? `not JSON: unexpected ${JSON.stringify(found)} at column ${this.at + 1}`
        : "not JSON: it ends too soon",
    );
  }
}
