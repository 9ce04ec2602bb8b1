import { type Client } from "./clients/clients.js";
import { type ComposeProject } from "../../compose/project.js";
import { type Finding, type FindingKind } from "./finding.js";
import { type SourceLine } from "../../text/finding.js";
import { type Module } from "./names/modules.js";
import { type Modules } from "./names/names.js";
import { type Roles } from "./roles.js";

/** What the findings are drawn from. */
export interface Facts extends Roles {
  folder: string;
  root: string;
  modules: readonly Module[];
  byName: Modules;
  clients: readonly Client[];
  packages: readonly string[];
  /** Null without a Compose file. */
  compose: ComposeProject | null;
}

export type Rule = (facts: Facts) => Finding[];

/** A finding that keeps the program from working. */
export function fault(kind: FindingKind, at: SourceLine, says: string, next: string): Finding {
  const { file, line, text } = at;
  return { kind, file, line, text, says, next, breaks: true };
}

/** A finding about what works and could be better. */
export function remark(kind: FindingKind, at: SourceLine, says: string, next: string): Finding {
  return { ...fault(kind, at, says, next), breaks: false };
}

/** Of a file that Python cannot read, what a client is given cannot be said for sure. */
export function certainClients({ clients, byName }: Pick<Facts, "clients" | "byName">): Client[] {
  return clients.filter(({ module }) => byName.get(module)?.report.syntax.length === 0);
}
