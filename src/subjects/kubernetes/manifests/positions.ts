import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from "yaml";
import { type SourceLine } from "../../../text/finding.js";
import { type Path } from "./manifest.js";

/** One document of a file, and where its parts stand in the file. */
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

  /** As far as the path leads. */
  private follow(path: Path): { offset: number; node: unknown; whole: boolean } {
    let node: unknown = this.document.contents;
    let offset = (node as Node | null)?.range?.[0] ?? 0;
    for (const part of path) {
      if (isAlias(node)) node = node.resolve(this.document);
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : "") === String(part));
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
