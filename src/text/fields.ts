/** Fields of a document that a student wrote: anything may stand anywhere. */
export type Fields = Readonly<Record<string, unknown>>;

/** A way through a document: names of fields, and numbers of list entries from 0. */
export type Path = readonly (string | number)[];

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Without fields where it has none. */
export function asFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Empty where it is no list. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** "" where it is neither text nor a number. */
export function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Follows the path; undefined where it leads nowhere. */
export function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof part === "number" ? asList(value)[part] : asFields(value)[part]),
    content,
  );
}
