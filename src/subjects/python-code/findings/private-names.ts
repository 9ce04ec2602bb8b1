import { type Facts, remark } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf, type Module } from "../names/modules.js";
import { moduleMeant } from "../names/names.js";
import { dottedName } from "../syntax/walk.js";
import { eachUse } from "../names/uses.js";

/** Names with a leading underscore that are used from another module. */
export function findPrivate({ modules, byName }: Facts): Finding[] {
  return modules.flatMap((module) => {
    const found: Finding[] = [];
    const add = (name: string, from: string, line: number): void => {
      if (!/^_(?!_)/.test(name) || from === module.name) return;
      found.push(
        remark(
          "private-used",
          lineOf(module, line),
          `${name} is private to ${from}: its leading underscore says that only ${from} itself uses it`,
          describeWay(name, byName.get(from)),
        ),
      );
    };
    for (const { name, own, line } of module.imports) if (name !== null && own !== null) add(name, own, line);
    eachUse(module.body, ({ expression, isLocal }) => {
      if (expression.kind !== "attribute") return;
      const base = dottedName(expression.of)?.split(".")[0] ?? "";
      const from = isLocal(base) ? null : moduleMeant(expression.of, module, byName);
      if (from) add(expression.name, from.name, expression.line);
    });
    return found;
  });
}

function describeWay(name: string, from: Module | undefined): string {
  const isPublic = from?.definitions.some((one) => one.kind === "function" && !one.name.startsWith("_"));
  const rename = `take the underscore away if others need it: ${name.replace(/^_+/, "")}`;
  return isPublic ? `call a public function of ${from?.name ?? ""} that uses it; or ${rename}` : rename;
}
