import { type Module } from "./names/modules.js";
import { isEnum, stageOfWord } from "./status-stages.js";
import { type Statement } from "./syntax/syntax.js";
import { dottedName, findFunctions } from "./syntax/walk.js";

/** The forms that the course has given its jobs API: dicts in hashes, or a pydantic model kept as JSON. */
export type Edition = "classic" | "2026";

/** The functions that only the classic form has. */
const CLASSIC = /^_*(generate_job_key|instantiate_job)$/;

/** The form of a program, by what it defines: a model of a job in its own words, or an Enum of its statuses. */
export function editionOf({ modules, api }: { modules: readonly Module[]; api: Module | null }): Edition {
  const isClassic = modules.some(({ body }) => findFunctions(body).some(({ name }) => CLASSIC.test(name)));
  // A classic API may declare what it answers as a model, too.
  const where = isClassic ? modules.filter((module) => module !== api) : modules;
  const classes = where.flatMap(({ body }) => body);
  if (classes.some(isJobModel)) return "2026";
  return !isClassic && (classes.some(isStatusEnum) || where.some(hasStart)) ? "2026" : "classic";
}

/** `class Job(BaseModel)`, or a dataclass, with an id and a status. */
export function isJobModel(statement: Statement): boolean {
  if (statement.kind !== "class") return false;
  const isModel =
    statement.bases.some((one) => /(^|\.)(BaseModel|SQLModel)$/.test(dottedName(one) ?? "")) ||
    statement.decorators.some((one) =>
      /(^|\.)dataclass$/.test(dottedName(one.kind === "call" ? one.callee : one) ?? ""),
    );
  const fields = fieldsOf(statement).map(({ name }) => name);
  return isModel && fields.includes("status") && fields.some((name) => /^(j|job_?)?id$/.test(name));
}

/** The annotated names of a class, with what stands behind the colon. */
export function fieldsOf(
  statement: Statement & { kind: "class" },
): { name: string; annotation: NonNullable<(Statement & { kind: "assign" })["annotation"]> }[] {
  return statement.body.flatMap((one) => {
    const [target] = one.kind === "assign" ? one.targets : [];
    return one.kind === "assign" && one.annotation && target?.kind === "name"
      ? [{ name: target.name, annotation: one.annotation }]
      : [];
  });
}

function isStatusEnum(statement: Statement): boolean {
  return (
    isEnum(statement) &&
    statement.body.some((one) => {
      const [target] = one.kind === "assign" ? one.targets : [];
      return target?.kind === "name" && stageOfWord(target.name) !== null;
    })
  );
}

function hasStart({ definitions }: Module): boolean {
  return definitions.some(({ kind, name }) => kind === "function" && /^_*start_job$/.test(name));
}
