import { pythonFile } from "../python-file.js";
import { bodyOf, type Field } from "./bodies.js";
import { type Web } from "./frameworks.js";
import { isNumber } from "./jobs.js";
import { lines, listOf } from "./python.js";
import { typeOf } from "./model.js";
import { type FormChoices } from "./ways.js";

/** How the handler of a job comes by its values. */
interface Reading {
  /** FastAPI's model of the body, above the handler. */
  above: string;
  /** FastAPI's parameter. */
  sent: string | undefined;
  /** Lines after which each value is there under its name. */
  code: string;
}

export function readBody(choices: FormChoices, web: Web): Reading {
  const { fields } = bodyOf(choices);
  const inBody = fields.filter(({ name }) => !isInPath(choices, name));
  const inPath = fields.filter(({ name }) => isInPath(choices, name));
  const checks = (some: readonly Field[]) => some.map((field) => check(choices, web, field));
  const isTyped = choices.framework === "fastapi" && choices.demand === "cast";
  const loaded = (some: readonly Field[]) =>
    some.map((field) => checkLoaded(choices, web, field)).filter((one) => one !== null);
  if (inBody.length === 0)
    return { above: "", sent: undefined, code: lines(...checks(inPath), ...loaded(inPath)) };
  if (choices.framework === "fastapi" && choices.job === "query") {
    const sent = inBody.map(({ name, usual, ...field }) => {
      const type = typeOf({ name, ...field });
      return `${name}: ${type}${usual === undefined ? "" : ` = ${usual}`}`;
    });
    return { above: "", sent: sent.join(", "), code: lines(...checks(inBody), ...loaded(inBody)) };
  }
  if (isTyped)
    return {
      above: pythonFile(
        lines(
          "class JobRequest(BaseModel):",
          ...inBody.map((field) => `    ${field.name}: ${declared(field)}`),
        ),
      ),
      sent: "body: JobRequest",
      code: lines(
        ...inBody.map(
          ({ name, demand }) =>
            `${name} = ${demand.is === "day" ? `body.${name}.strftime('%Y-%m-%d')` : `body.${name}`}`,
        ),
        ...checks(inPath),
        ...loaded(fields),
      ),
    };
  return {
    above: "",
    sent: choices.framework === "fastapi" ? "body: dict" : undefined,
    code: lines(bodyLine(choices), ...take(choices, web, inBody), ...checks(fields), ...loaded(fields)),
  };
}

function isInPath({ job }: FormChoices, name: string): boolean {
  return job === "/jobs/request/<word>" || (job === "/jobs/<function>" && name === "function");
}

/** Flask's body; a form and a query are read where they are. */
function bodyLine({ framework, job, demand }: FormChoices): string | null {
  if (framework === "fastapi" || job === "/run" || job === "query") return null;
  return demand === "cast" ? "body = request.get_json(force=True)" : "body = request.get_json()";
}

function sourceOf({ job, framework }: FormChoices): string {
  if (framework === "fastapi") return "body";
  if (job === "/run") return "request.form";
  return job === "query" ? "request.args" : "body";
}

/** Lines that give each value its name, and refuse where it lacks or is no number or day. */
function take(choices: FormChoices, web: Web, fields: readonly Field[]): string[] {
  const from = sourceOf(choices);
  const isText = from.startsWith("request");
  const names = fields.map(({ name }) => name).join(" and ");
  // A form has nothing but texts: a test of the type is none.
  if (choices.demand === "cast" || isText) {
    return [
      "try:",
      ...fields.map((field) => `    ${field.name} = ${cast(field, from, isText)}`),
      ...fields
        .filter(({ demand }) => demand.is === "day")
        .map(({ name }) => `    datetime.strptime(${name}, '%Y-%m-%d')`),
      "except (KeyError, TypeError, ValueError):",
      `    ${web.refuse(400, `'give ${names}, in the right form'`)}`,
    ];
  }
  return fields.flatMap((field) => [
    `${field.name} = ${from}.get('${field.name}'${field.usual === undefined ? "" : `, ${field.usual}`})`,
    ...testType(web, field),
  ]);
}

function cast(field: Field, from: string, isText: boolean): string {
  const value =
    field.usual === undefined ? `${from}['${field.name}']` : `${from}.get('${field.name}', ${field.usual})`;
  if (isNumber(field)) return `int(${value})`;
  if (field.demand.is === "ids") return isText ? `${value}.split(',')` : `list(${value})`;
  return isText || field.demand.is === "one of" ? value : `str(${value})`;
}

function testType(web: Web, { name, demand }: Field): string[] {
  switch (demand.is) {
    case "number":
      return [`if not isinstance(${name}, int):`, `    ${web.refuse(400, `'${name} must be an integer'`)}`];
    case "ids":
      return [
        `if not isinstance(${name}, list):`,
        `    ${web.refuse(400, `'${name} must be a list of ids'`)}`,
      ];
    case "day":
      return [
        "try:",
        `    datetime.strptime(${name}, '%Y-%m-%d')`,
        "except (TypeError, ValueError):",
        `    ${web.refuse(400, `'${name} must be a day such as 1990-12-31'`)}`,
      ];
    case "like":
    case "loaded":
      return [`if not isinstance(${name}, str):`, `    ${web.refuse(400, `'${name} must be a text'`)}`];
    case "one of":
      return [];
  }
}

/** What is demanded beyond the type; null where that is all, or FastAPI's model says it. */
function check(
  { demand: how, framework, job }: FormChoices,
  web: Web,
  { name, demand }: Field,
): string | null {
  if (framework === "fastapi" && how === "cast" && job !== "query" && !isInPath({ job } as FormChoices, name))
    return null;
  switch (demand.is) {
    case "number":
      return demand.least === undefined
        ? null
        : lines(
            `if ${name} < ${demand.least} or ${name} > ${demand.most ?? ""}:`,
            `    ${web.refuse(400, `'${name} lies between ${demand.least} and ${demand.most ?? ""}'`)}`,
          );
    case "one of":
      return lines(
        `if ${name} not in ${listOf(demand.words)}:`,
        `    ${web.refuse(400, `'${name} is one of ${demand.words.join(", ")}'`)}`,
      );
    case "like":
      return matching(web, name, demand.pattern);
    case "loaded":
      return demand.pattern === undefined ? null : matching(web, name, demand.pattern);
    case "day":
      return framework === "fastapi" && job === "query" ? testType(web, { name, demand }).join("\n") : null;
    case "ids":
      return null;
  }
}

function matching(web: Web, name: string, pattern: string): string {
  return lines(
    `if not re.match(r'${pattern}', ${name}):`,
    `    ${web.refuse(400, `'${name} does not have the form ${pattern}'`)}`,
  );
}

/** Whether the loaded records have it; null where that is not asked. */
function checkLoaded({ topic }: FormChoices, web: Web, { name, demand }: Field): string | null {
  if (demand.is === "loaded")
    return lines(
      `if ${name} not in [one['${demand.field}'] for one in all_${topic}()]:`,
      `    ${web.refuse(404, `'none of the ${topic} has the ${demand.field} {}'.format(${name})`)}`,
    );
  if (demand.is === "ids")
    return lines(
      `known = [one['id'] for one in all_${topic}()]`,
      `if len(ids) == 0 or any(one not in known for one in ids):`,
      `    ${web.refuse(400, `'ids are some of those of the ${topic} that are loaded'`)}`,
    );
  return null;
}

/** A field of FastAPI's model. */
function declared(field: Field): string {
  const { demand, usual } = field;
  const otherwise = usual === undefined ? "" : ` = ${usual}`;
  switch (demand.is) {
    case "number":
      return demand.least === undefined
        ? `int${otherwise}`
        : `int = Field(ge=${demand.least}, le=${demand.most ?? ""})`;
    case "one of":
      return `Literal[${demand.words.map((word) => `'${word}'`).join(", ")}]`;
    case "like":
      return `str = Field(pattern=r'${demand.pattern}')`;
    case "loaded":
      return demand.pattern === undefined ? "str" : `str = Field(pattern=r'${demand.pattern}')`;
    case "day":
      return "datetime";
    case "ids":
      return "list[str]";
  }
}
