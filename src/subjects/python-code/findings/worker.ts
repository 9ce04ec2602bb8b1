import { commandLine } from "../../../compose/service.js";
import { type CallGraph, isWorkerDecorator, readCalls } from "../names/calls.js";
import { fault, type Facts } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf, type Module } from "../names/modules.js";
import { consumes } from "../roles.js";
import {
  dottedName,
  findCalls,
  findFunctions,
  type FoundCall,
  type FunctionDefinition,
} from "../syntax/walk.js";

/** Whether the worker takes anything from the queue, and whether it is ever started. */
export function findWorker(facts: Facts): Finding[] {
  const { worker, modules } = facts;
  if (!worker?.readable || modules.some(usesOtherQueue)) return [];
  return [...findUndecorated(worker, facts), ...findUnstarted(worker, facts)];
}

/** Another library does the worker's part. */
function usesOtherQueue({ imports }: Module): boolean {
  return imports.some(({ from }) => /^(celery|rq|dramatiq|huey|arq|taskiq)\b/.test(from));
}

/** The function that should be a worker, where nothing takes from the queue. */
export function undecoratedWorker({ worker, modules }: Facts): FunctionDefinition | null {
  if (!worker?.readable || modules.some(usesOtherQueue)) return null;
  const takes = modules.some(
    (module) =>
      consumes(module) ||
      findFunctions(module.body).some(({ decorators }) => decorators.some(isWorkerDecorator)) ||
      findCalls(module.body).some(({ call }) => isWorkerDecorator(call)) ||
      (module === worker && takingCalls(module).length > 0),
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
function takingCalls({ body }: Module): FoundCall[] {
  return findCalls(body).filter(({ call: { callee } }) => {
    if (callee.kind !== "attribute") return false;
    if (
      /^(consume|lpop|rpop|blpop|brpop|lmove|blmove|brpoplpush|xread|xreadgroup|listen|get_message)$/.test(
        callee.name,
      )
    )
      return true;
    return callee.name === "get" && /^_?(\w+\.)*(q|\w*queue\w*|\w*_q)$/i.test(dottedName(callee.of) ?? "");
  });
}

/** What should take jobs and is never come to; pointed at is where the call is missing. */
function findUnstarted(worker: Module, facts: Facts): Finding[] {
  const graph = readCalls(facts);
  const decorated = facts.modules
    .filter(({ readable }) => readable)
    .flatMap((module) =>
      findFunctions(module.body)
        .filter(({ decorators: [one, ...others] }) => one && others.length === 0 && isWorkerDecorator(one))
        .map((definition) => ({ module, definition })),
    );
  const unreached = decorated.filter(({ definition }) => !graph.reached.has(definition));
  const byHand = decorated.length === 0 ? takerNotReached(worker, graph) : null;
  const missing = byHand ? [{ module: worker, definition: byHand }] : unreached;
  return missing.flatMap(({ module, definition }): Finding[] => {
    const { name } = definition;
    const [bare] = graph.bare.filter((one) => one.names.includes(definition));
    if (bare) {
      return [
        fault(
          "worker-not-started",
          bare,
          `${name} is named here and not called: the line does nothing, and the program ends`,
          `write the brackets: ${name}()`,
        ),
      ];
    }
    const root = rootOf(definition, graph.callers);
    if (isCalledByCompose(root, facts)) return [];
    const file = module.file.split("/").at(-1) ?? "";
    return [
      fault(
        "worker-not-started",
        lineOf(module, root.line),
        root === definition
          ? `${name} is ${byHand ? "what takes the jobs" : "decorated"} and never called: python ${file} ends at once`
          : `${root.name} is never called, and ${name} only by way of it: python ${file} ends at once`,
        `call it as the last line of the file, with nothing in the brackets: ${root.name}()`,
      ),
    ];
  });
}

/** `python -c "import worker; worker.main()"` */
function isCalledByCompose({ name }: FunctionDefinition, { compose }: Facts): boolean {
  return compose?.services.some(({ runs }) => commandLine(runs).includes(`${name}()`)) ?? false;
}

/** The function that takes by hand, where nothing that takes is come to. */
function takerNotReached(worker: Module, { reached }: CallGraph): FunctionDefinition | null {
  const takers = takingCalls(worker).map(({ within }) => within.at(-1) ?? null);
  return takers.some((one) => one === null || reached.has(one)) ? null : (takers[0] ?? null);
}

/** The outermost of those that call it, in the same file. */
function rootOf(
  definition: FunctionDefinition,
  callers: CallGraph["callers"],
  seen = new Set<FunctionDefinition>(),
): FunctionDefinition {
  seen.add(definition);
  const [caller] = [...(callers.get(definition) ?? [])].filter((one) => !seen.has(one));
  return caller ? rootOf(caller, callers, seen) : definition;
}
