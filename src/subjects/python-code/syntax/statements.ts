import { type SyntaxNode } from "@lezer/common";
import { isExpression, placeOf, readArguments, readExpression, readExpressions } from "./expressions.js";
import { readParameters } from "./parameters.js";
import { childrenOf, type Source, splitAt, textOf } from "./parse.js";
import { type Expression, type ImportStatement, type Statement } from "./syntax.js";

/** The statements below a node that holds some: the script, a body. */
export function readStatements(node: SyntaxNode, source: Source): Statement[] {
  return childrenOf(node).flatMap((child) => readStatement(child, source));
}

function readStatement(node: SyntaxNode, source: Source, decorators: Expression[] = []): Statement[] {
  const place = placeOf(node, source);
  const children = childrenOf(node);
  const read = (one: SyntaxNode): Expression => readExpression(one, source);
  const bodies = (): Statement[][] =>
    children.filter(({ name }) => name === "Body").map((body) => readStatements(body, source));
  const inner = (): Expression[] => children.filter(isExpression).map(read);
  const name = (): string => {
    const found = children.find((child) => child.name === "VariableName");
    return found ? textOf(found, source) : "";
  };
  switch (node.name) {
    case "StatementGroup":
      return children.flatMap((child) => readStatement(child, source));
    case "DecoratedStatement": {
      const found = children
        .filter((child) => child.name === "Decorator")
        .map((one) => readDecorator(one, source));
      return children
        .filter((child) => child.name !== "Decorator")
        .flatMap((child) => readStatement(child, source, found));
    }
    case "FunctionDefinition": {
      const list = children.find((child) => child.name === "ParamList");
      return [
        {
          ...place,
          kind: "function",
          name: name(),
          decorators,
          isAsync: children[0]?.name === "async",
          parameters: list ? readParameters(list, source, read) : [],
          returns: readAnnotation(children, source),
          body: bodies().flat(),
        },
      ];
    }
    case "ClassDefinition": {
      const list = children.find((child) => child.name === "ArgList");
      const bases = list
        ? readArguments(list, source).flatMap((one) => (one.name === null ? [one.value] : []))
        : [];
      return [{ ...place, kind: "class", name: name(), bases, decorators, body: bodies().flat() }];
    }
    case "ImportStatement":
      return readImport(children, source).map((statement) => ({ ...place, ...statement }));
    case "AssignStatement": {
      const typed = children.filter((child) => child.name !== "TypeDef");
      const parts = splitAt(typed, "AssignOp").map((part) => readExpressions(part, source));
      const [first, ...rest] = parts.filter((part) => part !== null);
      if (!first) return [];
      const value = rest.at(-1) ?? null;
      return [
        {
          ...place,
          kind: "assign",
          targets: [first, ...rest.slice(0, -1)],
          annotation: readAnnotation(children, source),
          value,
        },
      ];
    }
    case "UpdateStatement": {
      const [target, value] = inner();
      return target && value ? [{ ...place, kind: "update", target, value }] : [];
    }
    case "ReturnStatement":
      return [{ ...place, kind: "return", value: readExpressions(children.slice(1), source) }];
    case "ExpressionStatement": {
      const value = readExpressions(children, source);
      return value ? [{ ...place, kind: "expression", value }] : [];
    }
    case "IfStatement":
      return [{ ...place, kind: "if", branches: readBranches(children, source) }];
    case "TryStatement":
      return [{ ...place, kind: "try", bodies: bodies(), inner: inner() }];
    case "ForStatement": {
      const [before = [], after = []] = splitAt(children.slice(1), "in");
      const binds = before.filter(isExpression).map(read);
      return [
        {
          ...place,
          kind: "block",
          word: "for",
          binds,
          inner: after.filter(isExpression).map(read),
          bodies: bodies(),
        },
      ];
    }
    case "WhileStatement":
      return [{ ...place, kind: "block", word: "while", binds: [], inner: inner(), bodies: bodies() }];
    case "WithStatement": {
      const bound = new Set(children.filter((_, n) => children[n - 1]?.name === "as"));
      const parts = children.filter(isExpression);
      return [
        {
          ...place,
          kind: "block",
          word: "with",
          bodies: bodies(),
          binds: parts.filter((part) => bound.has(part)).map(read),
          inner: parts.filter((part) => !bound.has(part)).map(read),
        },
      ];
    }
    case "ScopeStatement":
      return [
        {
          ...place,
          kind: "scope",
          names: children
            .slice(1)
            .filter(isExpression)
            .map((one) => textOf(one, source)),
        },
      ];
    case "MatchStatement": {
      const clauses = children.filter((child) => child.name === "MatchBody").flatMap(childrenOf);
      const clauseBodies = clauses.flatMap((clause) =>
        childrenOf(clause).filter((one) => one.name === "Body"),
      );
      return [
        {
          ...place,
          kind: "other",
          inner: inner().slice(0, 1),
          bodies: clauseBodies.map((one) => readStatements(one, source)),
        },
      ];
    }
    default:
      return /Statement$|^TypeDefinition$/.test(node.name)
        ? [{ ...place, kind: "other", inner: inner(), bodies: bodies() }]
        : [];
  }
}

/** After a colon or an arrow. */
function readAnnotation(children: readonly SyntaxNode[], source: Source): Expression | null {
  const typed = children.find(({ name }) => name === "TypeDef");
  const [type] = typed ? childrenOf(typed).filter(isExpression) : [];
  return type ? readExpression(type, source) : null;
}

function readBranches(
  children: readonly SyntaxNode[],
  source: Source,
): { test: Expression | null; body: Statement[] }[] {
  const branches: { test: Expression | null; body: Statement[] }[] = [];
  let test: Expression | null = null;
  for (const child of children) {
    if (child.name === "else") test = null;
    else if (child.name === "Body") branches.push({ test, body: readStatements(child, source) });
    else if (isExpression(child)) test = readExpression(child, source);
  }
  return branches;
}

/** A decorator's name with its dots, and its arguments where it has brackets, as an expression. */
function readDecorator(node: SyntaxNode, source: Source): Expression {
  const [first, ...names] = childrenOf(node).filter((child) => child.name === "VariableName");
  const place = placeOf(node, source);
  let expression: Expression = { ...place, kind: "name", name: first ? textOf(first, source) : "" };
  for (const name of names)
    expression = { ...place, kind: "attribute", of: expression, name: textOf(name, source) };
  const list = childrenOf(node).find((child) => child.name === "ArgList");
  return list
    ? { ...place, kind: "call", callee: expression, arguments: readArguments(list, source) }
    : expression;
}

function readImport(children: readonly SyntaxNode[], source: Source): ImportStatement[] {
  const at = children.findIndex(({ name }) => name === "import");
  const isFrom = children[0]?.name === "from";
  const names = splitAt(
    children.slice(at + 1).filter(({ name }) => name !== "(" && name !== ")"),
    ",",
  ).flatMap((nodes) => {
    const as = nodes.findIndex(({ name }) => name === "as");
    const dotted = (as === -1 ? nodes : nodes.slice(0, as)).map((one) => textOf(one, source)).join("");
    const alias = nodes[as + 1];
    return dotted === "" ? [] : [{ name: dotted, as: as === -1 || !alias ? null : textOf(alias, source) }];
  });
  if (!isFrom)
    return names.map((name) => ({ kind: "import", origin: null, level: 0, names: [name], star: false }));
  const before = children
    .slice(1, at)
    .map((one) => textOf(one, source))
    .join("");
  const [, dots = "", origin = ""] = /^(\.*)(.*)$/.exec(before) ?? [];
  const star = names.some(({ name }) => name === "*");
  return [{ kind: "import", origin, level: dots.length, names: star ? [] : names, star }];
}
