import list from "../../../compose/requirements.txt";

/** What a Python that tq makes has, as pip reads it: changed, it is made anew. */
export const REQUIREMENTS = list.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

/** Those of certain packages, for any Python. */
export function requirementsOf(...names: readonly string[]): string[] {
  return REQUIREMENTS.filter((line) => names.includes(nameOf(line)));
}

/** The packages, as a person reads them. */
export const REQUIRED = [...new Set(REQUIREMENTS.map(nameOf))];

function nameOf(line: string): string {
  return /^[\w-]+/.exec(line)?.[0] ?? "";
}
