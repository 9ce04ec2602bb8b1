import { homeOf, type Modules, moduleMeant } from "./names.js";
import { type Module } from "./modules.js";
import { type Expression, type Statement } from "../syntax/syntax.js";
import { eachStatement, type FunctionDefinition } from "../syntax/walk.js";

/** Where an expression stands. */
export interface Scope {
  module: Module;
  /** The functions around it, the innermost last. */
  within: readonly FunctionDefinition[];
  /** What the innermost function was called with. */
  given?: ReadonlyMap<string, { expression: Expression; scope: Scope }>;
}

/** All that is assigned to a name where it is looked up (null for what cannot be followed), and in which scope. */
export function assignmentsOf(
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
export function entryOf(
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
