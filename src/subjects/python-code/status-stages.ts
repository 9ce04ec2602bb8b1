import { type Module } from "./names/modules.js";
import { type Statement } from "./syntax/syntax.js";
import { dottedName } from "./syntax/walk.js";

/** Where a job is, as the usual words tell it. */
export type Stage = "waiting" | "running" | "done" | "failed";

const STAGES: readonly [RegExp, Stage][] = [
  [/fail|error|abort|cancel/i, "failed"],
  [/progress|running|working|processing|started|executing/i, "running"],
  [/complete|done|finish|success/i, "done"],
  [/submit|queue|pending|waiting|created|^new$/i, "waiting"],
];

export function stageOfWord(word: string): Stage | null {
  return STAGES.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** A member of an Enum: what it is called, and what stands in Redis for it. */
interface Member {
  name: string;
  value: string;
}

/** The stage that a stored status means: by its word, or by the member of an Enum that has this value. */
export function stageOfStatus(value: string, modules: readonly Module[]): Stage | null {
  const member = memberWith(value, modules);
  return stageOfWord(value) ?? (member ? stageOfWord(member.name) : null);
}

/** As a sentence has it: "QUEUED", or 1 (QUEUED) where the word is only in the code. */
export function showStatus(value: string, modules: readonly Module[]): string {
  const member = /^\d+$/.test(value) ? memberWith(value, modules) : undefined;
  return member ? `${value} (${member.name})` : `"${value}"`;
}

/** Of the Enums whose members are statuses. */
function memberWith(value: string, modules: readonly Module[]): Member | undefined {
  return modules
    .flatMap(({ body }) => body.map(membersOf))
    .filter((members) => members.some(({ name }) => stageOfWord(name) !== null))
    .flat()
    .find((one) => one.value === value);
}

function membersOf(statement: Statement): Member[] {
  if (!isEnum(statement)) return [];
  return statement.body.flatMap((one): Member[] => {
    const [target] = one.kind === "assign" ? one.targets : [];
    if (one.kind !== "assign" || target?.kind !== "name") return [];
    const { value } = one;
    const isPlain = value?.kind === "string" || value?.kind === "number";
    return isPlain ? [{ name: target.name, value: String(value.value) }] : [];
  });
}

export function isEnum(statement: Statement): statement is Statement & { kind: "class" } {
  return statement.kind === "class" && statement.bases.some((one) => /Enum$/.test(dottedName(one) ?? ""));
}
