import { fieldsOf, isJobModel } from "../edition.js";
import { type Facts, remark } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf } from "../names/modules.js";
import { foreignName } from "../names/names.js";
import { type Expression } from "../syntax/syntax.js";
import { dottedName, eachExpression, findCalls } from "../syntax/walk.js";

/** json.dumps of a model's dict, where the model holds what JSON has no form for. */
export function findJsonModels({ modules }: Facts): Finding[] {
  const fields = modules.flatMap(({ body }) =>
    body.flatMap((one) => (one.kind === "class" && isJobModel(one) ? fieldsOf(one) : [])),
  );
  const [field] = fields.filter(({ annotation }) => holdsATime(annotation));
  if (!field) return [];
  return modules.flatMap((module) =>
    findCalls(module.body).flatMap(({ call }): Finding[] => {
      if (foreignName(call.callee, module)?.replace(/^json\./, "") !== "dumps") return [];
      const [first] = call.arguments;
      const isTold = call.arguments.some(({ name }) => name === "default" || name === "cls");
      if (isTold || first?.value.kind !== "call" || !isPlainDict(first.value)) return [];
      return [
        remark(
          "value-not-json",
          lineOf(module, call.line),
          `the dict of the model holds ${field.name} as a datetime, and json.dumps makes no text of that`,
          'job.model_dump_json(), or json.dumps(job.model_dump(mode="json"))',
        ),
      ];
    }),
  );
}

/** `job.model_dump()`, `job.dict()`: not with mode="json", which makes text of all. */
function isPlainDict({ callee, arguments: given }: Expression & { kind: "call" }): boolean {
  const name = callee.kind === "attribute" ? callee.name : "";
  return (name === "model_dump" || name === "dict") && !given.some((one) => one.name === "mode");
}

function holdsATime(annotation: Expression): boolean {
  let found = false;
  eachExpression(annotation, (one) => {
    found ||= /(^|\.)(datetime|date|time|timedelta)$/.test(dottedName(one) ?? "");
  });
  return found;
}
