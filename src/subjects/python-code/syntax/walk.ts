import {
  type Argument,
  type Expression,
  type FunctionStatement,
  type Placed,
  type Statement,
} from "./syntax.js";

/** The statements in the order of the text; those of functions (and of a class's) only where they are wanted. */
export function eachStatement(
  body: readonly Statement[],
  visit: (statement: Statement) => void,
  { intoFunctions = false }: { intoFunctions?: boolean } = {},
): void {
  for (const statement of body) {
    visit(statement);
    for (const inner of bodiesOf(statement)) {
      const isScope = statement.kind === "function" || statement.kind === "class";
      if (!isScope || intoFunctions) eachStatement(inner, visit, { intoFunctions });
    }
  }
}

export function bodiesOf(statement: Statement): Statement[][] {
  switch (statement.kind) {
    case "function":
    case "class":
      return [statement.body];
    case "if":
      return statement.branches.map(({ body }) => body);
    case "try":
    case "block":
    case "other":
      return statement.bodies;
    default:
      return [];
  }
}

/** The expressions that stand in a statement itself, not in the bodies below it. */
export function expressionsOf(statement: Statement): Expression[] {
  switch (statement.kind) {
    case "function":
      return [
        ...statement.decorators,
        ...(statement.returns ? [statement.returns] : []),
        ...statement.parameters.flatMap(({ fallback, annotation }) =>
          [fallback, annotation].filter((one) => one !== null),
        ),
      ];
    case "class":
      return [...statement.decorators, ...statement.bases];
    case "assign":
      return [...statement.targets, statement.annotation, statement.value].filter((one) => one !== null);
    case "update":
      return [statement.target, statement.value];
    case "return":
      return statement.value ? [statement.value] : [];
    case "expression":
      return [statement.value];
    case "if":
      return statement.branches.flatMap(({ test }) => (test ? [test] : []));
    case "try":
    case "other":
      return statement.inner;
    case "block":
      return [...statement.binds, ...statement.inner];
    default:
      return [];
  }
}

/** The expression and all within it, the outer before the inner. */
export function eachExpression(expression: Expression, visit: (expression: Expression) => void): void {
  visit(expression);
  for (const inner of innerOf(expression)) eachExpression(inner, visit);
}

export function innerOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case "attribute":
      return [expression.of];
    case "subscript":
      return [expression.of, ...expression.index];
    case "call":
      return [expression.callee, ...expression.arguments.map(({ value }) => value)];
    case "format":
      return expression.parts.filter((part) => typeof part !== "string");
    case "sequence":
      return expression.items;
    case "dictionary":
      return expression.entries.flatMap(({ key, value }) => (key ? [key, value] : [value]));
    case "binary":
      return [expression.left, expression.right];
    case "conditional":
      return [expression.test, expression.then, expression.otherwise];
    case "scoped":
    case "other":
      return expression.inner;
    default:
      return [];
  }
}

export type Call = Placed & { kind: "call"; callee: Expression; arguments: Argument[] };
export type FunctionDefinition = Placed & FunctionStatement;

/** A call, and the functions around it, the innermost last. */
export interface FoundCall {
  call: Call;
  within: readonly FunctionDefinition[];
  statement: Statement;
}

export function findCalls(
  body: readonly Statement[],
  within: readonly FunctionDefinition[] = [],
): FoundCall[] {
  const found: FoundCall[] = [];
  for (const statement of body) {
    for (const expression of expressionsOf(statement)) {
      eachExpression(expression, (one) => {
        if (one.kind === "call") found.push({ call: one, within, statement });
      });
    }
    const inside = statement.kind === "function" ? [...within, statement] : within;
    for (const inner of bodiesOf(statement)) found.push(...findCalls(inner, inside));
  }
  return found;
}

/** The names that a statement binds, itself and not in its bodies. */
export function bindingsOf(statement: Statement): string[] {
  switch (statement.kind) {
    case "function":
    case "class":
      return [statement.name];
    case "assign":
      return statement.targets.flatMap(namesIn);
    case "update":
      return namesIn(statement.target);
    case "block":
      return statement.binds.flatMap(namesIn);
    default:
      return [];
  }
}

/** The names that are bound where this stands on the left of a `=`. */
export function namesIn(target: Expression): string[] {
  if (target.kind === "name") return [target.name];
  if (target.kind === "sequence") return target.items.flatMap(namesIn);
  return [];
}

/** `a.b.c` as text; null for anything else. */
export function dottedName(expression: Expression): string | null {
  if (expression.kind === "name") return expression.name;
  if (expression.kind !== "attribute") return null;
  const of = dottedName(expression.of);
  return of === null ? null : `${of}.${expression.name}`;
}
/** All functions, those within others and in classes too. */
export function findFunctions(body: readonly Statement[]): FunctionDefinition[] {
  const found: FunctionDefinition[] = [];
  eachStatement(
    body,
    (statement) => {
      if (statement.kind === "function") found.push(statement);
    },
    { intoFunctions: true },
  );
  return found;
}
