import { type Import, type Module } from "./modules.js";
import { type Expression } from "../syntax/syntax.js";
import { dottedName } from "../syntax/walk.js";

/** The student's modules by name. */
export type Modules = ReadonlyMap<string, Module>;

/** The import that brings this name to the module, where one does. */
function importOf(name: string, module: Module): Import | null {
  return module.imports.find(({ as }) => as === name) ?? null;
}

/**
 * The full name of what is not the student's: `redis.StrictRedis` for `StrictRedis` after
 * `from redis import StrictRedis`. What nobody imports keeps its own name. Null for what is the student's.
 */
export function foreignName(expression: Expression, module: Module): string | null {
  const dotted = dottedName(expression);
  if (dotted === null) return null;
  const [base = "", ...rest] = dotted.split(".");
  const brought = importOf(base, module);
  if (brought && brought.own !== null) return null;
  if (!brought) return module.definitions.some(({ name }) => name === base) ? null : dotted;
  // `import os.path` brings os; `import os.path as p` brings os.path.
  const whole = brought.name === null && brought.as === brought.from.split(".")[0];
  const origin = whole ? brought.as : [brought.from, brought.name].filter(Boolean).join(".");
  return [origin, ...rest].join(".");
}

/** Where a name of the student's is defined, followed through imports. */
export interface Home {
  module: Module;
  name: string;
}

/** The module and name that a name means at a module's top level. Null where it is not the student's. */
export function homeOf(name: string, module: Module, modules: Modules, depth = 0): Home | null {
  if (depth > 8) return null;
  if (module.definitions.some((one) => one.name === name)) return { module, name };
  const brought = importOf(name, module);
  if (brought) {
    const from = brought.own === null ? undefined : modules.get(brought.own);
    return from && brought.name !== null ? homeOf(brought.name, from, modules, depth + 1) : null;
  }
  for (const star of module.imports.filter((one) => one.name === "*")) {
    const from = star.own === null ? undefined : modules.get(star.own);
    const home = from && !name.startsWith("_") ? homeOf(name, from, modules, depth + 1) : null;
    if (home) return home;
  }
  return null;
}

/** The student's module that `jobs` in `jobs.add_job` means. */
export function moduleMeant(expression: Expression, module: Module, modules: Modules): Module | null {
  const dotted = dottedName(expression);
  if (dotted === null) return null;
  const brought = module.imports.find(
    (one) => one.own !== null && one.name === null && (one.as === dotted || one.from === dotted),
  );
  return brought && brought.own !== null ? (modules.get(brought.own) ?? null) : null;
}

/** As `homeOf`, for `name` and for `module.name`. */
export function homeOfExpression(expression: Expression, module: Module, modules: Modules): Home | null {
  if (expression.kind === "name") return homeOf(expression.name, module, modules);
  if (expression.kind !== "attribute") return null;
  const of = moduleMeant(expression.of, module, modules);
  return of ? homeOf(expression.name, of, modules) : null;
}
