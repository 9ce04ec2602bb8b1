import { type SyntaxNode } from "@lezer/common";
import { childrenOf, type Source, splitAt, textOf } from "./parse.js";
import { type Expression, type Parameter } from "./syntax.js";

/** Of a function or a lambda. */
export function readParameters(
  list: SyntaxNode,
  source: Source,
  read: (node: SyntaxNode) => Expression,
): Parameter[] {
  const inner = childrenOf(list).filter(({ name }) => name !== "(" && name !== ")");
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const nodes of splitAt(inner, ",")) {
    const star = nodes.find(({ name }) => name === "*" || name === "**");
    const name = nodes.find((node) => node.name === "VariableName");
    const typed = nodes.find((node) => node.name === "TypeDef");
    const assign = nodes.findIndex((node) => node.name === "AssignOp");
    const fallback = assign === -1 ? undefined : nodes[assign + 1];
    if (name) {
      const type = typed && childrenOf(typed).find((node) => node.name !== ":");
      parameters.push({
        name: textOf(name, source),
        spread: star ? (star.name as "*" | "**") : "",
        optional: assign !== -1,
        keywordOnly: keywordOnly && !star,
        annotation: type ? read(type) : null,
        fallback: fallback ? read(fallback) : null,
      });
    }
    if (star?.name === "*") keywordOnly = true;
  }
  return parameters;
}
