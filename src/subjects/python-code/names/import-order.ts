import { type Import, type Module } from "./modules.js";
import { type Modules } from "./names.js";
import { type Expression, type Statement } from "../syntax/syntax.js";
import { bindingsOf, bodiesOf } from "../syntax/walk.js";

/** An import that fails because the module it asks is still being loaded. */
export interface BrokenImport {
  module: Module;
  import: Import;
}

interface Loading {
  defined: Set<string>;
  done: boolean;
}

/**
 * Goes through the imports as Python does, from the module that is started or imported first. The first name that is
 * asked of a module before it is there; null where all goes well.
 */
export function findBrokenImport(
  entry: Module,
  modules: Modules,
  { asMain }: { asMain: boolean },
): BrokenImport | null {
  const loaded = new Map<string, Loading>();
  let broken: BrokenImport | null = null;

  const load = (module: Module, key: string): void => {
    const state: Loading = { defined: new Set(), done: false };
    loaded.set(key, state);
    run(module.body, module, state, asMain && key === MAIN);
    state.done = true;
  };
  const run = (body: readonly Statement[], module: Module, state: Loading, isMain: boolean): void => {
    for (const statement of body) {
      if (broken) return;
      if (statement.kind === "import") {
        const imports = module.imports.filter(
          ({ line, atTop, guarded }) => atTop && !guarded && line === statement.line,
        );
        for (const one of imports) follow(one, module, state);
      }
      for (const name of bindingsOf(statement)) state.defined.add(name);
      if (statement.kind === "function" || statement.kind === "class") continue;
      if (
        statement.kind === "if" &&
        !isMain &&
        statement.branches[0]?.test &&
        asksForMain(statement.branches[0].test)
      )
        continue;
      for (const inner of bodiesOf(statement)) run(inner, module, state, isMain);
    }
  };
  const follow = (one: Import, module: Module, state: Loading): void => {
    const target = one.own === null ? undefined : modules.get(one.own);
    if (target && !loaded.has(target.name)) load(target, target.name);
    if (broken) return;
    const there = target && loaded.get(target.name);
    if (there && !there.done && one.name !== null && one.name !== "*" && !there.defined.has(one.name)) {
      broken = { module, import: one };
    }
    if (one.as !== "") state.defined.add(one.as);
    if (one.name === "*") for (const name of there?.defined ?? []) state.defined.add(name);
  };
  // What is started is not known under its own name: imported again, it runs again.
  load(entry, asMain ? MAIN : entry.name);
  return broken;
}

const MAIN = "__main__";

/** `if __name__ == "__main__":` */
export function asksForMain(test: Expression): boolean {
  return (
    test.kind === "binary" &&
    test.operator === "==" &&
    [test.left, test.right].some((one) => one.kind === "name" && one.name === "__name__")
  );
}

/** The modules of each cycle of imports that are done on loading, each cycle once. */
export function findCycles(modules: Modules): Module[][] {
  const reaches = new Map<string, Set<string>>();
  for (const module of modules.values()) {
    const next = new Set<string>();
    const visit = (one: Module): void => {
      for (const { own, atTop } of one.imports) {
        if (own === null || !atTop || next.has(own)) continue;
        next.add(own);
        const target = modules.get(own);
        if (target) visit(target);
      }
    };
    visit(module);
    reaches.set(module.name, next);
  }
  const cycles: Module[][] = [];
  for (const module of modules.values()) {
    if (!reaches.get(module.name)?.has(module.name) || cycles.some((cycle) => cycle.includes(module)))
      continue;
    cycles.push(
      [...modules.values()].filter(
        ({ name }) => reaches.get(module.name)?.has(name) && reaches.get(name)?.has(module.name),
      ),
    );
  }
  return cycles;
}
