import { type Client } from "./clients/clients.js";
import { roleByName } from "./layout.js";
import { type Definition, type Module } from "./names/modules.js";
import { foreignName } from "./names/names.js";
import { findCalls } from "./syntax/walk.js";

export type Framework = "flask" | "fastapi";

/** The web framework's object that serves. */
export interface App {
  module: string;
  /** The variable that holds it; of a factory, the function that makes it. */
  name: string;
  framework: Framework;
  factory: boolean;
  line: number;
}

export interface Roles {
  api: Module | null;
  jobs: Module | null;
  worker: Module | null;
  app: App | null;
  framework: Framework | null;
}

/** Which module does which of the three tasks: by what it contains where that is clear, else by its name. */
export function findRoles(modules: readonly Module[], clients: readonly Client[]): Roles {
  const apps = modules.flatMap(appsIn);
  const serving = apps.map(({ module }) => module);
  const api =
    best(modules, (module) => [
      roleByName(module.file) === "worker" || roleByName(module.file) === "jobs" ? 0 : 1,
      serving.includes(module.name) ? 1 : 0,
      roleByName(module.file) === "api" ? 1 : 0,
      hasRoutes(module) ? 1 : 0,
    ]) ?? null;
  const isApi = (module: Module): boolean =>
    serving.includes(module.name) || roleByName(module.file) === "api" || hasRoutes(module);
  const found = api && isApi(api) ? api : null;
  const rest = modules.filter((module) => module !== found);
  const named = (role: string): Module | undefined => rest.find((module) => roleByName(module.file) === role);
  const worker =
    named("worker") ?? rest.find((module) => consumes(module) && roleByName(module.file) === null) ?? null;
  const jobs =
    named("jobs") ??
    rest.find(
      (module) => module !== worker && roleByName(module.file) === null && keepsJobs(module, clients),
    ) ??
    null;
  const app = apps.find(({ module }) => module === found?.name) ?? apps[0] ?? null;
  const framework = app?.framework ?? frameworkOf(found ? [found] : []) ?? frameworkOf(modules);
  return { api: found, jobs, worker, app, framework };
}

/** The module with the highest key, the first of equals. */
function best(modules: readonly Module[], key: (module: Module) => number[]): Module | undefined {
  const weight = (module: Module): number => key(module).reduce((sum, part) => sum * 2 + part, 0);
  return [...modules].sort((a, b) => weight(b) - weight(a))[0];
}

function appsIn(module: Module): App[] {
  return findCalls(module.body).flatMap(({ call, within, statement }): App[] => {
    const name = foreignName(call.callee, module);
    const framework =
      name === "flask.Flask" || name === "Flask"
        ? "flask"
        : name === "fastapi.FastAPI" || name === "FastAPI"
          ? "fastapi"
          : null;
    if (framework === null) return [];
    const factory = within.at(-1);
    const [target] = statement.kind === "assign" ? statement.targets : [];
    if (!factory && target?.kind !== "name") return [];
    const held = factory ? factory.name : target?.kind === "name" ? target.name : "";
    return [{ module: module.name, name: held, framework, factory: factory !== undefined, line: call.line }];
  });
}

const ROUTE = /\.(route|get|post|put|delete|patch|api_route)\(\s*[rf]?["']/;

export function isRoute({ decorators }: Pick<Definition, "decorators">): boolean {
  return decorators.some((decorator) => ROUTE.test(decorator));
}

function hasRoutes({ definitions }: Module): boolean {
  return definitions.some(isRoute);
}

/** A function is decorated with a queue's worker, or something takes from a queue. */
export function consumes(module: Module): boolean {
  const decorated = /^[\w.]+\.worker\b/;
  if (module.definitions.some(({ decorators }) => decorators.some((one) => decorated.test(one)))) return true;
  return findCalls(module.body).some(
    ({ call: { callee } }) =>
      callee.kind === "attribute" && /^(consume|blpop|brpop|blmove|brpoplpush)$/.test(callee.name),
  );
}

function keepsJobs(module: Module, clients: readonly Client[]): boolean {
  return (
    module.definitions.some(({ name }) => /^_?(add|save|queue|update|get)_job/.test(name)) ||
    clients.some((client) => client.module === module.name && client.kind === "queue")
  );
}

function frameworkOf(modules: readonly Module[]): Framework | null {
  const imported = modules.flatMap(({ imports }) => imports.map(({ from }) => from.split(".")[0]));
  if (imported.includes("fastapi")) return "fastapi";
  return imported.includes("flask") ? "flask" : null;
}
