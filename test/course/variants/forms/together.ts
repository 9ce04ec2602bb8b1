import { indent, lines } from "./python.js";

/** A handler with its decorator: the routes' name, path, method, function, parameters and code. */
const HANDLER = /^@(\w+)\.route\('([^']+)', methods=\['(\w+)'\]\)\ndef (\w+)\((.*)\):\n([^]*)$/;

/** The same code, where what Flask handles at one path stands in one function, which asks for the method. */
export function putTogether(code: string): string {
  const parts = code.split("\n\n\n");
  const found = parts.map((part) => HANDLER.exec(part));
  return parts
    .map((part, n) => {
      const [, routes = "", path = ""] = found[n] ?? [];
      const same = found.flatMap((one, at) => (one?.[2] === path && path !== "" ? [{ one, at }] : []));
      if (same.length < 2) return part;
      return same[0]?.at === n
        ? handlerOf(
            routes,
            path,
            same.map(({ one }) => one),
          )
        : "";
    })
    .filter(Boolean)
    .join("\n\n\n");
}

function handlerOf(routes: string, path: string, handlers: readonly (readonly string[])[]): string {
  const [first] = handlers;
  const methods = handlers.map(([, , , method = ""]) => `'${method}'`);
  return lines(
    `@${routes}.route('${path}', methods=[${methods.join(", ")}])`,
    `def ${first?.[4] ?? ""}(${first?.[5] ?? ""}):`,
    ...handlers.map(
      ([, , , method = "", , , code = ""]) =>
        `    if request.method == '${method}':\n${indent(code.trimEnd())}`,
    ),
  );
}
