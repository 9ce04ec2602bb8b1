import { type SourceLine } from "../../../text/finding.js";
import { assignmentsOf, entryOf, type Scope } from "./assignments.js";
import { foreignName, homeOf, type Modules, moduleMeant } from "./names.js";
import { lineOf } from "./modules.js";
import { type Expression } from "../syntax/syntax.js";
import { eachStatement, type FunctionDefinition } from "../syntax/walk.js";

/** What a setting is given, as far as it can be followed. */
export type Value =
  | {
      kind: "literal";
      value: string | number;
      /** Where it stands, if it was followed there through a name. */
      at?: SourceLine;
    }
  /** Read from the environment: `variable`, else the first of `others` that is set, else the text `fallback`. */
  | { kind: "env"; variable: string; others?: readonly string[]; fallback: string | null }
  | { kind: "unknown"; text: string }
  | { kind: "absent" };

export const ABSENT: Value = { kind: "absent" };

/** So many steps are followed: more is nobody's plain code. */
const FARTHEST = 12;

/** Follows an expression through assignments, imports and calls of the student's own small functions. */
export function evaluate(expression: Expression, scope: Scope, modules: Modules, depth = 0): Value {
  const unknown: Value = { kind: "unknown", text: textOf(expression, scope) };
  if (depth > FARTHEST) return unknown;
  const next = (one: Expression, at = scope): Value => evaluate(one, at, modules, depth + 1);
  switch (expression.kind) {
    case "string":
      return { kind: "literal", value: expression.value };
    case "number":
      return { kind: "literal", value: expression.value };
    case "constant":
      return expression.value === "None" ? ABSENT : unknown;
    case "format":
      return (
        joinParts(expression.parts.map((part) => (typeof part === "string" ? literal(part) : next(part)))) ??
        unknown
      );
    case "conditional":
      return withFallback(next(expression.then), next(expression.otherwise)) ?? unknown;
    case "binary":
      if (expression.operator !== "or") return unknown;
      return withFallback(next(expression.left), next(expression.right)) ?? unknown;
    case "subscript": {
      const [index] = expression.index;
      if (!index || expression.index.length > 1) return unknown;
      if (foreignName(expression.of, scope.module)?.replace(/^os\./, "") === "environ") {
        const name = next(index);
        return name.kind === "literal" ? variable(String(name.value), ABSENT) : unknown;
      }
      const entry = entryOf(expression.of, index, scope, modules);
      return entry ? next(entry.expression, entry.scope) : unknown;
    }
    case "call":
      return evaluateCall(expression, scope, modules, depth) ?? unknown;
    case "name":
    case "attribute":
      return follow(expression, scope, modules, depth) ?? unknown;
    default:
      return unknown;
  }
}

function literal(value: string | number): Value {
  return { kind: "literal", value };
}

function variable(name: string, fallback: Value): Value {
  if (fallback.kind === "literal") return { kind: "env", variable: name, fallback: String(fallback.value) };
  if (fallback.kind !== "env") return { kind: "env", variable: name, fallback: null };
  const others = variablesOf(fallback).filter((one) => one !== name);
  return { kind: "env", variable: name, ...(others.length > 0 && { others }), fallback: fallback.fallback };
}

/** The variables that a value is read from, in the order in which they are looked at. */
export function variablesOf(value: Value): string[] {
  return value.kind === "env" ? [value.variable, ...(value.others ?? [])] : [];
}

/** `first or second`: a variable with its default. */
function withFallback(first: Value, second: Value): Value | null {
  if (first.kind === "absent") return second;
  if (first.kind === "literal")
    return second.kind === "env" ? { ...second, fallback: String(first.value) } : first;
  if (first.kind !== "env") return null;
  if (first.fallback !== null && first.fallback !== "") return first;
  return variablesOf(first).reduceRight((value, name) => variable(name, value), second);
}

function joinParts(parts: readonly Value[]): Value | null {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return parts.every((part) => part.kind === "literal")
    ? literal(parts.map(({ value }) => value).join(""))
    : null;
}

function textOf({ from, to }: Expression, { module }: Scope): string {
  return module.source.text.slice(from, to);
}

function evaluateCall(
  call: Expression & { kind: "call" },
  scope: Scope,
  modules: Modules,
  depth: number,
): Value | null {
  const [first, second] = call.arguments;
  const next = (one: Expression, at = scope): Value => evaluate(one, at, modules, depth + 1);
  const name = foreignName(call.callee, scope.module)?.replace(/^os\./, "");
  if (name === "environ.get" || name === "getenv" || name === "environ.setdefault") {
    const wanted = first ? next(first.value) : ABSENT;
    if (wanted.kind !== "literal") return null;
    return variable(String(wanted.value), second ? next(second.value) : ABSENT);
  }
  if ((name === "int" || name === "str") && first) {
    const value = next(first.value);
    return name === "int" && value.kind === "literal" && Number.isInteger(Number(value.value))
      ? literal(Number(value.value))
      : value;
  }
  if (call.callee.kind === "attribute" && /^(strip|lower|rstrip|lstrip)$/.test(call.callee.name)) {
    return next(call.callee.of);
  }
  const target = functionMeant(call, scope, modules);
  const returned = target && returnOf(target.function);
  return returned ? next(returned, target.scope) : null;
}

/** The student's function that a call means, and the scope of its body with what it was called with. */
export function functionMeant(
  call: Expression & { kind: "call" },
  scope: Scope,
  modules: Modules,
): { function: FunctionDefinition; scope: Scope } | null {
  const { callee } = call;
  const of = callee.kind === "attribute" ? moduleMeant(callee.of, scope.module, modules) : scope.module;
  const name = callee.kind === "name" || callee.kind === "attribute" ? callee.name : "";
  const home = of && homeOf(name, of, modules);
  const found = home?.module.body.find((one) => one.kind === "function" && one.name === home.name);
  if (!home || found?.kind !== "function") return null;
  const given = new Map<string, { expression: Expression; scope: Scope }>();
  const positional = found.parameters.filter(({ spread, keywordOnly }) => spread === "" && !keywordOnly);
  for (const parameter of found.parameters) {
    if (parameter.fallback)
      given.set(parameter.name, {
        expression: parameter.fallback,
        scope: { module: home.module, within: [] },
      });
  }
  call.arguments.forEach((argument, n) => {
    const parameter = argument.name ?? positional[n]?.name;
    if (argument.spread === "" && parameter !== undefined)
      given.set(parameter, { expression: argument.value, scope });
  });
  return { function: found, scope: { module: home.module, within: [found], given } };
}

/** What a function returns, where that is one expression. */
export function returnOf({ body }: FunctionDefinition): Expression | null {
  const returns: (Expression | null)[] = [];
  eachStatement(body, (statement) => {
    if (statement.kind === "return") returns.push(statement.value);
  });
  return returns.length === 1 ? (returns[0] ?? null) : null;
}

function placed(value: Value, { line }: Expression, { module }: Scope): Value {
  return value.kind === "literal" && !value.at ? { ...value, at: lineOf(module, line) } : value;
}

/** A name's value, from the innermost function outwards. */
function follow(
  expression: Expression & { kind: "name" | "attribute" },
  scope: Scope,
  modules: Modules,
  depth: number,
): Value | null {
  const next = (one: Expression, at = scope): Value => evaluate(one, at, modules, depth + 1);
  const assigned = assignmentsOf(expression, scope, modules);
  if (!assigned) return null;
  const values = assigned.found.map((one) =>
    one ? placed(next(one, assigned.scope), one, assigned.scope) : null,
  );
  const known = values.filter((value) => value !== null);
  if (known.length !== values.length || known.length === 0) return null;
  const [first, second] = known;
  if (known.length === 1) return first ?? null;
  if (known.length > 2 || !first || !second) return null;
  // A variable, and what is taken in an `if` or an `except` where it is not set.
  if (first.kind === "env" && first.fallback === null && second.kind === "literal")
    return variable(first.variable, second);
  if (second.kind === "env" && first.kind === "literal")
    return { ...second, fallback: second.fallback ?? String(first.value) };
  return null;
}
