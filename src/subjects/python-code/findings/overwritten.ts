import { clientMeant } from "../clients/client-uses.js";
import { fault, type Facts, remark } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf, type Module } from "../names/modules.js";
import { type Expression, type Statement } from "../syntax/syntax.js";
import {
  bodiesOf,
  eachExpression,
  expressionsOf,
  findFunctions,
  type FunctionDefinition,
  namesIn,
} from "../syntax/walk.js";

/** Parameters that get another value before anybody has used the one that was given. */
export function findOverwritten(facts: Facts): Finding[] {
  return facts.modules
    .filter(({ readable }) => readable)
    .flatMap((module) => findFunctions(module.body).flatMap((one) => judge(one, module, facts)));
}

function judge(definition: FunctionDefinition, module: Module, facts: Facts): Finding[] {
  const { name, parameters, body } = definition;
  return parameters.flatMap((parameter): Finding[] => {
    if (parameter.spread !== "" || parameter.name.startsWith("_")) return [];
    const at = body.findIndex((statement) => mentions(statement, parameter.name));
    const statement = body[at];
    // Only a line of the function's own: what an if or a loop assigns may not happen.
    if (statement?.kind !== "assign" || !statement.value || uses(statement.value, parameter.name)) return [];
    const target = statement.targets.find((one) => namesIn(one).includes(parameter.name));
    if (!target) return [];
    const isUnpacked = target.kind === "sequence";
    const stored = isUnpacked && comesFromRedis(statement.value, definition, module, facts);
    const used = body.slice(at + 1).some((one) => mentions(one, parameter.name));
    if (!used || (parameter.optional && !stored)) return [];
    const report = stored || (isUnpacked && !parameter.optional) ? fault : remark;
    return [
      report(
        "parameter-overwritten",
        lineOf(module, statement.line),
        `${parameter.name} was given to ${name}, and this line puts another value in its place before it is used${stored ? `: the stored ${parameter.name} is written back, and never changes` : ""}`,
        `give what is read here another name, such as ${isUnpacked ? "old_" : "new_"}${parameter.name}`,
      ),
    ];
  });
}

function mentions(statement: Statement, name: string): boolean {
  if (statement.kind === "scope" && statement.names.includes(name)) return true;
  return (
    expressionsOf(statement).some((one) => uses(one, name)) ||
    bodiesOf(statement).some((body) => body.some((one) => mentions(one, name)))
  );
}

function uses(expression: Expression, name: string): boolean {
  let found = false;
  eachExpression(expression, (one) => (found ||= one.kind === "name" && one.name === name));
  return found;
}

/** The value is what some command of Redis answers, or made of it. */
function comesFromRedis(
  value: Expression,
  definition: FunctionDefinition,
  module: Module,
  { byName, clients }: Facts,
): boolean {
  let found = false;
  eachExpression(value, (one) => {
    if (
      one.kind !== "call" ||
      one.callee.kind !== "attribute" ||
      !/^(h?m?get|hgetall|hvals)$/.test(one.callee.name)
    )
      return;
    const use = { within: [definition], isLocal: () => false };
    found ||=
      /^h/.test(one.callee.name) ||
      clientMeant(one.callee.of, use, module, byName, clients)?.kind === "redis";
  });
  return found;
}
