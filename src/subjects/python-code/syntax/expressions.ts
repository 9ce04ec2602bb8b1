import { type SyntaxNode } from "@lezer/common";
import { childrenOf, type Source, splitAt, textOf } from "./parse.js";
import { readParameters } from "./parameters.js";
import { decodeString } from "./strings.js";
import { type Argument, type Expression, type Placed } from "./syntax.js";

const PUNCTUATION = new Set(["(", ")", "[", "]", "{", "}", ",", ":", ".", "At"]);

export function placeOf(node: SyntaxNode, source: Source): Placed {
  return { line: source.lineAt(node.from), from: node.from, to: node.to };
}

/** Several with commas between them are a tuple. */
export function readExpressions(nodes: readonly SyntaxNode[], source: Source): Expression | null {
  const items = nodes.filter(({ name }) => !PUNCTUATION.has(name) && !/^\*+$/.test(name));
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return null;
  const isTuple = nodes.some(({ name }) => name === ",");
  if (!isTuple) return readExpression(first, source);
  return {
    line: source.lineAt(first.from),
    from: first.from,
    to: last.to,
    kind: "sequence",
    of: "tuple",
    items: items.map((item) => readExpression(item, source)),
  };
}

export function readExpression(node: SyntaxNode, source: Source): Expression {
  const place = placeOf(node, source);
  const children = childrenOf(node);
  const parts = children.filter(({ name }) => !PUNCTUATION.has(name));
  const read = (one: SyntaxNode): Expression => readExpression(one, source);
  const other = (): Expression => ({ ...place, kind: "other", inner: parts.filter(isExpression).map(read) });
  const [first, second] = parts;
  switch (node.name) {
    case "VariableName":
      return { ...place, kind: "name", name: textOf(node, source) };
    case "None":
    case "Boolean":
    case "Ellipsis":
      return { ...place, kind: "constant", value: textOf(node, source) as "None" };
    case "Number":
      return { ...place, kind: "number", value: Number(textOf(node, source).replaceAll("_", "")) };
    case "String":
    case "FormatString":
    case "ContinuedString":
      return readString(node, source);
    case "ParenthesizedExpression":
      return first ? read(first) : other();
    case "TupleExpression":
    case "ArrayExpression":
    case "SetExpression": {
      const of = { TupleExpression: "tuple", ArrayExpression: "list", SetExpression: "set" } as const;
      return { ...place, kind: "sequence", of: of[node.name], items: parts.filter(isExpression).map(read) };
    }
    case "DictionaryExpression":
      return { ...place, kind: "dictionary", entries: readEntries(children, source) };
    case "CallExpression":
      return first && second?.name === "ArgList"
        ? { ...place, kind: "call", callee: read(first), arguments: readArguments(second, source) }
        : other();
    case "MemberExpression":
      if (!first) return other();
      if (children.some(({ name }) => name === "[")) {
        return {
          ...place,
          kind: "subscript",
          of: read(first),
          index: parts.slice(1).filter(isExpression).map(read),
        };
      }
      return second?.name === "PropertyName"
        ? { ...place, kind: "attribute", of: read(first), name: textOf(second, source) }
        : { ...place, kind: "other", inner: [read(first)] };
    case "BinaryExpression": {
      const last = parts.at(-1);
      if (!first || !last || parts.length < 3) return other();
      const operator = parts
        .slice(1, -1)
        .map((one) => textOf(one, source))
        .join(" ");
      return { ...place, kind: "binary", operator, left: read(first), right: read(last) };
    }
    case "ConditionalExpression": {
      const [then, test, otherwise] = parts.filter(isExpression);
      return then && test && otherwise
        ? { ...place, kind: "conditional", then: read(then), test: read(test), otherwise: read(otherwise) }
        : other();
    }
    case "LambdaExpression": {
      const list = parts.find(({ name }) => name === "ParamList");
      const names = list ? readParameters(list, source, read).map(({ name }) => name) : [];
      return { ...place, kind: "scoped", names, inner: parts.filter(isExpression).map(read) };
    }
    case "ComprehensionExpression":
    case "ArrayComprehensionExpression":
    case "SetComprehensionExpression":
    case "DictionaryComprehensionExpression":
      return {
        ...place,
        kind: "scoped",
        names: comprehensionNames(children, source),
        inner: parts.filter(isExpression).map(read),
      };
    default:
      return other();
  }
}

const NO_EXPRESSION =
  /^(ParamList|Body|TypeDef|ArgList|PropertyName|AssignOp|ArithOp|BitOp|CompareOp|UpdateOp|LogicOp|FormatSpec|FormatConversion|Escape|\*+|[a-z]+)$/;

export function isExpression({ name }: SyntaxNode): boolean {
  return name === "None" || (!NO_EXPRESSION.test(name) && !PUNCTUATION.has(name));
}

/** The names between each `for` and its `in`. */
function comprehensionNames(children: readonly SyntaxNode[], source: Source): string[] {
  const names: string[] = [];
  let inTarget = false;
  for (const child of children) {
    if (child.name === "for") inTarget = true;
    else if (child.name === "in") inTarget = false;
    else if (inTarget) names.push(...(textOf(child, source).match(/[^\W\d]\w*/gu) ?? []));
  }
  return names;
}

export function readArguments(list: SyntaxNode, source: Source): Argument[] {
  const inner = childrenOf(list).filter(({ name }) => name !== "(" && name !== ")");
  // A generator without brackets of its own is the only argument; its commas separate nothing.
  const isGenerator = inner.some(({ name }) => name === "for");
  return (isGenerator ? [inner] : splitAt(inner, ",")).flatMap((nodes): Argument[] => {
    const [first, second, third] = nodes;
    if (!first) return [];
    const spread = first.name === "*" || first.name === "**" ? first.name : "";
    if (spread !== "") return second ? [{ name: null, spread, value: readExpression(second, source) }] : [];
    if (second?.name === "AssignOp" && textOf(second, source) === "=" && third) {
      return [{ name: textOf(first, source), spread: "", value: readExpression(third, source) }];
    }
    if (isGenerator) {
      const names = comprehensionNames(nodes, source);
      const inner = nodes.filter(isExpression).map((one) => readExpression(one, source));
      return [{ name: null, spread: "", value: { ...placeOf(first, source), kind: "scoped", names, inner } }];
    }
    const value = second && third ? readExpression(third, source) : readExpression(first, source);
    return [{ name: null, spread: "", value }];
  });
}

type Entry = (Expression & { kind: "dictionary" })["entries"][number];

function readEntries(children: readonly SyntaxNode[], source: Source): Entry[] {
  const inner = children.filter(({ name }) => name !== "{" && name !== "}");
  return splitAt(inner, ",").flatMap((nodes): Entry[] => {
    const [before, after] = splitAt(nodes, ":");
    const [key] = (before ?? []).filter(isExpression);
    const [value] = (after ?? []).filter(isExpression);
    if (key && value) return [{ key: readExpression(key, source), value: readExpression(value, source) }];
    return key ? [{ key: null, value: readExpression(key, source) }] : [];
  });
}

function readString(node: SyntaxNode, source: Source): Expression {
  const place = placeOf(node, source);
  const pieces = node.name === "ContinuedString" ? childrenOf(node) : [node];
  const parts: (string | Expression)[] = [];
  let bytes = false;
  for (const piece of pieces) {
    if (piece.name !== "FormatString") {
      const decoded = decodeString(textOf(piece, source));
      bytes ||= decoded.bytes;
      parts.push(decoded.value);
      continue;
    }
    const [, open = ""] = /^[a-zA-Z]*("""|'''|"|')/.exec(textOf(piece, source)) ?? [];
    let at = piece.from + textOf(piece, source).indexOf(open) + open.length;
    for (const child of childrenOf(piece)) {
      if (child.name !== "FormatReplacement") continue;
      parts.push(source.text.slice(at, child.from));
      const [inner] = childrenOf(child).filter(isExpression);
      if (inner) parts.push(readExpression(inner, source));
      at = child.to;
    }
    parts.push(source.text.slice(at, Math.max(at, piece.to - open.length)));
  }
  const whole = parts.every((part) => typeof part === "string");
  return whole
    ? { ...place, kind: "string", value: parts.join(""), bytes }
    : { ...place, kind: "format", parts: parts.filter((part) => part !== "") };
}
