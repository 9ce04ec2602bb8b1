import { fault, type Facts } from "../facts.js";
import { type Finding } from "../finding.js";
import { type SourceLine } from "../../../text/finding.js";
import { type Import, isDynamic, lineOf, type Module } from "../names/modules.js";
import { homeOf, moduleMeant } from "../names/names.js";
import { HOTQUEUE_NAMES, REDIS_NAMES } from "../names/package-surface.js";
import { findSimilar } from "../../../text/similar.js";
import { STANDARD_MODULES } from "../../../lab/python/standard-modules.js";
import { dottedName } from "../syntax/walk.js";
import { eachUse } from "../names/uses.js";

/** Names that a module is asked for and does not have; modules that are called otherwise. */
export function findMissingNames(facts: Facts): Finding[] {
  return facts.modules
    .filter(({ readable }) => readable)
    .flatMap((module) => [
      ...module.imports
        .filter(({ guarded }) => !guarded)
        .flatMap((one) => judgeImport(one, module, facts) ?? []),
      ...findAttributes(module, facts),
    ]);
}

function judgeImport(one: Import, module: Module, facts: Facts): Finding | null {
  if (one.own === null) return judgeForeign(one, facts);
  const from = facts.byName.get(one.own);
  if (!from || one.name === null || one.name === "*" || hasName(from, one.name, facts)) return null;
  if (hides(from)) return describeHidden(from, one);
  return fault(
    "name-not-there",
    one,
    from === module
      ? `${module.name} imports ${one.name} from itself, and does not define it`
      : `${from.name} has no ${one.name}${privateForm(from, one.name)}`,
    suggest(one.name, from, facts),
  );
}

/** A file of the student's with the name of a package or of a module of Python's is found in its stead. */
function hides({ name }: Module): boolean {
  return STANDARD_MODULES.has(name) || COURSE_PACKAGES.includes(name);
}

function describeHidden({ name, file }: Module, at: SourceLine): Finding {
  return fault(
    "name-not-there",
    at,
    `your own ${file} is found here instead of the ${name} that is meant`,
    `give ${file} another name`,
  );
}

/** Whether it can be there: of a file that Python cannot read, or that brings all of another, nobody knows. */
function hasName(module: Module, name: string, facts: Facts): boolean {
  if (!module.readable || homeOf(name, module, facts.byName)) return true;
  if (module.imports.some(({ as }) => as === name)) return true;
  if (
    isDynamic(module) ||
    module.definitions.some((one) => one.name === "__getattr__") ||
    /^__\w+__$/.test(name)
  )
    return true;
  if (facts.modules.some((other) => other.name === `${module.name}.${name}`)) return true;
  return module.imports.some(
    (one) => one.name === "*" && (one.own === null || facts.byName.get(one.own)?.readable !== true),
  );
}

function privateForm({ definitions }: Module, name: string): string {
  return definitions.some((one) => one.name === `_${name}`) ? `: there it is called _${name}` : "";
}

function suggest(name: string, from: Module, facts: Facts): string {
  if (from.definitions.some((one) => one.name === `_${name}`)) {
    return `what others use must be public: call it ${name} in ${from.name} too, or do without it here`;
  }
  const owner = facts.modules.find(
    (other) => other !== from && other.definitions.some((one) => one.name === name),
  );
  if (owner) return `import it from where it is: from ${owner.name} import ${name}`;
  const similar = findSimilar(
    name,
    from.definitions.map((one) => one.name),
  );
  return similar === null
    ? `define ${name} in ${from.name}, or remove the import`
    : `is it ${similar} that is meant?`;
}

const COURSE_PACKAGES = ["hotqueue", "redis", "flask", "fastapi", "uvicorn"];

function judgeForeign(one: Import, facts: Facts): Finding | null {
  const [top = ""] = one.from.split(".");
  if (one.from.startsWith(".")) {
    // What a package's __init__ has, or a folder without one, is not looked into.
    const [, name] = /^\.(\w+)$/.exec(one.from) ?? [];
    if (name === undefined || one.file.split("/").length > 2) return null;
    const similar = rightName(name, facts.modules);
    return (
      similar &&
      fault(
        "name-not-there",
        one,
        `there is no module ${name}; ${similar.whose} is called ${similar.name}`,
        `write .${similar.name}`,
      )
    );
  }
  const surface = one.from === "hotqueue" ? HOTQUEUE_NAMES : one.from === "redis" ? REDIS_NAMES : null;
  if (surface && one.name !== null && one.name !== "*" && !surface.has(one.name)) {
    const similar = findSimilar(one.name, [...surface]);
    return fault(
      "name-not-there",
      one,
      `the package ${one.from} has no ${one.name}`,
      similar === null ? "look it up in the package's documentation" : `write ${similar}`,
    );
  }
  const right = rightName(top, facts.modules);
  return right === null
    ? null
    : fault(
        "name-not-there",
        one,
        `there is no module ${top}; ${right.whose} is called ${right.name}`,
        `write ${right.name}`,
      );
}

/** What an import that leads nowhere looks like: one of the student's modules, or a package in other letters. */
export function rightName(top: string, modules: readonly Module[]): { name: string; whose: string } | null {
  if (STANDARD_MODULES.has(top) || COURSE_PACKAGES.includes(top) || top.startsWith("_")) return null;
  const lower = top.toLowerCase();
  const known = [...COURSE_PACKAGES, ...STANDARD_MODULES].find((name) => name.toLowerCase() === lower);
  if (known !== undefined) return { name: known, whose: "it" };
  const plain = (name: string): string => name.toLowerCase().replaceAll("_", "").replace(/s$/, "");
  const own = modules.find(({ name }) => name !== top && !name.includes(".") && plain(name) === plain(top));
  return own ? { name: own.name, whose: "one of yours" } : null;
}

/** `jobs.save` where jobs has none. */
function findAttributes(module: Module, facts: Facts): Finding[] {
  const found: Finding[] = [];
  eachUse(module.body, ({ expression, isLocal, tests }) => {
    if (expression.kind !== "attribute" || tests.includes("try")) return;
    const base = dottedName(expression.of)?.split(".")[0] ?? "";
    if (base === "" || isLocal(base) || module.definitions.some((one) => one.name === base)) return;
    const from = moduleMeant(expression.of, module, facts.byName);
    if (!from || from === module || hasName(from, expression.name, facts)) return;
    if (isSetFromOutside(from, expression.name, facts)) return;
    if (hides(from)) {
      if (!found.some(({ next }) => next.includes(from.file)))
        found.push(describeHidden(from, lineOf(module, expression.line)));
      return;
    }
    found.push(
      fault(
        "name-not-there",
        lineOf(module, expression.line),
        `${from.name} has no ${expression.name}${privateForm(from, expression.name)}`,
        suggest(expression.name, from, facts),
      ),
    );
  });
  return found;
}

/** `config.rd = …` in another module. */
function isSetFromOutside(module: Module, name: string, { modules }: Facts): boolean {
  return modules.some(({ source }) =>
    new RegExp(`\\b${module.name.split(".").at(-1) ?? ""}\\.${name}\\s*=[^=]`).test(source.text),
  );
}
