import { type Verification } from "../../../course/session.js";

/** One line for all steps, with what to do next. */
export function summarize({ checks, exitCode }: Verification, command: string): string {
  const passed = checks.filter(({ verdict }) => verdict === "passed").length;
  const count = `${passed} of ${checks.length} steps`;
  if (exitCode === 0) return `All of it is there: ${count}.`;
  if (exitCode === 3) {
    const open = checks.find(({ verdict }) => verdict === "not-yet");
    const inTheWay = checks.filter(({ blockedBy }) => blockedBy === "environment").map(({ id }) => id);
    // What is at fault in the files is theirs to mend, whatever the machine lacks.
    return open
      ? `${count}. ${open.id} is not there yet: a hint: ${command} --hint. This machine is in the way of ${inTheWay.join(", ")}; see: tq doctor`
      : `${count}. This machine is in the way of the rest; see: tq doctor`;
  }
  if (exitCode === 70) return `${count}. tq itself failed; please report it.`;
  return `${count}. A hint: ${command} --hint`;
}
