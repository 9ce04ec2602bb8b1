import { type Facts } from "../facts.js";
import { type SourceLine } from "../../../text/finding.js";
import { lineOf, type Module } from "./modules.js";
import { homeOf, homeOfExpression } from "./names.js";
import { type Expression } from "../syntax/syntax.js";
import { eachUse } from "./uses.js";
import { findFunctions, type FunctionDefinition } from "../syntax/walk.js";

/** Who comes to whom, as far as the text tells. */
export interface CallGraph {
  /** What runs by itself, or is mentioned by what does: a module's own lines, and what a framework calls. */
  reached: ReadonlySet<FunctionDefinition>;
  /** The functions that mention one. */
  callers: ReadonlyMap<FunctionDefinition, ReadonlySet<FunctionDefinition>>;
  /** Lines that only name a function, and so do nothing. */
  bare: readonly (SourceLine & { names: readonly FunctionDefinition[] })[];
}

type Mentions = Map<FunctionDefinition | null, Set<FunctionDefinition>>;

/** A mention counts as a call: what is handed on may be called by whoever gets it. */
export function readCalls({ modules, byName }: Pick<Facts, "modules" | "byName">): CallGraph {
  const mentions: Mentions = new Map([[null, new Set()]]);
  const bare: (SourceLine & { names: readonly FunctionDefinition[] })[] = [];
  const add = (from: FunctionDefinition | null, to: readonly FunctionDefinition[]): void => {
    const known = mentions.get(from) ?? new Set();
    for (const one of to) if (one !== from) known.add(one);
    mentions.set(from, known);
  };
  for (const module of modules) {
    const all = findFunctions(module.body);
    const named = (name: string): FunctionDefinition[] => all.filter((one) => one.name === name);
    eachUse(module.body, ({ expression, within, statement, isLocal }) => {
      if (expression.kind !== "name" && expression.kind !== "attribute") return;
      const around = [...within].reverse().find((one) => all.includes(one)) ?? null;
      // What is decorated by something else than the queue is called by whoever decorates.
      if (
        statement.kind === "function" &&
        statement.decorators.length > 0 &&
        !statement.decorators.some(isWorkerDecorator)
      ) {
        add(around, [statement]);
      }
      const meant = (): FunctionDefinition[] => {
        if (expression.kind === "name" && isLocal(expression.name)) return named(expression.name);
        const home =
          expression.kind === "name"
            ? homeOf(expression.name, module, byName)
            : homeOfExpression(expression, module, byName);
        if (home) return definedAs(home.name, home.module);
        // A method, or what a class hands on: nobody can tell, so it counts.
        return expression.kind === "attribute" ? named(expression.name) : [];
      };
      if (statement.kind === "expression" && statement.value === expression) {
        bare.push({ ...lineOf(module, expression.line), names: meant() });
      } else {
        add(around, meant());
      }
    });
  }
  return { reached: findReached(mentions), callers: turn(mentions), bare };
}

export function isWorkerDecorator(expression: Expression): boolean {
  const callee = expression.kind === "call" ? expression.callee : expression;
  return callee.kind === "attribute" && callee.name === "worker";
}

/** Functions in an `if` or a `try` are of the module too. */
function definedAs(name: string, { body }: Module): FunctionDefinition[] {
  const top = body.filter((one) => one.kind === "function").filter((one) => one.name === name);
  return [...top, ...findFunctions(body).filter((one) => one.name === name && !body.includes(one))];
}

function findReached(mentions: Mentions): Set<FunctionDefinition> {
  const reached = new Set<FunctionDefinition>();
  const open: (FunctionDefinition | null)[] = [null];
  while (open.length > 0) {
    for (const one of mentions.get(open.pop() ?? null) ?? []) {
      if (reached.has(one)) continue;
      reached.add(one);
      open.push(one);
    }
  }
  return reached;
}

function turn(mentions: Mentions): Map<FunctionDefinition, Set<FunctionDefinition>> {
  const callers = new Map<FunctionDefinition, Set<FunctionDefinition>>();
  for (const [from, to] of mentions) {
    if (!from) continue;
    for (const one of to) callers.set(one, (callers.get(one) ?? new Set()).add(from));
  }
  return callers;
}
