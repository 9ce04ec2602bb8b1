import { type SourceLine } from "../../../text/finding.js";
import { lineOf, type Module } from "../names/modules.js";
import { foreignName, type Modules } from "../names/names.js";
import { type Argument, type Expression } from "../syntax/syntax.js";
import { ABSENT, evaluate, functionMeant, returnOf, type Value } from "../names/values.js";
import { entriesOf, type Scope } from "../names/assignments.js";
import {
  bodiesOf,
  dottedName,
  eachExpression,
  expressionsOf,
  type FunctionDefinition,
} from "../syntax/walk.js";
import { type Statement } from "../syntax/syntax.js";

/** A Redis client or a queue object that the code makes. */
export interface Client extends SourceLine {
  kind: "redis" | "queue";
  /** The variable that holds it, with dots where it is an attribute; "" where none does. */
  name: string;
  /** Name of the module. */
  module: string;
  host: Value;
  port: Value;
  db: Value;
  /** Of a queue object: the queue's name. */
  queue?: Value;
  /** Its host is read from a variable that holds a whole url. */
  fromUrl: boolean;
  /** Redis answers with text, not bytes. */
  decodes: boolean;
  /** Its call may say for how long it waits for an answer. */
  saysTimeout: boolean;
  /** The function in which it is made; null at the top level of the module. */
  within: string | null;
  /** The line where it is really made: in a function that makes clients. */
  made: SourceLine;
}

type Construction = Expression & { kind: "call" };

/** All clients of all modules, in their order. */
export function findClients(modules: Modules): Client[] {
  return [...modules.values()].flatMap((module) => clientsIn(module.body, [], module, modules));
}

function clientsIn(
  body: readonly Statement[],
  within: readonly FunctionDefinition[],
  module: Module,
  modules: Modules,
): Client[] {
  const found: Client[] = [];
  const scope: Scope = { module, within };
  for (const statement of body) {
    const taken = new Set<Expression>();
    const add = (name: string, expression: Expression, line: number): void => {
      const built = constructionOf(expression, scope, modules);
      if (!built) return;
      taken.add(expression);
      found.push({
        ...lineOf(module, line),
        name,
        module: module.name,
        within: within.at(-1)?.name ?? null,
        ...describe(built.call, built.scope, modules),
        made: lineOf(built.scope.module, built.call.line),
      });
    };
    if (statement.kind === "assign" && statement.value) {
      for (const target of statement.targets) {
        const name = dottedName(target);
        if (name !== null) add(name, statement.value, statement.line);
      }
    }
    for (const expression of expressionsOf(statement)) {
      eachExpression(expression, (one) => {
        if (one.kind === "call" && !taken.has(one) && isConstructor(one, module)) add("", one, one.line);
      });
    }
    const inside = statement.kind === "function" ? [...within, statement] : within;
    for (const inner of bodiesOf(statement)) found.push(...clientsIn(inner, inside, module, modules));
  }
  return found;
}

const REDIS =
  /^(redis\.)?(asyncio\.|client\.)?(Redis|StrictRedis)(\.from_url)?$|^redis\.(asyncio\.)?from_url$/;
const QUEUE = /^(hotqueue\.)?HotQueue$/;

function isConstructor(call: Construction, module: Module): boolean {
  const name = foreignName(call.callee, module);
  return name !== null && (REDIS.test(name) || QUEUE.test(name));
}

/** The call that makes a client, also where the student's own function makes it and returns it. */
function constructionOf(
  expression: Expression,
  scope: Scope,
  modules: Modules,
  depth = 0,
): { call: Construction; scope: Scope } | null {
  if (expression.kind !== "call" || depth > 3) return null;
  if (isConstructor(expression, scope.module)) return { call: expression, scope };
  const target = functionMeant(expression, scope, modules);
  const returned = target && returnOf(target.function);
  if (!returned) return null;
  if (returned.kind !== "name") return constructionOf(returned, target.scope, modules, depth + 1);
  const assigned = target.function.body.filter(
    (one) =>
      one.kind === "assign" && one.targets.some((to) => to.kind === "name" && to.name === returned.name),
  );
  const [only] = assigned;
  return assigned.length === 1 && only?.kind === "assign" && only.value
    ? constructionOf(only.value, target.scope, modules, depth + 1)
    : null;
}

const REDIS_ORDER = ["host", "port", "db"];
const QUEUE_ORDER = ["name", "serializer"];

function describe(
  call: Construction,
  scope: Scope,
  modules: Modules,
): Pick<Client, "kind" | "host" | "port" | "db" | "queue" | "fromUrl" | "decodes" | "saysTimeout"> {
  const name = foreignName(call.callee, scope.module) ?? "";
  const kind = QUEUE.test(name) ? "queue" : "redis";
  const settings = settingsOf(call.arguments, kind === "queue" ? QUEUE_ORDER : REDIS_ORDER, scope, modules);
  const decodes =
    settings("decode_responses").kind === "unknown" && settings.text("decode_responses") === "True";
  const saysTimeout = call.arguments.some(
    ({ name, spread }) => spread !== "" || name === "socket_timeout" || name === "connection_pool",
  );
  if (name.endsWith("from_url")) {
    const [url] = call.arguments;
    const place = url ? readUrl(url.value, scope, modules) : { host: ABSENT, port: ABSENT, db: ABSENT };
    const fromUrl = url !== undefined && evaluate(url.value, scope, modules).kind === "env";
    return {
      kind,
      ...place,
      db: place.db.kind === "absent" ? settings("db") : place.db,
      fromUrl,
      decodes,
      saysTimeout,
    };
  }
  const pool = call.arguments.find((one) => one.name === "connection_pool")?.value;
  const place = pool
    ? placeOfPool(pool, scope, modules)
    : { host: settings("host"), port: settings("port"), db: settings("db"), fromUrl: false };
  return kind === "queue"
    ? { kind, ...place, queue: settings("name"), decodes, saysTimeout }
    : { kind, ...place, decodes, saysTimeout };
}

/** `ConnectionPool.from_url(…)`; of a pool that is made otherwise nothing is known. */
function placeOfPool(
  pool: Expression,
  scope: Scope,
  modules: Modules,
): Pick<Client, "host" | "port" | "db" | "fromUrl"> {
  const unknown: Value = { kind: "unknown", text: "connection_pool" };
  const url = pool.kind === "call" ? pool.arguments.find(({ name }) => name === null) : undefined;
  if (pool.kind !== "call" || !url || pool.callee.kind !== "attribute" || pool.callee.name !== "from_url")
    return { host: unknown, port: unknown, db: unknown, fromUrl: false };
  const place = readUrl(url.value, scope, modules);
  const db = pool.arguments.find(({ name }) => name === "db");
  return {
    ...place,
    db: place.db.kind === "absent" && db ? evaluate(db.value, scope, modules) : place.db,
    fromUrl: evaluate(url.value, scope, modules).kind === "env",
  };
}

interface Settings {
  (name: string): Value;
  text: (name: string) => string | null;
}

function settingsOf(
  given: readonly Argument[],
  order: readonly string[],
  scope: Scope,
  modules: Modules,
): Settings {
  const values = new Map<string, { expression: Expression; scope: Scope }>();
  let hidden: string | null = null;
  given.forEach(({ name, spread, value }, n) => {
    const written = scope.module.source.text.slice(value.from, value.to);
    if (spread === "**") {
      const entries = entriesOf(value, scope, modules);
      if (!entries) hidden = `**${written}`;
      for (const [key, entry] of entries ?? []) values.set(key, entry);
      return;
    }
    const key = name ?? order[n];
    if (spread === "*") hidden = `*${written}`;
    else if (key !== undefined) values.set(key, { expression: value, scope });
  });
  const find = (name: string): Value => {
    const found = values.get(name);
    if (found) return evaluate(found.expression, found.scope, modules);
    return hidden === null ? ABSENT : { kind: "unknown", text: hidden };
  };
  const text = (name: string): string | null => {
    const found = values.get(name);
    return found ? found.scope.module.source.text.slice(found.expression.from, found.expression.to) : null;
  };
  return Object.assign(find, { text });
}

const URL_FORM = /^rediss?:\/\/(?:[^@/]*@)?([^:/]*)(?::(\d+))?(?:\/(\d+))?/;

/** `redis://host:port/db`, also with the host put in by an f-string. */
function readUrl(url: Expression, scope: Scope, modules: Modules): Pick<Client, "host" | "port" | "db"> {
  const value = evaluate(url, scope, modules);
  const numeric = (text: string | undefined): Value =>
    text === undefined ? ABSENT : { kind: "literal", value: Number(text) };
  if (value.kind === "literal" || (value.kind === "env" && value.fallback !== null)) {
    const [, host = "", port, db] =
      URL_FORM.exec(value.kind === "env" ? (value.fallback ?? "") : String(value.value)) ?? [];
    const named: Value =
      value.kind === "env" ? { ...value, fallback: host } : { kind: "literal", value: host };
    return { host: named, port: numeric(port), db: numeric(db) };
  }
  if (url.kind === "format") {
    const before = url.parts.findIndex((part) => typeof part === "string" && /(:\/\/|@)$/.test(part));
    const host = url.parts[before + 1];
    const last = url.parts.at(-1);
    const after = url.parts[before + 2];
    const [, port] = typeof after === "string" ? (/^:(\d+)/.exec(after) ?? []) : [];
    const [, db] = typeof last === "string" ? (/\/(\d+)$/.exec(last) ?? []) : [];
    if (before !== -1 && host !== undefined && typeof host !== "string") {
      return { host: evaluate(host, scope, modules), port: numeric(port), db: numeric(db) };
    }
  }
  const unknown: Value = value.kind === "env" ? value : { kind: "unknown", text: "a url" };
  return { host: unknown, port: unknown, db: unknown };
}
