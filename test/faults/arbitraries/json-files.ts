import fc from "fast-check";
import { mutatedText } from "./bytes.js";
import { jsonText } from "./payloads.js";

/** Values that a field has when somebody wrote the file who should not have. */
const wrong = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, "", "\u001b]0;x\u0007", "../../x", [], {}, [null], {
    a: null,
  }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A JSON value of the same form, in which a few parts, wherever they stand, are other ones, doubled or gone. */
export function spoiled(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(value);
  const change = fc.record({
    path: fc.constantFrom(...paths),
    kind: fc.constantFrom("put", "drop", "add"),
    wrong,
  });
  return fc
    .array(change, { maxLength: 3 })
    .map((changes) =>
      changes.reduce<unknown>(
        (now, { path, kind, wrong: put }) => replace(now, path, kind, structuredClone(put)),
        structuredClone(value),
      ),
    );
}

/** A file that should hold JSON of this form: nearly right, broken as text, or something else altogether. */
export function spoiledFile(...values: unknown[]): fc.Arbitrary<string> {
  const near = fc.oneof(...values.map(spoiled)).map((value) => JSON.stringify(value));
  const whole = fc.constantFrom(...values.map((value) => JSON.stringify(value, null, 2)));
  return fc.oneof(
    { weight: 6, arbitrary: near },
    { weight: 3, arbitrary: mutatedText(whole, fc.string({ unit: "binary", maxLength: 5 })) },
    { weight: 1, arbitrary: jsonText },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  );
}

type Path = readonly string[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

function replace(value: unknown, [key, ...rest]: Path, kind: string, put: unknown): unknown {
  if (key === undefined) {
    if (kind !== "add" || typeof value !== "object" || value === null) return put;
    if (Array.isArray(value)) value.push(put);
    else Object.assign(value, { [typeof put === "string" ? put : "added"]: put, __proto__x: put });
    return value;
  }
  if (typeof value !== "object" || value === null || !(key in value)) return value;
  const holder = value as Record<string, unknown>;
  if (rest.length === 0 && kind === "drop") Reflect.deleteProperty(holder, key);
  else holder[key] = replace(holder[key], rest, kind, put);
  return holder;
}
