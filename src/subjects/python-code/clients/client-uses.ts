import { type Client } from "./clients.js";
import { type Module } from "../names/modules.js";
import { homeOfExpression, type Modules } from "../names/names.js";
import { type Expression } from "../syntax/syntax.js";
import { dottedName, eachStatement, type FunctionDefinition, namesIn } from "../syntax/walk.js";
import { type Use } from "../names/uses.js";

/** The client that an expression means, such as `q` or `jobs.q`; null where it may mean something else too. */
export function clientMeant(
  expression: Expression,
  use: Pick<Use, "within" | "isLocal">,
  module: Module,
  modules: Modules,
  clients: readonly Client[],
): Client | null {
  const name = dottedName(expression);
  if (name === null) return null;
  const [base = ""] = name.split(".");
  for (const around of [...use.within].reverse()) {
    const here = clients.filter(
      (one) => one.module === module.name && one.within === around.name && one.name === name,
    );
    if (here.length > 0) return onlyOne(here, assignments(around, name));
    if (around.parameters.some((one) => one.name === base)) return null;
  }
  if (use.isLocal(base)) return null;
  const home = homeOfExpression(expression, module, modules);
  if (!home) return null;
  const found = clients.filter(
    (one) => one.module === home.module.name && one.within === null && one.name === home.name,
  );
  return onlyOne(found, assignments(home.module, home.name));
}

/** Where a name is given other things as well, what it means depends on what runs. */
function onlyOne(found: readonly Client[], assigned: number): Client | null {
  const [first] = found;
  return first && assigned === found.length && found.every(({ kind }) => kind === first.kind) ? first : null;
}

function assignments({ body }: Pick<Module | FunctionDefinition, "body">, name: string): number {
  let count = 0;
  eachStatement(body, (statement) => {
    if (statement.kind === "assign") {
      count += statement.targets.filter(
        (one) => dottedName(one) === name || namesIn(one).includes(name),
      ).length;
    }
    if (statement.kind === "block")
      count += statement.binds.filter((one) => namesIn(one).includes(name)).length;
  });
  return count;
}
