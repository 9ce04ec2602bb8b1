import { type Facts, remark } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf } from "../names/modules.js";
import { dottedName, findFunctions } from "../syntax/walk.js";
import { eachUse } from "../names/uses.js";
import { whatBelongsTo } from "./syntax.js";

/** Places left open with `...`, which Python can read: it runs, and does nothing or passes on an Ellipsis. */
export function findUnfinished({ modules }: Facts): Finding[] {
  const found: Finding[] = [];
  for (const module of modules.filter(({ readable }) => readable)) {
    for (const definition of findFunctions(module.body)) {
      const open = definition.body.find(
        (one) => one.kind === "expression" && one.value.kind === "constant" && one.value.value === "...",
      );
      const abstract = definition.decorators.some((one) => /abstract|overload/.test(dottedName(one) ?? ""));
      if (!open || abstract) continue;
      found.push(
        remark(
          "unfinished",
          lineOf(module, open.line),
          `unfinished: ${definition.name} still has ... where its work belongs`,
          `write what ${definition.name} does there`,
        ),
      );
    }
    eachUse(module.body, ({ expression }) => {
      if (expression.kind !== "call") return;
      const name = dottedName(expression.callee)?.split(".").at(-1) ?? "";
      // Field(...), Query(...): there the dots mean "must be given".
      if (/^[A-Z]/.test(name) && !/^(HotQueue|Redis|StrictRedis)$/.test(name)) return;
      const open = expression.arguments.some(
        ({ value }) => value.kind === "constant" && value.value === "...",
      );
      if (!open) return;
      const at = lineOf(module, expression.line);
      found.push(
        remark(
          "unfinished",
          at,
          `unfinished: ${name} is still called with ...`,
          `put ${whatBelongsTo(at.text)} there`,
        ),
      );
    });
  }
  return found;
}
