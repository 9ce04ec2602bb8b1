import { fault, type Facts, remark } from "../facts.js";
import { type Finding } from "../finding.js";
import { type BrokenImport, findBrokenImport, findCycles } from "../names/import-order.js";
import { type Import, lineOf, type Module } from "../names/modules.js";
import { eachStatement, findCalls } from "../syntax/walk.js";
import { asksForMain } from "../names/import-order.js";

/** Who imports whom: api needs jobs, worker needs jobs, and jobs needs neither. */
export function findImports(facts: Facts): Finding[] {
  return [...findWorkerImports(facts), ...findJobsImports(facts), ...findCircular(facts)];
}

/** The first import of each line that brings this module. */
function importsOf(module: Module, target: Module): Import[] {
  const lines = new Set<number>();
  return module.imports.filter(
    ({ own, line }) => own === target.name && own !== module.name && !lines.has(line) && lines.add(line),
  );
}

function findWorkerImports({ worker, api, jobs }: Facts): Finding[] {
  if (!worker || !api || worker === api) return [];
  const server = startsOnImport(api);
  const home = jobs?.name ?? "jobs";
  return importsOf(worker, api).map((one) =>
    server === null
      ? remark(
          "worker-imports-api",
          one,
          `${worker.name} imports ${api.name}: each worker loads the whole web server to get at it`,
          `what both of them use belongs in ${home}: move it there, and import it from ${home}`,
        )
      : fault(
          "worker-imports-api",
          one,
          `${worker.name} imports ${api.name}, and importing it starts the web server (line ${server}): the worker never comes to its own lines`,
          `what both of them use belongs in ${home}: move it there; and start the server only under if __name__ == "__main__":`,
        ),
  );
}

/** The line that starts a server when the module is merely imported. */
function startsOnImport(module: Module): number | null {
  const guarded = new Set<number>();
  eachStatement(module.body, (statement) => {
    if (statement.kind !== "if" || !statement.branches.some(({ test }) => test && asksForMain(test))) return;
    for (const { call } of findCalls([statement])) guarded.add(call.line);
  });
  const start = findCalls(module.body).find(
    ({ call: { callee, line }, within }) =>
      within.length === 0 &&
      callee.kind === "attribute" &&
      callee.name === "run" &&
      !guarded.has(line) &&
      callee.of.kind === "name" &&
      (callee.of.name === "uvicorn" ||
        module.definitions.some(({ name }) => callee.of.kind === "name" && name === callee.of.name)),
  );
  return start?.call.line ?? null;
}

function findJobsImports({ worker, api, jobs }: Facts): Finding[] {
  if (!jobs) return [];
  return [api, worker]
    .filter((other) => other !== null && other !== jobs)
    .flatMap((other) =>
      importsOf(jobs, other as Module).map((one) =>
        remark(
          "jobs-imports-others",
          one,
          `${jobs.name} imports ${other?.name ?? ""}, which itself is built on ${jobs.name}`,
          `move what ${jobs.name} uses of it to ${jobs.name}, and remove this import`,
        ),
      ),
    );
}

function findCircular(facts: Facts): Finding[] {
  const { byName } = facts;
  return findCycles(byName).map((cycle) => {
    const names = cycle.map(({ name }) => name);
    const broken = firstBroken(cycle, facts);
    const edge = wrongEdge(cycle, facts) ?? broken?.import;
    const at = edge ?? lineOf(cycle[0] as Module, 1);
    const circle =
      names.length === 1 ? `${names.join()} imports itself` : `${names.join(" and ")} import each other`;
    const next =
      edge && edge === wrongEdge(cycle, facts)
        ? `let ${moduleOf(edge, cycle)?.name ?? "it"} do without this import: move what it uses there, or to a module that both import`
        : "move what both use to a module that imports neither of them";
    if (!broken) {
      return remark("circular-import", at, `${circle}: it works only as long as nobody asks too early`, next);
    }
    return fault(
      "circular-import",
      at,
      `${circle}: while ${broken.import.own ?? ""} is still being loaded, ${broken.module.name} asks it for ${broken.import.name ?? ""} (line ${broken.import.line} of ${broken.module.file}), which is not there yet`,
      next,
    );
  });
}

function moduleOf({ file }: Import, modules: readonly Module[]): Module | undefined {
  return modules.find((module) => module.file === file);
}

/** Starts as the course does: python api.py, python worker.py, a server that imports the api. */
function firstBroken(cycle: readonly Module[], { api, worker, jobs, byName }: Facts): BrokenImport | null {
  const started = [api, worker].filter((module) => module !== null);
  const entries = started.length > 0 ? started : [jobs, ...cycle].filter((module) => module !== null);
  for (const asMain of [true, false]) {
    for (const entry of new Set(entries)) {
      const broken = findBrokenImport(entry, byName, { asMain });
      if (broken && cycle.includes(broken.module)) return broken;
    }
  }
  return null;
}

/** The import of the cycle that goes against the direction: out of jobs first, then out of the worker. */
function wrongEdge(cycle: readonly Module[], { jobs, worker, api }: Facts): Import | null {
  for (const module of [jobs, worker]) {
    if (!module || !cycle.includes(module)) continue;
    const against = module === jobs ? [api, worker, ...cycle] : [api];
    for (const other of against) {
      const [edge] = other && other !== module && cycle.includes(other) ? importsOf(module, other) : [];
      if (edge?.atTop) return edge;
    }
  }
  return null;
}
