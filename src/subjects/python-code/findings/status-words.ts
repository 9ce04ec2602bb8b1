import { type Facts } from "../facts.js";
import { type Stage, stageOfWord } from "../status-stages.js";
import { type Expression, type Statement } from "../syntax/syntax.js";
import { type Scope } from "../names/assignments.js";
import { evaluate } from "../names/values.js";
import { type Call, dottedName, eachExpression, expressionsOf } from "../syntax/walk.js";

export interface StatusWord {
  text: string;
  stage: Stage;
  /** From 1. */
  line: number;
}

/** A literal, a name for one, or a member of an Enum: `"complete"`, `DONE`, `Status.DONE.value`. Null for others. */
export function wordOf(expression: Expression, scope: Scope, { byName }: Facts): StatusWord | null {
  const value = evaluate(expression, scope, byName);
  const dotted = dottedName(expression)?.replace(/\.value$/, "");
  const member = dotted?.includes(".") ? dotted.split(".").at(-1) : undefined;
  const text = value.kind === "literal" ? String(value.value) : member;
  const stage = text === undefined ? null : stageOfWord(text);
  return text === undefined || stage === null ? null : { text, stage, line: expression.line };
}

/** The status that a statement writes; "unclear" where it writes one and nobody can tell which. */
export function wordWritten(statement: Statement, scope: Scope, facts: Facts): StatusWord | "unclear" | null {
  const given: Expression[][] = [];
  if (statement.kind === "assign" && statement.value && statement.targets.some(isStatus)) {
    given.push([statement.value]);
  }
  for (const expression of statement.kind === "function" ? [] : expressionsOf(statement)) {
    eachExpression(expression, (one) => {
      const status = one.kind === "call" ? givenAsStatus(one) : null;
      if (status) given.push(status);
    });
  }
  const [first] = given;
  if (!first) return null;
  return first.map((one) => wordOf(one, scope, facts)).find((word) => word !== null) ?? "unclear";
}

/** `job["status"]`, `job.status` */
function isStatus(target: Expression): boolean {
  if (target.kind === "attribute") return target.name === "status";
  const [index] = target.kind === "subscript" ? target.index : [];
  return index?.kind === "string" && index.value === "status";
}

/** Of a call that writes a status, the arguments one of which it is. */
function givenAsStatus({ callee, arguments: given }: Call): Expression[] | null {
  const name = dottedName(callee)?.split(".").at(-1) ?? "";
  if (/^_?(update|set|change|mark|write)_\w*status$/i.test(name)) return given.map(({ value }) => value);
  if (name !== "hset" && name !== "hmset") return null;
  const at = given.findIndex(({ value }) => value.kind === "string" && value.value === "status");
  const next = at === -1 ? undefined : given[at + 1];
  if (next) return [next.value];
  const entries = given.flatMap(({ value }) => (value.kind === "dictionary" ? value.entries : []));
  const entry = entries.find(({ key }) => key?.kind === "string" && key.value === "status");
  return entry ? [entry.value] : null;
}
