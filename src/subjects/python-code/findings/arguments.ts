import { fault, type Facts } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf, type Module } from "../names/modules.js";
import { homeOfExpression } from "../names/names.js";
import { isRoute } from "../roles.js";
import { type Parameter, type Statement } from "../syntax/syntax.js";
import { type Call, dottedName, eachStatement } from "../syntax/walk.js";
import { eachUse, type Use } from "../names/uses.js";
import { undecoratedWorker } from "./worker.js";

/** Calls of the student's own functions with too few or too many arguments, or with names that they do not have. */
export function findWrongArguments(facts: Facts): Finding[] {
  const found: Finding[] = [];
  const undecorated = undecoratedWorker(facts);
  for (const module of facts.modules.filter(({ readable }) => readable)) {
    eachUse(module.body, (use) => {
      const { expression } = use;
      if (expression.kind !== "call") return;
      const target = targetOf(expression, use, module, facts);
      // The call is right; what it lacks is the decorator, and that is told.
      if (target?.statement === undecorated && expression.arguments.length === 0) return;
      const complaint = target && judge(expression, target);
      if (complaint) {
        found.push(fault("wrong-arguments", lineOf(module, expression.line), complaint.says, complaint.next));
      }
    });
  }
  return found;
}

interface Target {
  name: string;
  parameters: readonly Parameter[];
  /** The queue hands it its message, so it is called without. */
  isWorker: boolean;
  statement: Statement | undefined;
  at: string;
}

function targetOf(call: Call, { isLocal }: Use, module: Module, { byName }: Facts): Target | null {
  const base = dottedName(call.callee)?.split(".")[0] ?? "";
  if (base === "" || isLocal(base)) return null;
  const home = homeOfExpression(call.callee, module, byName);
  if (!home || !home.module.readable) return null;
  const all = home.module.definitions.filter(({ name }) => name === home.name);
  const [definition] = all;
  if (!definition || all.length !== 1 || !definition.parameters || definition.kind === "variable")
    return null;
  const statement = find(home.module.body, home.name);
  if (statement?.kind === "class") {
    // A base class, a metaclass or a decorator may take the arguments in another way.
    const plain =
      statement.decorators.length === 0 &&
      statement.bases.every((one) => one.kind === "name" && one.name === "object");
    if (!plain) return null;
  }
  const { decorators, parameters, line } = definition;
  const isWorker = decorators.length === 1 && /^[\w.]+\.worker\b/.test(decorators[0] ?? "");
  if (decorators.length > 0 && !isWorker && !keepsSignature(decorators)) return null;
  const where = home.module === module ? `line ${line}` : `line ${line} of ${home.module.file}`;
  return { name: home.name, parameters, isWorker, statement, at: where };
}

function keepsSignature(decorators: readonly string[]): boolean {
  return decorators.every(
    (one) => isRoute({ decorators: [one] }) || /^(functools\.)?(lru_cache|cache)\b/.test(one),
  );
}

function find(body: readonly Statement[], name: string): Statement | undefined {
  let found: Statement | undefined;
  eachStatement(body, (statement) => {
    if ((statement.kind === "function" || statement.kind === "class") && statement.name === name)
      found ??= statement;
  });
  return found;
}

function judge(call: Call, target: Target): { says: string; next: string } | null {
  const given = call.arguments;
  if (given.some(({ spread }) => spread !== "")) return null;
  const { name, parameters, at } = target;
  const positional = parameters.filter(({ spread, keywordOnly }) => spread === "" && !keywordOnly);
  const unnamed = given.filter((one) => one.name === null);
  const named = given.flatMap((one) => (one.name === null ? [] : [one.name]));
  if (target.isWorker) {
    const least = positional.filter(({ optional }) => !optional).length - 1;
    const takesAny = parameters.some(({ spread }) => spread === "*");
    if (
      named.length === 0 &&
      unnamed.length >= least &&
      (takesAny || unnamed.length < Math.max(1, positional.length))
    )
      return null;
    if (positional.length === 0 && !takesAny) {
      return {
        says: `${name} takes no parameter (${at}), and @q.worker hands it each message`,
        next: `give it one, for the job's id: def ${name}(jid):`,
      };
    }
    return {
      says: `${name} is called with ${count(given.length)}; @q.worker (${at}) makes it a worker that takes its messages from the queue itself`,
      next: `call it with nothing in the brackets: ${name}()`,
    };
  }
  const form = `def ${name}(${describe(parameters)}) in ${at}`;
  const takesAny = parameters.some(({ spread }) => spread === "*");
  if (!takesAny && unnamed.length > positional.length) {
    return {
      says: `${name} is called with ${count(unnamed.length)} and takes ${positional.length === 0 ? "none" : `at most ${positional.length}`}: ${form}`,
      next: `call it with what it takes, or give it another parameter`,
    };
  }
  const takesNames = parameters.some(({ spread }) => spread === "**");
  const unknown = named.find((one) => !takesNames && !parameters.some((parameter) => parameter.name === one));
  if (unknown !== undefined) {
    return {
      says: `${name} has no parameter ${unknown}: ${form}`,
      next: "name the parameters as the function does",
    };
  }
  const filled = new Set([...positional.slice(0, unnamed.length).map((one) => one.name), ...named]);
  const missing = parameters.filter(
    ({ name: one, spread, optional }) => spread === "" && !optional && !filled.has(one),
  );
  return missing.length === 0
    ? null
    : {
        says: `${name} is called without ${missing.map((one) => one.name).join(" and ")}: ${form}`,
        next: `give it ${missing.map((one) => one.name).join(" and ")} too`,
      };
}

function describe(parameters: readonly Parameter[]): string {
  return parameters.map(({ name, spread, optional }) => `${spread}${name}${optional ? "=…" : ""}`).join(", ");
}

function count(n: number): string {
  return n === 1 ? "1 argument" : `${n} arguments`;
}
