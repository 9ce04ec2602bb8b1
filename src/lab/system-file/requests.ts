import { isScalar, type Node } from "yaml";
import { anything, entriesOf, mappingOf, oneOrMore, type ReadingOf, refuse, text, texts } from "./reading.js";
import { type Method, METHODS, type SystemFile, type WrittenRequest } from "./system-file.js";

/** Such as GET /jobs/{id}. */
export function line(node: Node, file: ReadingOf): WrittenRequest {
  const written = text(node, file).trim();
  const [, method = "", path = ""] = /^(\w+)\s+(\/\S*)$/.exec(written) ?? [];
  if (!isMethod(method.toUpperCase())) {
    return refuse(
      node,
      file,
      `"${written}" is no request`,
      `A request is a method and a path, such as GET /jobs/{id}; the methods: ${METHODS.join(", ")}`,
    );
  }
  return { method: method.toUpperCase() as Method, path };
}

/** A line alone, or with a body: {request: POST /run, form: {seq: AACDE}}. */
export function request(node: Node, file: ReadingOf): WrittenRequest {
  if (isScalar(node)) return line(node, file);
  const { vary, ...read } = job(node, file);
  return vary ? refuse(node, file, "vary: belongs to job:") : read;
}

const fields = mappingOf({
  request: line,
  json: anything,
  body: anything,
  form: texts,
  query: texts,
  vary: oneOrMore(text),
});

export function job(node: Node, file: ReadingOf): NonNullable<SystemFile["job"]> {
  if (isScalar(node)) return line(node, file);
  const { request: read, json, body = json, form, query, vary } = fields(node, file);
  if (!read) return refuse(node, file, "a line is missing here", "Such as: request: POST /jobs");
  const bodies = entriesOf(node, file).filter(([key]) => /^(?:json|body|form)$/.test(key));
  if (bodies.length > 1)
    return refuse(
      bodies[1]?.[2] ?? node,
      file,
      `${bodies.map(([key]) => key).join(" and ")} do not go together`,
    );
  const words = new URLSearchParams(query).toString();
  const path = words === "" ? read.path : `${read.path}${read.path.includes("?") ? "&" : "?"}${words}`;
  return {
    method: read.method,
    path,
    ...(form !== undefined && { body: { as: "form", value: form } }),
    ...(body !== undefined && { body: { as: "json", value: body } }),
    ...(vary && { vary }),
  };
}

function isMethod(word: string): word is Method {
  return (METHODS as readonly string[]).includes(word);
}
