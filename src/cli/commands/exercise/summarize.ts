import { type Verification } from "../../../course/session.js";

/** One line for all steps, with what to do next. */
export function summarize({ checks, exitCode }: Verification, command: string): string {
  const passed = checks.filter(({ verdict }) => verdict === "passed").length;
  const count = `${passed} of ${checks.length} steps`;
  if (exitCode === 0) return `All of it is there: ${count}.`;
  if (exitCode === 3) return `${count}. This machine is in the way of the rest; see: tq doctor`;
  if (exitCode === 70) return `${count}. tq itself failed; please report it.`;
  return `${count}. A hint: ${command} --hint`;
}
