import { type FieldNote, type FormNote } from "../../../lab/program/route-note.js";
import { type Route } from "../routes/route.js";

/** A part of a job's request, with all that is known of what it must be. */
export interface Part {
  where: FieldNote["where"];
  name: string;
  required: boolean;
  /** Any of these; empty where nothing says it. */
  types: ReadonlySet<"int" | "float" | "str" | "bool" | "list" | "dict">;
  /** It is one of these. */
  words: readonly (string | number)[];
  /** What the API itself gives as examples, and what it is where it lacks. */
  examples: readonly unknown[];
  pattern: string | null;
  /** As Python's strptime has it. */
  date: string | null;
  least: number | null;
  most: number | null;
  length: number | null;
  /** In front of it, behind it. */
  edges: readonly [string, string];
  /** The words of a text that is one value after the other. */
  by: string | null;
  /** It is looked up among what was loaded. */
  stored: { db: number | null; field: string | null } | null;
  case: "upper" | "lower" | "title" | "capitalize" | null;
}

type Schema = Readonly<Record<string, unknown>>;

/** All parts of the request that a route reads, those of the framework's own schema among them. */
export function partsOf({ fields, body, params }: Route): Part[] {
  const parts = new Map<string, Part>();
  const properties = body && isSchema(body.schema) ? body.schema["properties"] : undefined;
  const required = body && isSchema(body.schema) ? body.schema["required"] : undefined;
  if (body && isSchema(properties)) {
    for (const [name, schema] of Object.entries(properties)) {
      const isRequired = Array.isArray(required) && required.includes(name);
      const field = fields.find((one) => one.where === body.as && one.name === name);
      const read = readPart({ where: body.as, name, required: isRequired, forms: field?.forms ?? [] });
      parts.set(`${body.as} ${name}`, isSchema(schema) ? withSchema(read, schema) : read);
    }
  }
  for (const field of fields) {
    const key = `${field.where} ${field.name}`;
    const part = readPart(field);
    if (!parts.has(key)) parts.set(key, isSchema(field.schema) ? withSchema(part, field.schema) : part);
  }
  for (const { name, type } of params) {
    const known = parts.get(`path ${name}`) ?? readPart({ where: "path", name, required: true, forms: [] });
    const types = new Set([...known.types, ...(/int/.test(type) ? (["int"] as const) : [])]);
    parts.set(`path ${name}`, { ...known, types });
  }
  return [...parts.values()];
}

function readPart({ where, name, required, usual, forms }: FieldNote): Part {
  const all = <Is extends FormNote["is"]>(is: Is): Extract<FormNote, { is: Is }>[] =>
    forms.filter((form): form is Extract<FormNote, { is: Is }> => form.is === is);
  const [date] = all("date");
  const types = [
    ...all("cast").map(({ to }) => to),
    ...all("type").flatMap((form) => form.types),
    ...(all("list").length > 0 && all("parts").length === 0 ? ["list"] : []),
    ...(all("object").length > 0 ? ["dict"] : []),
  ];
  const stored = all("stored");
  return {
    ...{ where, name, required },
    types: new Set(types.filter(isType)),
    words: [...all("one of").flatMap(({ words }) => words), ...all("equals").map(({ value }) => value)],
    examples: usual === undefined || usual === null || usual === "" ? [] : [usual],
    pattern: all("like")[0]?.pattern ?? null,
    date: date?.format ?? null,
    least: largest(all("least").map(({ value }) => value)),
    most: smallest(all("most").map(({ value }) => value)),
    length: all("length")[0]?.value ?? null,
    edges: [all("startswith")[0]?.value ?? "", all("endswith")[0]?.value ?? ""],
    by: all("parts")[0]?.by ?? null,
    stored: stored.find(({ field }) => field !== null) ?? stored[0] ?? null,
    case: all("case")[0]?.of ?? null,
  };
}

/** JSON schema's own words beside what the handler tests. */
function withSchema(part: Part, given: Schema): Part {
  const choices = [given["anyOf"], given["oneOf"], given["allOf"]].find(Array.isArray) as
    unknown[] | undefined;
  const chosen = choices?.filter(isSchema).filter(({ type }) => type !== "null") ?? [];
  const schemas = [given, ...chosen];
  const find = (name: string): unknown => schemas.map((one) => one[name]).find((one) => one !== undefined);
  const number = (name: string): number | null => {
    const value = find(name);
    return typeof value === "number" ? value : null;
  };
  const types = schemas.map(({ type }) => TYPES[String(type)]).filter(isType);
  const step = types.includes("int") ? 1 : 0.5;
  const above = number("exclusiveMinimum");
  const below = number("exclusiveMaximum");
  const listed = find("enum") ?? (find("const") === undefined ? undefined : [find("const")]);
  const shown = [find("example"), ...asList(find("examples")), find("default")];
  const format = String(find("format"));
  return {
    ...part,
    types: new Set([...types, ...part.types]),
    words: [...asList(listed), ...part.words].filter(isWord),
    examples: [...shown.filter((one) => one !== undefined && one !== null), ...part.examples],
    pattern: part.pattern ?? (typeof find("pattern") === "string" ? String(find("pattern")) : null),
    date: part.date ?? (format === "date" ? "%Y-%m-%d" : format === "date-time" ? "%Y-%m-%dT%H:%M:%S" : null),
    least: part.least ?? number("minimum") ?? (above === null ? null : above + step),
    most: part.most ?? number("maximum") ?? (below === null ? null : below - step),
    length: part.length ?? number("minLength"),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  ...{ integer: "int", number: "float", string: "str", boolean: "bool", array: "list", object: "dict" },
};

function isType(name: string | undefined): name is "int" | "float" | "str" | "bool" | "list" | "dict" {
  return name !== undefined && /^(?:int|float|str|bool|list|dict)$/.test(name);
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
}

function isWord(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function largest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}

function smallest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}
