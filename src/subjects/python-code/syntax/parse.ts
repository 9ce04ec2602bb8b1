import { type SyntaxNode, type Tree } from "@lezer/common";
import { parser } from "@lezer/python";

/** A node of the parser's tree with the text that it stands for. */
export interface Source {
  text: string;
  /** The line (from 1) of an offset. */
  lineAt: (offset: number) => number;
  /** The line's text, without its end. */
  lineText: (line: number) => string;
}

export function parsePython(text: string): Tree {
  return parser.parse(text);
}

export function describeSource(text: string): Source {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const lineAt = (offset: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
  const lineText = (line: number): string => {
    const from = starts[line - 1];
    if (from === undefined) return "";
    return text.slice(from, (starts[line] ?? text.length + 1) - 1).trimEnd();
  };
  return { text, lineAt, lineText };
}

/** The children, without comments and the places where the parser recovered from an error. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== "Comment" && !child.type.isError) children.push(child);
  }
  return children;
}

export function textOf(node: SyntaxNode, { text }: Source): string {
  return text.slice(node.from, node.to);
}

/** Splits at the nodes of this name; always at least one part. */
export function splitAt(nodes: readonly SyntaxNode[], name: string): SyntaxNode[][] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === name) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts;
}
