import { type SourceLine } from "../text/finding.js";

/** One instruction of a Dockerfile, its lines joined. */
export interface Instruction {
  /** In capitals. */
  name: string;
  /** What stands behind its name. */
  rest: string;
  /** The text of its heredocs; "" where it has none. */
  body: string;
  /** Where it begins. */
  at: SourceLine;
}

/** The instructions of a Dockerfile, in their order; what is none is passed over. */
export function readInstructions(text: string, file: string): Instruction[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const [, escape = "\\"] = /^#\s*escape\s*=\s*([`\\])/i.exec(lines[0] ?? "") ?? [];
  const found: Instruction[] = [];
  for (let n = 0; n < lines.length; n += 1) {
    const start = n;
    const first = lines[n] ?? "";
    if (isComment(first)) continue;
    let joined = first;
    while (joined.trimEnd().endsWith(escape) && n + 1 < lines.length) {
      joined = joined.trimEnd().slice(0, -1);
      n += 1;
      while (n < lines.length && isComment(lines[n] ?? "")) n += 1;
      joined += ` ${(lines[n] ?? "").trim()}`;
    }
    const [, name = "", rest = ""] = /^\s*([A-Za-z]+)(?:\s+(.*))?$/s.exec(joined) ?? [];
    if (name === "") continue;
    const bodies: string[] = [];
    for (const [, , mark = ""] of /^(?:RUN|COPY|ADD)$/i.test(name)
      ? rest.matchAll(/<<-?(["']?)(\w+)\1/g)
      : []) {
      while (n + 1 < lines.length && (lines[n + 1] ?? "").trim() !== mark) bodies.push(lines[(n += 1)] ?? "");
      n += 1;
    }
    const at = { file, line: start + 1, text: first.trim() };
    found.push({ name: name.toUpperCase(), rest: rest.trim(), body: bodies.join("\n"), at });
  }
  return found;
}

/** Comments and empty lines may stand between the lines of an instruction too. */
function isComment(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line);
}
