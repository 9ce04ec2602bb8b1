import { type Facts, remark } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf, type Module } from "../names/modules.js";
import { homeOf } from "../names/names.js";
import { type Expression } from "../syntax/syntax.js";
import { dottedName, eachStatement, type FunctionDefinition } from "../syntax/walk.js";
import { eachUse } from "../names/uses.js";
import { isWorkerDecorator } from "../names/calls.js";

/** Lines that Python can read and that do something else than they seem to. */
export function findNoEffect(facts: Facts): Finding[] {
  return facts.modules
    .filter(({ readable }) => readable)
    .flatMap((module) => [...findNotCalled(module, facts), ...findExceptOr(module), ...findWithoutF(module)]);
}

/** `q.clear` as a line of its own: named, and not called. */
function findNotCalled(module: Module, { byName }: Facts): Finding[] {
  const found: Finding[] = [];
  eachStatement(
    module.body,
    (statement) => {
      if (statement.kind !== "expression") return;
      const { value } = statement;
      const name = dottedName(value);
      if (name === null || !(value.kind === "attribute" || namesFunction(value, module, byName))) return;
      found.push(
        remark(
          "not-called",
          lineOf(module, statement.line),
          `${name} is named here and not called: the line does nothing`,
          `write the brackets: ${name}()`,
        ),
      );
    },
    { intoFunctions: true },
  );
  return found;
}

/** A worker that is named and not called has a finding of its own. */
function namesFunction(value: Expression, module: Module, byName: Facts["byName"]): boolean {
  const home = value.kind === "name" ? homeOf(value.name, module, byName) : null;
  const meant = home?.module.body.find((one) => one.kind === "function" && one.name === home.name);
  return meant?.kind === "function" && !meant.decorators.some(isWorkerDecorator);
}

/** `except A or B` catches A alone. */
function findExceptOr(module: Module): Finding[] {
  const found: Finding[] = [];
  eachStatement(
    module.body,
    (statement) => {
      if (statement.kind !== "try") return;
      for (const one of statement.inner) {
        const names = alternatives(one);
        const [first = ""] = names;
        if (names.length < 2) continue;
        found.push(
          remark(
            "except-or",
            lineOf(module, one.line),
            `this catches ${first} alone: "${names.join(" or ")}" is ${first}, before Python ever looks at the rest`,
            `write a tuple: except (${names.join(", ")}):`,
          ),
        );
      }
    },
    { intoFunctions: true },
  );
  return found;
}

function alternatives(expression: Expression): string[] {
  if (expression.kind === "binary" && expression.operator === "or")
    return [...alternatives(expression.left), ...alternatives(expression.right)];
  const name = dottedName(expression);
  return name === null ? [] : [name];
}

/** `"job {jid}"` without the f before it, where jid is a name of the function around it. */
function findWithoutF(module: Module): Finding[] {
  const found: Finding[] = [];
  const kept = new Set<Expression>();
  eachUse(module.body, ({ expression, statement, within }) => {
    // A docstring, a route's path; what is filled in later by format or %.
    if (statement.kind === "function" || (statement.kind === "expression" && statement.value === expression))
      kept.add(expression);
    if (expression.kind === "attribute" && /^(format|format_map|substitute|replace)$/.test(expression.name))
      kept.add(expression.of);
    if (expression.kind !== "string" || kept.has(expression) || within.length === 0) return;
    // In a regular expression braces count.
    if (/^[rb]/i.test(module.source.text.slice(expression.from))) return;
    if (module.source.text.slice(expression.to).trimStart().startsWith("%")) return;
    const name = namesWithin(expression.value).find((one) => isOf(one, within));
    if (name === undefined || isFilledLater(module.source.text)) return;
    found.push(
      remark(
        "f-missing",
        lineOf(module, expression.line),
        `{${name}} stays as it is in this text: without an f before the quote nothing is put in its place`,
        `put an f before the quote: f"…{${name}}…"`,
      ),
    );
  });
  return found;
}

function namesWithin(text: string): string[] {
  return [...text.matchAll(/(?<!\{)\{(\w+)(?:[.[][^{}]*)?(?:![rs])?(?::[^{}]*)?\}(?!\})/g)].map(
    ([, name = ""]) => name,
  );
}

function isOf(name: string, within: readonly FunctionDefinition[]): boolean {
  return within.some((one) => {
    let binds = one.parameters.some((parameter) => parameter.name === name);
    eachStatement(one.body, (statement) => {
      if (statement.kind === "assign")
        binds ||= statement.targets.some((target) => target.kind === "name" && target.name === name);
    });
    return binds;
  });
}

/** Somewhere texts that stand under a name are filled in. */
function isFilledLater(text: string): boolean {
  return /\b\w+\.(?:format|format_map)\(/.test(text);
}
