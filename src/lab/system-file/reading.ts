import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair, type YAMLMap } from "yaml";
import { TqError } from "../../errors.js";
import { findSimilar } from "../../text/similar.js";

/** Makes a value of a node of the file, or says in which line another was expected. */
export type Reader<T> = (node: Node, file: ReadingOf) => T;

/** The file that is being read. */
export interface ReadingOf {
  shown: string;
  lines: LineCounter;
  /** Where the files that it names may lie: beside it, and in the student's folder. */
  folders: readonly string[];
}

/** Throws `TqError` (exit 2): the line, what is wrong in it, and what may stand there. */
export function refuse(node: Node | null, { shown, lines }: ReadingOf, says: string, hint?: string): never {
  const line = node?.range ? lines.linePos(node.range[0]).line : 1;
  throw new TqError(`${shown}:${line}: ${says}`, { code: "bad-system-file", exitCode: 2, hint });
}

/** A text, or what YAML would make a number of: 3.10 stays 3.10. */
export function text(node: Node, file: ReadingOf): string {
  if (isScalar(node)) {
    if (typeof node.value === "string") return node.value;
    if (node.value !== null && node.source !== undefined) return node.source;
  }
  return refuse(node, file, `a text is expected here, not ${describe(node)}`);
}

export function wholeNumber(node: Node, file: ReadingOf): number {
  if (isScalar(node) && Number.isSafeInteger(node.value)) return node.value as number;
  return refuse(node, file, `a whole number is expected here, not ${describe(node)}`);
}

/** Any value, as JSON has them. */
export function anything(node: Node): unknown {
  return node.toJSON() as unknown;
}

/** A mapping of any keys to texts. */
export function texts(node: Node, file: ReadingOf): Record<string, string> {
  return Object.fromEntries(entriesOf(node, file).map(([key, value]) => [key, text(value, file)]));
}

export function listOf<T>(read: Reader<T>): Reader<T[]> {
  return (node, file) => {
    if (!isSeq(node)) return refuse(node, file, `a list is expected here, not ${describe(node)}`);
    return node.items.map((item) => read(item as Node, file));
  };
}

/** A list, or one of its items without the brackets. */
export function oneOrMore<T>(read: Reader<T>): Reader<T[]> {
  return (node, file) => (isSeq(node) ? listOf(read)(node, file) : [read(node, file)]);
}

export function orNone<T>(read: Reader<T>): Reader<T | "none"> {
  return (node, file) => (isScalar(node) && node.value === "none" ? "none" : read(node, file));
}

type Read<Readers> = { [K in keyof Readers]?: Readers[K] extends Reader<infer T> ? T : never };

/** A mapping with these keys, none of them required. */
export function mappingOf<Readers extends Record<string, Reader<unknown>>>(
  readers: Readers,
): Reader<Read<Readers>> {
  const known = Object.keys(readers);
  return (node, file) => {
    const entries = entriesOf(node, file).map(([key, value, place]) => {
      const read = readers[key];
      if (!read) {
        const similar = findSimilar(key, known);
        const meant = similar === null ? "" : `; did you mean ${similar}?`;
        return refuse(place, file, `there is no key ${key}${meant}`, `The keys here: ${known.join(", ")}`);
      }
      return [key, read(value, file)];
    });
    return Object.fromEntries(entries) as Read<Readers>;
  };
}

/** Key, value, and the node of the key. */
export function entriesOf(node: Node, file: ReadingOf): [string, Node, Node][] {
  if (!isMap(node))
    return refuse(node, file, `lines of the form key: value are expected here, not ${describe(node)}`);
  return (node as YAMLMap<Node, Node | null>).items.map(({ key, value }: Pair<Node, Node | null>) => {
    if (value === null || (isScalar(value) && value.value === null))
      return refuse(key, file, `${text(key, file)}: has no value`);
    return [text(key, file), value, key];
  });
}

function describe(node: Node): string {
  if (isMap(node)) return "keys and values";
  if (isSeq(node)) return "a list";
  if (isAlias(node)) return "an alias";
  return isScalar(node) && node.value !== null ? JSON.stringify(node.value) : "nothing";
}
