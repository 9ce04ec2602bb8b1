import { type Finding } from "./finding.js";
import { type Module } from "./names/modules.js";
import { type Project } from "./project.js";
import { eachUse } from "./names/uses.js";
import { eachStatement } from "./syntax/walk.js";

/**
 * `jobs.py:31: `, the line that gives a job the wrong status: its first, or the worker's last. Where the reader has no
 * finding, the first line with this word as a text; "" where there is none either.
 */
export function placeOfStatus(project: Project | null, which: "first" | "last", word?: string): string {
  if (!project) return "";
  const { findings, modules, jobs, worker } = project;
  const isWorkers = ({ file }: Finding): boolean => file === worker?.file;
  const found = findings.find(
    (one) => one.kind === "status-not-as-asked" && isWorkers(one) === (which === "last"),
  );
  if (found) return `${found.file}:${found.line}: `;
  const foremost = which === "first" ? jobs : worker;
  const inOrder = [...modules].sort((a, b) => Number(b === foremost) - Number(a === foremost));
  for (const module of inOrder) {
    const line = lineOfText(module, word);
    if (line !== null) return `${module.file}:${line}: `;
  }
  return "";
}

/** `worker.py:31: `, the first return without a value below this line of a file; "" where there is none. */
export function placeOfReturn({ modules }: Project, at: { file: string; line: number }): string {
  const module = modules.find(({ file }) => file === at.file);
  const lines: number[] = [];
  eachStatement(
    module?.body ?? [],
    (statement) => {
      if (statement.kind !== "return" || statement.line <= at.line) return;
      const { value } = statement;
      const isBare = value === null || (value.kind === "constant" && value.value === "None");
      if (isBare) lines.push(statement.line);
    },
    { intoFunctions: true },
  );
  return lines.length === 0 ? "" : `${at.file}:${Math.min(...lines)}: `;
}

/** `api.py:31: `, the first text of the code in which this stands; "" where there is none. */
export function placeOfText({ modules }: Project, part: string): string {
  for (const module of modules) {
    const line = findLine(module, (text) => text.includes(part));
    if (line !== null) return `${module.file}:${line}: `;
  }
  return "";
}

function lineOfText(module: Module, text: string | undefined): number | null {
  return findLine(module, (value) => value === text);
}

function findLine({ body }: Module, fits: (text: string) => boolean): number | null {
  let line: number | null = null;
  eachUse(body, ({ expression }) => {
    if (expression.kind === "string" && fits(expression.value)) line ??= expression.line;
  });
  return line;
}
