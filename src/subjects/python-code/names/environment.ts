import { type SourceLine } from "../../../text/finding.js";
import { foreignName, type Modules } from "./names.js";
import { lineOf, type Module } from "./modules.js";
import { type Argument, type Expression, type Statement } from "../syntax/syntax.js";
import { bodiesOf, eachStatement, expressionsOf, type FunctionDefinition, innerOf } from "../syntax/walk.js";
import { type Scope } from "./assignments.js";
import { evaluate } from "./values.js";

/** A variable of the environment that the code reads. Its place is the line that does. */
export interface EnvironmentRead extends SourceLine {
  name: string;
  /** Name of the module. */
  module: string;
  /** What is taken where it is not set, where that is a text; null where it is none, or nothing. */
  fallback: string | null;
  /** Without it the program, or the line, fails: nothing is taken in its stead. */
  needed: boolean;
  /** It is made a number. */
  asNumber: boolean;
  /** The keyword or the function that it is given to, in small letters: `host`, `from_url`, `level`; "" for none. */
  givenTo: string;
}

/** All variables that the modules read, in the order of the code. */
export function findEnvironment(modules: Modules): EnvironmentRead[] {
  return [...modules.values()].flatMap((module) => [
    ...readsIn(module.body, { module, within: [] }, modules),
    ...fieldsOfSettings(module),
  ]);
}

function readsIn(body: readonly Statement[], scope: Scope, modules: Modules): EnvironmentRead[] {
  const found: EnvironmentRead[] = [];
  for (const statement of body) {
    // What is only looked at, such as in an if, may be missing.
    const hasOther = statement.kind === "if";
    for (const expression of expressionsOf(statement))
      visit(expression, { givenTo: "", asNumber: false, hasOther });
    const within: readonly FunctionDefinition[] =
      statement.kind === "function" ? [...scope.within, statement] : scope.within;
    for (const inner of bodiesOf(statement)) found.push(...readsIn(inner, { ...scope, within }, modules));
  }
  return found;

  function visit(expression: Expression, around: Around): void {
    const read = readOf(expression, scope, modules);
    if (read) {
      const { fallback, isRequired } = read;
      const needed = isRequired || (fallback === null && !read.hasFallback && !around.hasOther);
      found.push({
        ...lineOf(scope.module, expression.line),
        name: read.name,
        module: scope.module.name,
        fallback,
        needed,
        asNumber: around.asNumber,
        givenTo: around.givenTo,
      });
    }
    if (expression.kind === "call") {
      const callee = calleeOf(expression.callee);
      const asNumber = callee === "int" || callee === "float";
      visit(expression.callee, { givenTo: "", asNumber: false, hasOther: false });
      for (const argument of expression.arguments) {
        const through = asNumber || callee === "str";
        visit(argument.value, {
          givenTo: through ? around.givenTo : (argument.name ?? callee).toLowerCase(),
          asNumber: asNumber || around.asNumber,
          hasOther: around.hasOther && through,
        });
      }
      return;
    }
    const hasOther = expression.kind === "binary" && expression.operator === "or";
    for (const inner of innerOf(expression))
      visit(inner, { ...around, hasOther: around.hasOther || hasOther });
  }
}

interface Around {
  givenTo: string;
  asNumber: boolean;
  /** `or` something. */
  hasOther: boolean;
}

function calleeOf(callee: Expression): string {
  return callee.kind === "name" || callee.kind === "attribute" ? callee.name : "";
}

interface Read {
  name: string;
  fallback: string | null;
  hasFallback: boolean;
  isRequired: boolean;
}

function readOf(expression: Expression, scope: Scope, modules: Modules): Read | null {
  if (expression.kind === "subscript") {
    const [index] = expression.index;
    const name = index && isEnvironment(expression.of, scope.module) ? textOf(index, scope, modules) : null;
    return name === null ? null : { name, fallback: null, hasFallback: false, isRequired: true };
  }
  if (expression.kind !== "call") return null;
  const callee = foreignName(expression.callee, scope.module)?.replace(/^os\./, "");
  if (callee !== "environ.get" && callee !== "getenv" && callee !== "environ.setdefault") return null;
  const [first, second] = expression.arguments as (Argument | undefined)[];
  const name = first ? textOf(first.value, scope, modules) : null;
  if (name === null) return null;
  const isNone = second?.value.kind === "constant" && second.value.value === "None";
  const fallback = second && !isNone ? textOf(second.value, scope, modules) : null;
  return { name, fallback, hasFallback: second !== undefined && !isNone, isRequired: false };
}

function isEnvironment(of: Expression, module: Module): boolean {
  return foreignName(of, module)?.replace(/^os\./, "") === "environ";
}

function textOf(expression: Expression, scope: Scope, modules: Modules): string | null {
  const value = evaluate(expression, scope, modules);
  if (value.kind === "literal") return String(value.value);
  return value.kind === "env" ? value.fallback : null;
}

/** The fields of pydantic's settings without a value: each is a variable in capitals. */
function fieldsOfSettings(module: Module): EnvironmentRead[] {
  const found: EnvironmentRead[] = [];
  eachStatement(module.body, (statement) => {
    if (statement.kind !== "class" || !statement.bases.some((base) => calleeOf(base) === "BaseSettings"))
      return;
    const [, prefix = ""] = /env_prefix\s*=\s*["'](\w*)["']/.exec(module.source.text) ?? [];
    for (const field of statement.body) {
      const [target] = field.kind === "assign" ? field.targets : [];
      if (field.kind !== "assign" || target?.kind !== "name" || !field.annotation || field.value) continue;
      const kind = module.source.text.slice(field.annotation.from, field.annotation.to);
      found.push({
        ...lineOf(module, field.line),
        name: `${prefix}${target.name}`.toUpperCase(),
        module: module.name,
        fallback: null,
        needed: !/None|Optional/.test(kind),
        asNumber: /^(?:int|float)$/.test(kind),
        givenTo: "",
      });
    }
  });
  return found;
}
