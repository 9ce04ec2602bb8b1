import { type Choices } from "./choices.js";

/** A Python file of its parts, two empty lines between them; an empty part is left out. */
export function pythonFile(...parts: readonly string[]): string {
  return `${join(parts, "\n\n\n")}\n`;
}

/** Python's modules, other packages, the program's own: an empty line between the groups. */
export function importGroups(...groups: readonly string[]): string {
  return join(groups, "\n\n");
}

function join(parts: readonly string[], between: string): string {
  return parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join(between);
}

/** Which module has what the others use: the program's own names, without .py. */
export const CLIENTS_MODULE = "redis_clients";

export interface Uses {
  /** The import lines. */
  lines: string;
  /** As the importing module writes it: `add_job`, or `jobs.add_job`. */
  of: (name: string) => string;
}

/** How one module uses names of others: by `from jobs import add_job`, or by `import jobs`. */
export function use({ imports }: Choices, names: Readonly<Record<string, readonly string[]>>): Uses {
  const used = Object.entries(names).filter(([, some]) => some.length > 0);
  return imports === "names"
    ? {
        lines: used.map(([module, some]) => `from ${module} import ${some.join(", ")}`).join("\n"),
        of: (name) => name,
      }
    : {
        lines: used.map(([module]) => `import ${module}`).join("\n"),
        of: (name) => `${used.find(([, some]) => some.includes(name))?.[0] ?? ""}.${name}`,
      };
}
