import { type CallGraph, readCalls } from "../names/calls.js";
import { fault, type Facts } from "../facts.js";
import { type Finding } from "../finding.js";
import { isDynamic, lineOf, type Module } from "../names/modules.js";
import { homeOf } from "../names/names.js";
import { HOTQUEUE_NAMES } from "../names/package-surface.js";
import { type NameFault } from "../syntax/ruff.js";
import { findSimilar } from "../../../text/similar.js";
import { STANDARD_MODULES } from "../../../lab/python/standard-modules.js";
import { eachUse, localNames } from "../names/uses.js";

/** Names that are used, and neither defined nor imported. */
export function findUndefined(facts: Facts): Finding[] {
  return facts.modules.flatMap((module) => {
    if (module.report.syntax.length > 0 || isDynamic(module)) return [];
    const inTexts = textsOf(module);
    return module.report.names.flatMap((one): Finding[] => {
      const offset = offsetOf(module, one);
      if (inTexts.some(([from, to]) => from <= offset && offset < to)) return [];
      const found = describe(one, module, facts);
      // Said, and no reason not to run it: what is wrong with it is seen there, if anything is.
      return found ? [{ ...found, breaks: found.breaks && surelyRuns(module, offset, facts) }] : [];
    });
  });
}

/** It stands under no condition, in a function that is called, or in none. */
function surelyRuns(module: Module, offset: number, facts: Facts): boolean {
  const reached = callsOf(facts).reached;
  let runs = true;
  eachUse(module.body, ({ expression, tests, within }) => {
    if (expression.kind !== "name" || expression.from !== offset) return;
    const around = within.at(-1);
    runs = tests.length === 0 && (!around || reached.has(around));
  });
  return runs;
}

const graphs = new WeakMap<readonly Module[], CallGraph>();

function callsOf(facts: Facts): CallGraph {
  const found = graphs.get(facts.modules) ?? readCalls(facts);
  graphs.set(facts.modules, found);
  return found;
}

/** A name in a text (an annotation in quotes) is never looked up. */
function textsOf(module: Module): [number, number][] {
  const texts: [number, number][] = [];
  eachUse(module.body, ({ expression }) => {
    if (expression.kind === "string") texts.push([expression.from, expression.to]);
  });
  return texts;
}

function offsetOf({ source }: Module, { line, column }: NameFault): number {
  return source.text.split("\n", line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
}

function describe({ kind, name, line, column }: NameFault, module: Module, facts: Facts): Finding | null {
  const at = lineOf(module, line);
  if (kind === "not-exported") return null; // only `import *` would ever ask for it
  if (kind === "maybe-from-star" && mayComeFromStar(name, module, facts)) return null;
  if (kind === "used-before") {
    return fault(
      "undefined-name",
      at,
      `${name} gets its value later in this function, so here it has none yet, whatever the module's ${name} is`,
      `give the function's own one another name, or write global ${name} at its beginning`,
    );
  }
  const [, asked = null] = /^\w+\.(\w+)/.exec(module.source.lineText(line).slice(column - 1)) ?? [];
  const { says = "", next } = suggest(name, asked, module, facts);
  return fault(
    "undefined-name",
    at,
    `${name} is used here, and is neither defined nor imported${says}`,
    next,
  );
}

function mayComeFromStar(name: string, module: Module, { byName }: Facts): boolean {
  const stars = module.imports.filter((one) => one.name === "*");
  if (stars.some(({ own }) => own === null || byName.get(own)?.readable !== true)) return true;
  return homeOf(name, module, byName) !== null;
}

const FROM: Readonly<Record<string, string>> = {
  HotQueue: "hotqueue",
  StrictRedis: "redis",
  Redis: "redis",
  Flask: "flask",
  request: "flask",
  jsonify: "flask",
  send_file: "flask",
  abort: "flask",
  Blueprint: "flask",
  FastAPI: "fastapi",
  HTTPException: "fastapi",
  APIRouter: "fastapi",
  Request: "fastapi",
  BaseModel: "pydantic",
  sleep: "time",
  uuid4: "uuid",
  environ: "os",
  getenv: "os",
  dumps: "json",
  loads: "json",
  datetime: "datetime",
  timedelta: "datetime",
  List: "typing",
  Optional: "typing",
  Dict: "typing",
  Enum: "enum",
};

const OTHER_LANGUAGES: Readonly<Record<string, string>> = {
  true: "True",
  false: "False",
  null: "None",
  nil: "None",
  undefined: "None",
};

/** `asked` is what stands behind the name's dot. */
function suggest(
  name: string,
  asked: string | null,
  module: Module,
  facts: Facts,
): { says?: string; next: string } {
  const word = OTHER_LANGUAGES[name];
  if (word !== undefined) return { says: `: Python writes it ${word}`, next: `write ${word}` };
  // `from redis import StrictRedis`, and then redis.StrictRedis.
  const parts = module.imports.filter((one) => one.from === name && one.name !== null && one.name !== "*");
  const [part] = parts;
  if (part) {
    const meant = asked ?? part.as;
    const brought = parts.some((one) => one.as === meant);
    return {
      says: `: "from ${name} import …" in line ${part.line} brings ${parts.map((one) => one.as).join(", ")}, not ${name} itself`,
      next: `write ${meant} without "${name}."${brought ? "" : `, and add ${meant} to that import`}; or add the line: import ${name}`,
    };
  }
  const alias = module.imports.find((one) => one.name === null && one.from === name && one.as !== name);
  if (alias)
    return { says: `: it was imported as ${alias.as} in line ${alias.line}`, next: `write ${alias.as}` };
  const similar = findSimilar(name, namesAround(module));
  const owner = facts.modules.find(
    (other) => other !== module && other.definitions.some((one) => one.name === name),
  );
  if (owner) return { next: `add to the imports: from ${owner.name} import ${name}` };
  if (facts.byName.has(name)) return { next: `add to the imports: import ${name}` };
  const from = FROM[name] ?? (HOTQUEUE_NAMES.has(name) ? "hotqueue" : undefined);
  // `import hotqueue`, and then HotQueue(…).
  if (from !== undefined && module.imports.some((one) => one.name === null && one.as === from))
    return { next: `write ${from}.${name}; or add to the imports: from ${from} import ${name}` };
  if (similar !== null && !STANDARD_MODULES.has(name)) return { next: `is it ${similar} that is meant?` };
  if (name === "hotqueue" || name === "redis") return { next: `add to the imports: import ${name}` };
  if (from !== undefined) return { next: `add to the imports: from ${from} import ${name}` };
  if (STANDARD_MODULES.has(name)) return { next: `add to the imports: import ${name}` };
  for (const other of facts.modules.filter((one) => one !== module)) {
    const close = findSimilar(
      name,
      other.definitions.map((one) => one.name),
    );
    if (close !== null)
      return {
        next: `is it ${close} of ${other.name} that is meant? Then import it: from ${other.name} import ${close}`,
      };
  }
  return { next: "define it, import it, or look how it is spelled" };
}

function namesAround(module: Module): string[] {
  const locals: string[] = [];
  for (const statement of module.body) {
    if (statement.kind === "function") locals.push(...localNames(statement));
  }
  return [...module.definitions.map(({ name }) => name), ...module.imports.map(({ as }) => as), ...locals];
}
