import { isSchema } from "../body/part.js";
import { type Route } from "./route.js";

type Part = Readonly<Record<string, unknown>>;

/** The routes that a running system itself describes (FastAPI's openapi.json); what their handlers do is not in it. */
export function declaredRoutes(description: unknown): Route[] {
  const paths = at(description, "paths");
  if (!isSchema(paths)) return [];
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(isSchema(methods) ? methods : {}).flatMap(([method, operation]) => {
      const name = method.toUpperCase();
      return isMethod(name) && isSchema(operation) ? [read(name, path, operation, description)] : [];
    }),
  );
}

function read(method: Route["method"], path: string, operation: Part, description: unknown): Route {
  const parameters = list(operation["parameters"])
    .map((one) => resolve(one, description, 0))
    .filter(isSchema);
  const content = at(resolve(operation["requestBody"], description, 0), "content");
  const [kind, body] = isSchema(content) ? (Object.entries(content)[0] ?? []) : [];
  const schema = resolve(at(body, "schema"), description, 0);
  return {
    method,
    path,
    params: parameters
      .filter((one) => one["in"] === "path")
      .map((one) => ({ name: String(one["name"]), type: String(at(one, "schema", "type")) })),
    function: "",
    file: "",
    line: 0,
    fields: parameters
      .filter((one) => one["in"] === "query")
      .map((one) => ({
        where: "query",
        name: String(one["name"]),
        required: one["required"] === true,
        forms: [],
      })),
    puts: false,
    does: [],
    ...(kind !== undefined &&
      isSchema(schema) && { body: { as: kind.includes("json") ? "json" : "form", schema } }),
  };
}

/** With what its references mean in their place. */
function resolve(value: unknown, description: unknown, depth: number): unknown {
  if (depth > 8) return {};
  if (Array.isArray(value)) return value.map((one) => resolve(one, description, depth + 1));
  if (!isSchema(value)) return value;
  const reference = value["$ref"];
  if (typeof reference === "string")
    return resolve(at(description, ...reference.replace(/^#\//, "").split("/")), description, depth + 1);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, resolve(one, description, depth + 1)]),
  );
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((one, name) => (isSchema(one) ? one[name] : undefined), value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function isMethod(name: string): name is Route["method"] {
  return /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(name);
}
