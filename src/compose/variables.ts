import { asFields, type Fields } from "../text/fields.js";
import { type SourceLine } from "../text/finding.js";
import { type Dockerfile } from "./dockerfile.js";
import { lineOf, type Origin, shownFrom, writtenAt } from "./document.js";
import { readEnvironmentFile } from "./environment-file.js";
import { interpolate, type Lookup } from "./interpolate.js";
import { asVariables, textOf } from "./merge.js";

/** A variable that a container finds in its environment. Its place is the line that sets it. */
export interface Variable extends SourceLine {
  value: string;
  /** What sets it, the strongest where several do. */
  from: "environment" | "env_file" | "image";
  /** The variables of its own line, `${X}`, that nothing sets; their place in it is empty. */
  unset: readonly string[];
}

interface VariableFacts {
  fields: Fields;
  envFiles: readonly { path: string }[];
  dockerfile: Dockerfile | null;
  origins: readonly Origin[];
  root: string;
  lookup: Lookup;
}

/** What the image, the files and the service set, each over the one before. */
export function readVariables({
  fields,
  envFiles,
  dockerfile,
  origins,
  root,
  lookup,
}: VariableFacts): Map<string, Variable> {
  const found = new Map<string, Variable>();
  for (const [name, one] of dockerfile?.environment ?? [])
    found.set(name, { ...one, from: "image", unset: [] });
  for (const { path } of envFiles) {
    for (const [name, { value, line, text }] of readEnvironmentFile(path, lookup) ?? []) {
      found.set(name, { file: shownFrom(root, path), line, text, value, from: "env_file", unset: [] });
    }
  }
  for (const [name, given] of Object.entries(asVariables(fields["environment"]))) {
    const { at, written } = originOf(name, origins);
    const before = found.get(name);
    // What an env_file says is among what Compose itself prints.
    if (written === undefined && before?.value === given) continue;
    const value = given ?? lookup(name);
    // A name alone, which nothing sets, is not given to the container.
    if (value === undefined) continue;
    const unset = typeof written === "string" ? interpolate(written, lookup).unset : [];
    found.set(name, { ...at, value, from: "environment", unset });
  }
  return found;
}

/** The line that sets a variable, in a list or in a mapping, and what stands there; undefined where none does. */
function originOf(name: string, origins: readonly Origin[]): { at: SourceLine; written: unknown } {
  for (const origin of origins) {
    const environment = writtenAt([origin], "environment");
    if (Array.isArray(environment)) {
      const n = environment.findIndex((line) => textOf(line).split("=")[0] === name);
      if (n === -1) continue;
      return { at: lineOf([origin], "environment", n), written: environment[n] as unknown };
    }
    if (name in asFields(environment)) {
      return { at: lineOf([origin], "environment", name), written: asFields(environment)[name] };
    }
  }
  return { at: lineOf(origins, "environment"), written: undefined };
}

/** The values alone, as a program is given them. */
export function valuesOf(environment: ReadonlyMap<string, Variable>): Record<string, string> {
  return Object.fromEntries([...environment].map(([name, { value }]) => [name, value]));
}
