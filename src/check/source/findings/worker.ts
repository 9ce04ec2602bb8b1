import { fault, type Facts } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf, type Module } from "../modules.js";
import { homeOf, homeOfExpression } from "../names.js";
import { consumes } from "../roles.js";
import { dottedName, findCalls, findFunctions, type FunctionDefinition } from "../walk.js";
import { eachUse } from "../uses.js";
import { type Expression } from "../syntax.js";

/** Whether the worker takes anything from the queue, and whether it is ever started. */
export function findWorker(facts: Facts): Finding[] {
  const { worker, modules } = facts;
  if (!worker?.readable || modules.some(usesOtherQueue)) return [];
  return [...findUndecorated(worker, facts), ...findUnstarted(facts)];
}

/** Another library does the worker's part. */
function usesOtherQueue({ imports }: Module): boolean {
  return imports.some(({ from }) => /^(celery|rq|dramatiq|huey|arq|taskiq)\b/.test(from));
}

function isWorkerDecorator(expression: Expression): boolean {
  const callee = expression.kind === "call" ? expression.callee : expression;
  return callee.kind === "attribute" && callee.name === "worker";
}

/** The function that should be a worker, where nothing takes from the queue. */
export function undecoratedWorker({ worker, modules }: Facts): FunctionDefinition | null {
  if (!worker?.readable || modules.some(usesOtherQueue)) return null;
  const takes = modules.some(
    (module) =>
      consumes(module) ||
      findFunctions(module.body).some(({ decorators }) => decorators.some(isWorkerDecorator)) ||
      findCalls(module.body).some(({ call }) => isWorkerDecorator(call)) ||
      (module === worker && takesByHand(module)),
  );
  if (takes) return null;
  const functions = worker.body.filter((one) => one.kind === "function");
  const likely =
    functions.find(({ name }) => /execute|process|handle|work|job|run/i.test(name)) ?? functions[0];
  return likely?.decorators.length === 0 ? likely : null;
}

function findUndecorated(worker: Module, facts: Facts): Finding[] {
  const likely = undecoratedWorker(facts);
  if (!likely) return [];
  const queue = worker.imports.find(
    ({ name }) => name !== null && /^(q|queue|job_?queue|jobs_?q)$/i.test(name),
  );
  const home = worker.imports.find(
    ({ name, own }) => name === null && own !== null && own === facts.jobs?.name,
  );
  return [
    fault(
      "worker-not-decorated",
      lineOf(worker, likely.line),
      `${likely.name} has no decorator that makes it a worker: it takes nothing from the queue`,
      `write @${queue?.as ?? (home ? `${home.as}.q` : "q")}.worker on the line above def ${likely.name}`,
    ),
  ];
}

/** `q.get()` in a loop, or a list in Redis. */
function takesByHand(module: Module): boolean {
  return findCalls(module.body).some(({ call: { callee } }) => {
    if (callee.kind !== "attribute") return false;
    if (/^(lpop|rpop|blpop|brpop|lmove|blmove|xread|xreadgroup|listen|get_message)$/.test(callee.name))
      return true;
    return callee.name === "get" && /^_?(\w+\.)*(q|\w*queue\w*|\w*_q)$/i.test(dottedName(callee.of) ?? "");
  });
}

/** What runs without being called by the student's code: a module's own lines, and what a framework calls. */
function findUnstarted(facts: Facts): Finding[] {
  const { modules } = facts;
  const reached = findReached(facts);
  return modules.flatMap((module) =>
    findFunctions(module.body).flatMap((definition): Finding[] => {
      const { decorators, name, line } = definition;
      if (decorators.length !== 1 || !decorators[0] || !isWorkerDecorator(decorators[0])) return [];
      if (!module.readable || reached.has(definition)) return [];
      return [
        fault(
          "worker-not-started",
          lineOf(module, line),
          `${name} is decorated and never called: python ${module.file.split("/").at(-1) ?? ""} ends at once`,
          `call it as the last line of the file, with nothing in the brackets: ${name}()`,
        ),
      ];
    }),
  );
}

/** The functions that something mentions, starting from what runs by itself. */
function findReached({ modules, byName }: Facts): Set<FunctionDefinition> {
  const mentions = new Map<FunctionDefinition | null, Set<FunctionDefinition>>([[null, new Set()]]);
  for (const module of modules) {
    const all = findFunctions(module.body);
    const top = (name: string, of: Module): FunctionDefinition[] =>
      of.body.filter((one) => one.kind === "function").filter((one) => one.name === name);
    eachUse(module.body, ({ expression, within, statement, isLocal }) => {
      if (expression.kind !== "name" && expression.kind !== "attribute") return;
      // What is decorated by something else than the queue is called by whoever decorates.
      const around = [...within].reverse().find((one) => all.includes(one)) ?? null;
      if (
        statement.kind === "function" &&
        statement.decorators.length > 0 &&
        !statement.decorators.some(isWorkerDecorator)
      ) {
        add(around, [statement]);
      }
      const local = expression.kind === "name" && isLocal(expression.name);
      if (local) {
        add(
          around,
          all.filter(({ name }) => name === expression.name),
        );
        return;
      }
      const home =
        expression.kind === "name"
          ? homeOf(expression.name, module, byName)
          : homeOfExpression(expression, module, byName);
      if (home) add(around, [...top(home.name, home.module), ...nested(home.name, home.module)]);
      // A method, or what a class hands on: nobody can tell, so it counts.
      else if (expression.kind === "attribute")
        add(
          around,
          all.filter(({ name }) => name === expression.name),
        );
    });
  }
  function add(from: FunctionDefinition | null, to: readonly FunctionDefinition[]): void {
    const known = mentions.get(from) ?? new Set();
    for (const one of to) if (one !== from) known.add(one);
    mentions.set(from, known);
  }
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

/** Functions in an `if` or a `try` are of the module too. */
function nested(name: string, { body }: Module): FunctionDefinition[] {
  return findFunctions(body).filter((one) => one.name === name && !body.includes(one));
}
