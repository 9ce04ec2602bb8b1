import { type SourceLine } from "../../../text/finding.js";
import { foreignName, homeOf, type Modules, moduleMeant } from "./names.js";
import { lineOf, type Module } from "./modules.js";
import { type Expression, type Statement } from "../syntax/syntax.js";
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

/** Where an expression stands. */
export interface Scope {
  module: Module;
  /** The functions around it, the innermost last. */
  within: readonly FunctionDefinition[];
  /** What the innermost function was called with. */
  given?: ReadonlyMap<string, { expression: Expression; scope: Scope }>;
}

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

/** All that is assigned to a name where it is looked up (null for what cannot be followed), and in which scope. */
function assignmentsOf(
  expression: Expression & { kind: "name" | "attribute" },
  scope: Scope,
  modules: Modules,
): { found: (Expression | null)[]; scope: Scope } | null {
  if (expression.kind === "attribute") {
    const module = moduleMeant(expression.of, scope.module, modules);
    if (module) {
      const home = homeOf(expression.name, module, modules);
      return home && moduleLevel(home.name, home.module);
    }
    return expression.of.kind === "name"
      ? classLevel(expression.of.name, expression.name, scope, modules)
      : null;
  }
  const { name } = expression;
  const given = scope.given?.get(name);
  if (given) return { found: [given.expression], scope: given.scope };
  for (let n = scope.within.length - 1; n >= 0; n -= 1) {
    const around = scope.within[n];
    if (!around) continue;
    if (around.parameters.some((one) => one.name === name)) return { found: [null], scope };
    const found = assignedIn(around.body, name);
    if (found.length > 0) return { found, scope: { ...scope, within: scope.within.slice(0, n + 1) } };
  }
  const home = homeOf(name, scope.module, modules);
  return home && moduleLevel(home.name, home.module);
}

function moduleLevel(name: string, module: Module): { found: (Expression | null)[]; scope: Scope } {
  return { found: assignedIn(module.body, name), scope: { module, within: [] } };
}

function classLevel(
  name: string,
  attribute: string,
  scope: Scope,
  modules: Modules,
): { found: (Expression | null)[]; scope: Scope } | null {
  const home = homeOf(name, scope.module, modules);
  const found = home?.module.body.find((one) => one.kind === "class" && one.name === home.name);
  // Where a class has bases (pydantic's settings), they may fill its fields from anywhere.
  if (!home || found?.kind !== "class" || found.bases.length > 0) return null;
  return { found: assignedIn(found.body, attribute), scope: { module: home.module, within: [] } };
}

function assignedIn(body: readonly Statement[], name: string): (Expression | null)[] {
  const found: (Expression | null)[] = [];
  eachStatement(body, (statement) => {
    if (statement.kind === "update" && statement.target.kind === "name" && statement.target.name === name)
      found.push(null);
    if (statement.kind === "block" && statement.binds.some((one) => one.kind === "name" && one.name === name))
      found.push(null);
    if (statement.kind !== "assign" || !statement.value) return;
    for (const target of statement.targets) {
      if (target.kind === "name" && target.name === name) found.push(statement.value);
      if (target.kind !== "sequence") continue;
      const n = target.items.findIndex((one) => one.kind === "name" && one.name === name);
      if (n === -1) continue;
      const { value } = statement;
      const matches = value.kind === "sequence" && value.items.length === target.items.length;
      found.push(matches ? (value.items[n] ?? null) : null);
    }
  });
  return found;
}

/** An entry of a dictionary that stands in the code. */
function entryOf(
  of: Expression,
  key: Expression,
  scope: Scope,
  modules: Modules,
): { expression: Expression; scope: Scope } | null {
  if (key.kind !== "string") return null;
  return entriesOf(of, scope, modules)?.get(key.value) ?? null;
}

/** The entries of `{…}` or `dict(…)`, also behind a name that is assigned once. */
export function entriesOf(
  of: Expression,
  scope: Scope,
  modules: Modules,
  depth = 0,
): ReadonlyMap<string, { expression: Expression; scope: Scope }> | null {
  if (depth > 4) return null;
  if (of.kind === "name" || of.kind === "attribute") {
    const assigned = assignmentsOf(of, scope, modules);
    const [only] = assigned?.found ?? [];
    return assigned?.found.length === 1 && only ? entriesOf(only, assigned.scope, modules, depth + 1) : null;
  }
  const entries = new Map<string, { expression: Expression; scope: Scope }>();
  if (of.kind === "dictionary") {
    for (const { key, value } of of.entries) {
      if (key?.kind !== "string") return null;
      entries.set(key.value, { expression: value, scope });
    }
    return entries;
  }
  if (of.kind !== "call" || of.callee.kind !== "name" || of.callee.name !== "dict") return null;
  for (const { name, value } of of.arguments) {
    if (name === null) return null;
    entries.set(name, { expression: value, scope });
  }
  return entries;
}
