import { type Finding } from "../../text/finding.js";
import { explainTraceback } from "./explain-traceback.js";
import { type Explanation } from "./explanation.js";

/** The words of exceptions, by which one is known that a program caught and printed without its type. */
const WORDS: readonly [RegExp, string][] = [
  [/Object of type \w+ is not JSON serializable/, "TypeError"],
  [/\w+\(\) (?:takes .+ given|missing .+|got an unexpected .+)/, "TypeError"],
  [/name '\w+' is not defined/, "NameError"],
  [/module '[\w.]+' has no attribute '\w+'/, "AttributeError"],
  [/'\w+' object has no attribute '\w+'/, "AttributeError"],
  [/Invalid input of type: .+/, "redis.exceptions.DataError"],
];

/** Says what went wrong where a program caught an exception and printed it; null where its lines do not tell. */
export function explainPrinted(
  lines: readonly string[],
  findings: readonly Finding[] = [],
): Explanation | null {
  for (const line of [...lines].reverse()) {
    for (const [words, type] of WORDS) {
      const [message] = words.exec(line) ?? [];
      if (message === undefined) continue;
      const explanation = explainTraceback({ error: `${type}: ${message}`, frames: [] });
      const [, name = ""] = /'(\w+)'/.exec(message) ?? [];
      const found = findings.find(({ kind, says }) => kind === explanation.mistake && says.includes(name));
      return {
        ...explanation,
        cause: `${found ? `${found.file}:${found.line}: ${found.says}` : explanation.cause}. The program caught the exception, and says: ${line.trim()}`,
        next: found?.next ?? explanation.next,
      };
    }
  }
  return null;
}
