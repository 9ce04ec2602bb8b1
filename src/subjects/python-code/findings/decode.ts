import { fault, type Facts } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf } from "../names/modules.js";
import { TextOrBytes } from "../names/text-or-bytes.js";
import { type Expression } from "../syntax/syntax.js";
import { eachExpression, eachStatement, type FunctionDefinition } from "../syntax/walk.js";
import { eachUse } from "../names/uses.js";

/** `decode()` on what is text already: only bytes can be decoded. */
export function findDecodes({ modules, byName, clients }: Facts): Finding[] {
  if (!modules.some(({ source }) => source.text.includes(".decode("))) return [];
  const kinds = new TextOrBytes(modules, byName, clients);
  const found: Finding[] = [];
  for (const module of modules.filter(({ readable }) => readable)) {
    eachUse(module.body, ({ expression, within, isLocal, tests }) => {
      // Where something is asked before, both kinds may be provided for.
      if (expression.kind !== "call" || tests.length > 0) return;
      const { callee } = expression;
      if (callee.kind !== "attribute" || callee.name !== "decode") return;
      if (kinds.kindOf(callee.of, { within, isLocal, module }) !== "text") return;
      if (isAskedBefore(callee.of, within.at(-1))) return;
      const what = module.source.text.slice(callee.of.from, callee.of.to);
      found.push(
        fault(
          "decode-on-text",
          lineOf(module, expression.line),
          `${what} is text already, and only bytes can be decoded`,
          `write ${what} without .decode(...)`,
        ),
      );
    });
  }
  return found;
}

/** An `if` further up asks about this value, or about the kind of another, and may have gone another way. */
function isAskedBefore(value: Expression, around: FunctionDefinition | undefined): boolean {
  const names = new Set(["type", "isinstance", "hasattr"]);
  eachExpression(value, (one) => {
    if (one.kind === "name") names.add(one.name);
  });
  let asked = false;
  eachStatement(around?.body ?? [], (statement) => {
    if (statement.from > value.from) return;
    for (const test of statement.kind === "if" ? statement.branches.map((one) => one.test) : []) {
      if (test) eachExpression(test, (one) => (asked ||= one.kind === "name" && names.has(one.name)));
    }
  });
  return asked;
}
