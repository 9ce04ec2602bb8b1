import { type Statement } from "../syntax/syntax.js";
import { eachExpression, eachStatement, expressionsOf } from "../syntax/walk.js";

/** All texts that stand in the code. */
export function eachString(body: readonly Statement[], visit: (text: string) => void): void {
  eachStatement(
    body,
    (statement) => {
      for (const expression of expressionsOf(statement)) {
        eachExpression(expression, (one) => {
          if (one.kind === "string" && !one.bytes) visit(one.value);
        });
      }
    },
    { intoFunctions: true },
  );
}
