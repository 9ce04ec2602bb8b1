import { SerializationError } from "../serializers/serializer.js";
import { isPlainObject, nameKind } from "./plain-object.js";
import { MOST_LEVELS, showPlace, type Step } from "./value-path.js";

/** How JSON text is written, and what becomes of values that JSON lacks. */
export interface JsonStyle {
  comma: string;
  colon: string;
  string: (text: string) => string;
  /** A number that is not finite. */
  notFinite: (value: number) => string;
  /** For a value that JSON lacks: the one key, and its value, of the object that stands for it. */
  mark: (value: object) => readonly [key: string, content: unknown] | undefined;
  /** The same for a container inside of itself. */
  markCycle: (value: object) => readonly [key: string, content: unknown] | undefined;
}

/**
 * The longest text, in UTF-16 units, and the most pieces. What refers to the same part again and again is small in
 * memory and endless on paper; real messages are far below both.
 */
const LONGEST = 2 ** 28;
const MOST_PIECES = 50_000_000;

/** Pieces are joined so many at a time: one long chain of small strings would take 32 bytes for each. */
const AT_ONCE = 4096;

/** A value as JSON text. Throws `SerializationError` that says where what JSON cannot hold is. */
export function writeJson(value: unknown, style: JsonStyle): string {
  return new JsonWriter(style).write(value);
}

class JsonWriter {
  private readonly joined: string[] = [];
  private pieces: string[] = [];
  private length = 0;
  private readonly steps: Step[] = [];
  private readonly parents = new Set<object>();
  private readonly printed = new Map<bigint, string>();

  constructor(private readonly style: JsonStyle) {}

  write(value: unknown): string {
    this.value(value, 0);
    return this.joined.join("") + this.pieces.join("");
  }

  private put(text: string, depth: number): void {
    this.length += text.length;
    this.pieces.push(text);
    if (this.pieces.length < AT_ONCE && this.length <= LONGEST) return;
    this.joined.push(this.pieces.join(""));
    this.pieces = [];
    if (this.length > LONGEST || this.joined.length > MOST_PIECES / AT_ONCE) {
      throw this.error("is more text than can be shown", depth);
    }
  }

  private value(value: unknown, depth: number): void {
    switch (typeof value) {
      case "string":
        this.put(this.style.string(value), depth);
        return;
      case "number":
        this.put(this.number(value), depth);
        return;
      case "bigint":
        this.put(this.integer(value), depth);
        return;
      case "boolean":
        this.put(String(value), depth);
        return;
      case "object":
        if (value === null) this.put("null", depth);
        else this.container(value, depth);
        return;
      default:
        throw this.cannot(value, depth);
    }
  }

  private number(value: number): string {
    if (!Number.isFinite(value)) return this.style.notFinite(value);
    const text = Object.is(value, -0) ? "-0" : String(value);
    // A float that looks like an integer would be read as one.
    const isFloat = !Number.isSafeInteger(value) || Object.is(value, -0);
    return isFloat && /^-?\d+$/.test(text) ? `${text}.0` : text;
  }

  /** Large integers are slow to print, and one may come again and again. */
  private integer(value: bigint): string {
    if (BigInt.asIntN(64, value) === value) return String(value);
    const text = this.printed.get(value) ?? String(value);
    this.printed.set(value, text);
    return text;
  }

  private container(value: object, depth: number): void {
    if (depth >= MOST_LEVELS) throw this.error(`is nested deeper than ${MOST_LEVELS} levels`, depth);
    if (this.parents.has(value)) {
      const mark = this.style.markCycle(value);
      if (!mark) throw this.error("contains itself", depth);
      this.object([mark], depth);
      return;
    }
    this.parents.add(value);
    if (Array.isArray(value)) this.array(value, depth);
    else {
      const mark = this.style.mark(value);
      if (mark) this.object([mark], depth);
      else if (isPlainObject(value)) this.object(Object.entries(value), depth);
      else throw this.cannot(value, depth);
    }
    this.parents.delete(value);
  }

  private array(items: readonly unknown[], depth: number): void {
    this.put("[", depth);
    for (let index = 0; index < items.length; index += 1) {
      if (index > 0) this.put(this.style.comma, depth);
      this.steps[depth] = index;
      this.value(items[index], depth + 1);
    }
    this.put("]", depth);
  }

  private object(entries: readonly (readonly [key: string, value: unknown])[], depth: number): void {
    this.put("{", depth);
    let first = true;
    for (const [key, value] of entries) {
      if (!first) this.put(this.style.comma, depth);
      first = false;
      this.steps[depth] = key;
      this.put(`${this.style.string(key)}${this.style.colon}`, depth);
      this.value(value, depth + 1);
    }
    this.put("}", depth);
  }

  private cannot(value: unknown, depth: number): SerializationError {
    const place = showPlace(this.steps.slice(0, depth));
    return new SerializationError(`${place} is ${nameKind(value)}, which JSON does not have`);
  }

  private error(what: string, depth: number): SerializationError {
    return new SerializationError(`${showPlace(this.steps.slice(0, depth))} ${what}`);
  }
}
