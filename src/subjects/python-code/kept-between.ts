import { type Project } from "./project.js";
import { type Module } from "./names/modules.js";
import { eachUse, type Use } from "./names/uses.js";
import { dottedName } from "./syntax/walk.js";
import { type Expression } from "./syntax/syntax.js";

/** What makes something that grows, and what makes it grow. */
const MAKES =
  /^(?:list|dict|set|deque|defaultdict|Counter|OrderedDict|collections\.\w+|(?:plt|pyplot)\.(?:figure|subplots|axes))$/;
const GROWS =
  /^(?:append|extend|add|update|insert|setdefault|appendleft|plot|bar|barh|hist|scatter|pie|step|imshow)$/;

/** Drawing into the figure that there is, and what begins another or ends it. */
const DRAWS = /^(?:plt|pyplot)\.(?:plot|bar|barh|hist|scatter|pie|step|imshow)$/;
const NEW_FIGURE = /\b(?:plt|pyplot)\.(?:figure|subplots|clf|cla|close)\s*\(/;

/**
 * `worker.py:31: `, the line by which something of one job may still be there in the next: a list of the module that a function adds to,
 * a figure that is drawn into again. "" where there is none; whether it does, only the results tell.
 */
export function placeOfKept({ modules, worker, api }: Project): string {
  const inOrder = modules
    .filter((one) => one !== api)
    .sort((a, b) => Number(b === worker) - Number(a === worker));
  for (const module of inOrder) {
    const line = lineOf(module);
    if (line !== null) return `${module.file}:${line}: `;
  }
  return "";
}

function lineOf(module: Module): number | null {
  const grown = new Set(
    module.body.flatMap((statement) =>
      statement.kind === "assign" && statement.value && isMade(statement.value)
        ? statement.targets.flatMap((target) =>
            target.kind === "name"
              ? [target.name]
              : target.kind === "sequence"
                ? target.items.flatMap((one) => (one.kind === "name" ? [one.name] : []))
                : [],
          )
        : [],
    ),
  );
  const makesFigures = NEW_FIGURE.test(module.source.text);
  let line: number | null = null;
  eachUse(module.body, (use) => {
    if (use.within.length === 0 || line !== null) return;
    const name = dottedName(use.expression.kind === "call" ? use.expression.callee : use.expression) ?? "";
    const [first = "", method = "", ...more] = name.split(".");
    const isCall = use.expression.kind === "call";
    const isGrown = more.length === 0 && grown.has(first) && !use.isLocal(first) && GROWS.test(method);
    if (isCall && (isGrown || (!makesFigures && DRAWS.test(name)))) line = use.expression.line;
    else if (isPutInto(use, grown)) line = use.statement.line;
  });
  return line;
}

function isMade(value: Expression): boolean {
  if (value.kind === "dictionary") return true;
  if (value.kind === "sequence") return value.of !== "tuple";
  return value.kind === "call" && MAKES.test(dottedName(value.callee) ?? "");
}

/** `found[jid] = …` and `found += …`. */
function isPutInto({ expression, statement, isLocal }: Use, grown: ReadonlySet<string>): boolean {
  const target =
    statement.kind === "assign"
      ? statement.targets.find((one) => one === expression && one.kind === "subscript")
      : statement.kind === "update" && statement.target === expression
        ? expression
        : undefined;
  const of = target?.kind === "subscript" ? target.of : target;
  return of?.kind === "name" && grown.has(of.name) && !isLocal(of.name);
}
