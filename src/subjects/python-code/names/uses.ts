import { type Expression, type Statement } from "../syntax/syntax.js";
import {
  bindingsOf,
  bodiesOf,
  eachStatement,
  expressionsOf,
  type FunctionDefinition,
  innerOf,
} from "../syntax/walk.js";

/** An expression where it stands. */
export interface Use {
  expression: Expression;
  /** The functions around it, the innermost last. */
  within: readonly FunctionDefinition[];
  statement: Statement;
  /** The name means something of a function, a lambda or a comprehension around it, not of the module. */
  isLocal: (name: string) => boolean;
  /** What is asked before it is come to: the tests of each `if` around it. A `try` around it counts as one. */
  tests: readonly (Expression | "try")[];
}

/** Visits every expression of a module, the outer before the inner. */
export function eachUse(body: readonly Statement[], visit: (use: Use) => void): void {
  visitBody(body, { within: [], tests: [], hidden: [] }, visit);
}

interface Around {
  within: readonly FunctionDefinition[];
  tests: Use["tests"];
  hidden: readonly string[];
}

function visitBody(body: readonly Statement[], around: Around, visit: (use: Use) => void): void {
  for (const statement of body) {
    for (const expression of expressionsOf(statement)) visitExpression(expression, statement, around, visit);
    if (statement.kind === "if") {
      for (const { test, body: inner } of statement.branches) {
        const tests = statement.branches.flatMap((one) => (one.test ? [one.test] : []));
        visitBody(inner, { ...around, tests: [...around.tests, ...(test ? [test] : tests)] }, visit);
      }
      continue;
    }
    const inside: Around =
      statement.kind === "function"
        ? { within: [...around.within, statement], tests: [], hidden: [] }
        : statement.kind === "try"
          ? { ...around, tests: [...around.tests, "try"] }
          : around;
    for (const inner of bodiesOf(statement)) visitBody(inner, inside, visit);
  }
}

function visitExpression(
  expression: Expression,
  statement: Statement,
  around: Around,
  visit: (use: Use) => void,
): void {
  const { within, tests, hidden } = around;
  const isLocal = (name: string): boolean =>
    hidden.includes(name) || within.some((one) => localNames(one).has(name));
  visit({ expression, within, statement, tests, isLocal });
  const inside =
    expression.kind === "scoped"
      ? { ...around, hidden: [...hidden, ...expression.names] }
      : expression.kind === "conditional" || (expression.kind === "binary" && expression.operator === "and")
        ? { ...around, tests: [...tests, expression.kind === "binary" ? expression.left : expression.test] }
        : around;
  for (const inner of innerOf(expression)) visitExpression(inner, statement, inside, visit);
}

const known = new WeakMap<FunctionDefinition, ReadonlySet<string>>();

/** What a function binds itself: its parameters and all it assigns, without what it declares global. */
export function localNames(definition: FunctionDefinition): ReadonlySet<string> {
  const found = known.get(definition);
  if (found) return found;
  const names = new Set(definition.parameters.map(({ name }) => name));
  const shared = new Set<string>();
  eachStatement(definition.body, (statement) => {
    for (const name of bindingsOf(statement)) names.add(name);
    if (statement.kind === "scope") for (const name of statement.names) shared.add(name);
  });
  for (const name of shared) names.delete(name);
  known.set(definition, names);
  return names;
}
