import { type Path } from "../manifests/manifest.js";
import { type Schema, type SchemaError } from "./schemas.js";

/** Where an object does not fit its schema. */
export type Violation =
  | { what: "unknown"; path: Path; field: string; known: readonly string[] }
  | { what: "missing"; path: Path; field: string }
  | { what: "type"; path: Path; wanted: readonly string[] }
  | { what: "format"; path: Path; format: string };

/** What a schema has asked of an object. */
interface Asked {
  fields: Set<string>;
  /** It went through the keys, whatever they are: a mapping with names of the student's own. */
  takesAny: boolean;
}

/**
 * Schemas of Kubernetes' allow fields that they do not know, and the cluster refuses them. A field that the schema never
 * asked for is one that it does not know; so it is given an object that notes what is asked.
 */
export function findViolations(content: unknown, schema: Schema): Violation[] {
  const asked = new Map<object, Asked>();
  const isValid = schema(listen(content, asked));
  const errors = isValid ? [] : (schema.errors ?? []);
  return [...unknownFields(content, asked, []), ...byPath(errors, content)];
}

function listen(value: unknown, asked: Map<object, Asked>, made = new Map<object, unknown>()): unknown {
  if (typeof value !== "object" || value === null) return value;
  const before = made.get(value);
  if (before !== undefined) return before;
  const notes: Asked = { fields: new Set(), takesAny: false };
  asked.set(value, notes);
  const proxy: unknown = new Proxy(value, {
    get: (target, key) => {
      if (typeof key === "string") notes.fields.add(key);
      return listen(Reflect.get(target, key), asked, made);
    },
    ownKeys: (target) => {
      notes.takesAny = true;
      return Reflect.ownKeys(target);
    },
  });
  made.set(value, proxy);
  return proxy;
}

function unknownFields(value: unknown, asked: ReadonlyMap<object, Asked>, path: Path): Violation[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, n) => unknownFields(item, asked, [...path, n]));
  const notes = asked.get(value);
  // What the schema did not look into may hold anything.
  if (!notes || (notes.fields.size === 0 && !notes.takesAny)) return [];
  return Object.entries(value).flatMap(([field, inner]) =>
    notes.takesAny || notes.fields.has(field)
      ? unknownFields(inner, asked, [...path, field])
      : [{ what: "unknown" as const, path: [...path, field], field, known: [...notes.fields] }],
  );
}

/** One for each place: where several types would do, the schema reports each. */
function byPath(errors: readonly SchemaError[], content: unknown): Violation[] {
  const violations = new Map<string, Violation>();
  for (const { instancePath, keyword, params } of errors) {
    const path = pathOf(instancePath, content);
    if (keyword === "required") {
      const field = String(params["missingProperty"]);
      violations.set(`${instancePath} ${field}`, { what: "missing", path, field });
    } else if (keyword === "format") {
      violations.set(instancePath, { what: "format", path, format: String(params["format"]) });
    } else if (keyword === "type") {
      const before = violations.get(instancePath);
      if (before?.what === "format") continue;
      const wanted = before?.what === "type" ? before.wanted : [];
      violations.set(instancePath, { what: "type", path, wanted: [...wanted, String(params["type"])] });
    }
  }
  return [...violations.values()];
}

function pathOf(pointer: string, content: unknown): Path {
  const path: (string | number)[] = [];
  let value = content;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(value) ? Number(key) : key);
    value = (value as Record<string, unknown> | null)?.[key];
  }
  return path;
}
