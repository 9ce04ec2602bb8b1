import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import { type Path } from "./fields.js";
import { type SourceLine } from "./finding.js";

/** Mappings that are taken into each other: nobody writes more. */
const DEEPEST = 10;

/** One YAML document of a file, and where its parts stand in the file. */
export class Positions {
  constructor(
    private readonly file: string,
    private readonly lines: readonly string[],
    private readonly counter: LineCounter,
    private readonly document: Document,
  ) {}

  /** The line of a place in the text, in characters from its beginning. */
  lineAt(offset: number): SourceLine {
    const { line } = this.counter.linePos(offset);
    return { file: this.file, line, text: this.lines[line - 1]?.trim() ?? "" };
  }

  at(path: Path): SourceLine {
    return this.lineAt(this.follow(path).offset);
  }

  plain(path: Path): string | null {
    const { node, whole } = this.follow(path);
    return whole && isScalar(node) && node.type === "PLAIN" ? (node.source ?? null) : null;
  }

  /** Whether the path leads anywhere. */
  has(path: Path): boolean {
    return this.follow(path).whole;
  }

  /** A field of a mapping, also where `<<` takes it from another one. */
  private pairOf(map: YAMLMap, name: string, depth = 0): Pair | undefined {
    const named = (one: string): Pair | undefined => map.items.find(({ key }) => keyName(key) === one);
    const own = named(name);
    // An alias may lead back to where it stands.
    if (own || depth > DEEPEST) return own;
    const merged = this.resolve(named("<<")?.value);
    for (const one of isSeq(merged) ? merged.items : [merged]) {
      const from = this.resolve(one);
      const pair = isMap(from) ? this.pairOf(from, name, depth + 1) : undefined;
      if (pair) return pair;
    }
    return undefined;
  }

  private resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  /** As far as the path leads. */
  private follow(path: Path): { offset: number; node: unknown; whole: boolean } {
    let node: unknown = this.document.contents;
    let offset = (node as Node | null)?.range?.[0] ?? 0;
    for (const part of path) {
      node = this.resolve(node);
      if (isMap(node)) {
        const pair = this.pairOf(node, String(part));
        if (!pair) return { offset, node, whole: false };
        offset = (pair.key as Node | null)?.range?.[0] ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        const item = node.items[Number(part)] as Node | undefined;
        if (!item) return { offset, node, whole: false };
        offset = item.range?.[0] ?? offset;
        node = item;
      } else return { offset, node, whole: false };
    }
    return { offset, node, whole: true };
  }
}

/** The merge key has a symbol for its value. */
function keyName(key: unknown): string {
  if (!isScalar(key)) return "";
  return typeof key.value === "symbol" ? (key.source ?? "<<") : String(key.value);
}
