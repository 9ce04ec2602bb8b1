import { type Client } from "../clients/clients.js";
import { clientMeant } from "../clients/client-uses.js";
import { fault, type Facts } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf } from "../names/modules.js";
import { HOTQUEUE_ATTRIBUTES, HOTQUEUE_METHODS, REDIS_METHODS } from "../names/package-surface.js";
import { findSimilar } from "../../../text/similar.js";
import { type Call } from "../syntax/walk.js";
import { eachUse } from "../names/uses.js";

/** Methods that a queue or a Redis client does not have, and HotQueue's called in a way that it does not know. */
export function findMethods(facts: Facts): Finding[] {
  const found: Finding[] = [];
  for (const module of facts.modules.filter(({ readable }) => readable)) {
    eachUse(module.body, (use) => {
      const { expression } = use;
      if (expression.kind === "call" && expression.callee.kind === "attribute") {
        const { of, name } = expression.callee;
        const client = clientMeant(of, use, module, facts.byName, facts.clients);
        const complaint = client?.kind === "queue" ? judgeCall(name, expression, client.name) : null;
        if (complaint) found.push(fault("wrong-arguments", lineOf(module, expression.line), ...complaint));
      }
      if (expression.kind !== "attribute") return;
      const client = clientMeant(expression.of, use, module, facts.byName, facts.clients);
      if (!client || use.tests.includes("try") || knows(client, expression.name)) return;
      found.push(
        fault("unknown-method", lineOf(module, expression.line), ...describe(client, expression.name)),
      );
    });
  }
  return found;
}

function knows({ kind }: Client, name: string): boolean {
  if (/^__\w+__$/.test(name)) return true;
  return kind === "redis"
    ? REDIS_METHODS.has(name)
    : Object.hasOwn(HOTQUEUE_METHODS, name) || HOTQUEUE_ATTRIBUTES.has(name);
}

/** What others call it, and HotQueue does not. */
const HOTQUEUE_SAYS: Readonly<Record<string, string>> = {
  enqueue: "put",
  push: "put",
  add: "put",
  send: "put",
  append: "put",
  publish: "put",
  rpush: "put",
  lpush: "put",
  dequeue: "get",
  pop: "get",
  lpop: "get",
  receive: "get",
  next: "get",
  blpop: "get",
  read: "get",
  run: "worker",
  start: "worker",
  work: "worker",
  listen: "consume",
  subscribe: "consume",
  task: "worker",
  delete: "clear",
  flush: "clear",
  empty: "clear",
  flushdb: "clear",
};

function describe({ kind, name: variable }: Client, name: string): [says: string, next: string] {
  if (kind === "queue" && /^(len|length|size|qsize|llen|count)$/.test(name)) {
    return [`HotQueue has no ${name}`, `ask for its length with len(${variable})`];
  }
  const known = kind === "queue" ? Object.keys(HOTQUEUE_METHODS) : [...REDIS_METHODS];
  const means = (kind === "queue" ? HOTQUEUE_SAYS[name] : undefined) ?? findSimilar(name, known);
  const what = kind === "queue" ? "HotQueue" : "a Redis client";
  if (kind === "queue" && means === "worker") {
    return [
      `HotQueue has no ${name}: a worker is started by calling the function that @${variable}.worker decorates`,
      "call that function, with nothing in the brackets, at the end of the file",
    ];
  }
  const list = kind === "queue" ? `It has ${known.join(", ")}` : "Redis' own commands are its methods";
  return [`${what} has no ${name}`, means === null ? list : `write ${variable}.${means}`];
}

function judgeCall(name: string, call: Call, variable: string): [says: string, next: string] | null {
  const signature = Object.hasOwn(HOTQUEUE_METHODS, name) ? HOTQUEUE_METHODS[name] : undefined;
  if (!signature || call.arguments.some(({ spread }) => spread !== "")) return null;
  const unnamed = call.arguments.filter((one) => one.name === null).length;
  const named = call.arguments.flatMap((one) => (one.name === null ? [] : [one.name]));
  if (unnamed > signature.most) {
    const takes = signature.most === 0 ? "nothing" : `at most ${signature.most}`;
    return [
      `${variable}.${name} is called with ${unnamed} ${unnamed === 1 ? "argument" : "arguments"}, and takes ${takes} without a name`,
      signature.keywords?.length
        ? `it knows ${signature.keywords.map((one) => `${one}=`).join(" and ")}`
        : `write ${variable}.${name}()`,
    ];
  }
  if (name === "put" && unnamed === 0 && named.length === 0) {
    return [
      `${variable}.put is called with nothing to put: Redis refuses that`,
      `put the job's id: ${variable}.put(jid)`,
    ];
  }
  const unknown = named.find((one) => !signature.keywords?.includes(one));
  return unknown === undefined
    ? null
    : [
        `${variable}.${name} does not know ${unknown}=`,
        signature.keywords?.length
          ? `it knows ${signature.keywords.map((one) => `${one}=`).join(" and ")}`
          : "give it without a name",
      ];
}
