import { type Facts, type Rule } from "../facts.js";
import { type Finding } from "../finding.js";
import { findWrongArguments } from "./arguments.js";
import { findCompose } from "./compose-variables.js";
import { findDecodes } from "./decode.js";
import { findHosts } from "./hosts.js";
import { findImports } from "./import-direction.js";
import { findJsonModels } from "./json-models.js";
import { findMethods } from "./methods.js";
import { findMissingNames } from "./missing-names.js";
import { findNoEffect } from "./no-effect.js";
import { findOverwritten } from "./overwritten.js";
import { findPrivate } from "./private-names.js";
import { findQueues } from "./queues.js";
import { findStatuses } from "./statuses.js";
import { findSyntax } from "./syntax.js";
import { findUndefined } from "./undefined-names.js";
import { findUnfinished } from "./unfinished.js";
import { findWorker } from "./worker.js";

const RULES: readonly Rule[] = [
  ...[findSyntax, findUnfinished, findUndefined, findMissingNames, findPrivate, findImports],
  ...[findWrongArguments, findMethods, findQueues, findHosts, findWorker, findOverwritten, findDecodes],
  ...[findStatuses, findCompose, findJsonModels, findNoEffect],
];

/** All findings, in the order of files and lines, each once. */
export function findAll(facts: Facts): Finding[] {
  const order = new Map(facts.modules.map(({ file }, n) => [file, n]));
  const rank = ({ file }: Finding): number => order.get(file) ?? order.size;
  const seen = new Set<string>();
  return RULES.flatMap((rule) => rule(facts))
    .filter(({ kind, file, line, says }) => {
      const key = `${kind} ${file} ${line} ${says}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => rank(a) - rank(b) || a.line - b.line);
}
