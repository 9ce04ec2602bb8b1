import { explainSyntax } from "../syntax/explain-syntax.js";
import { fault, type Facts } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf, type Module } from "../names/modules.js";

/** Files that Python cannot read. Of what is wrong in one file only the first is told: it may cause the rest. */
export function findSyntax({ modules }: Facts): Finding[] {
  return modules.flatMap((module): Finding[] => {
    if (module.unreadable !== null) {
      return [
        fault(
          "syntax-error",
          { file: module.file, line: module.unreadableLine, text: "" },
          `${module.file} cannot be read: ${module.unreadable}`,
          "save it as a text file in UTF-8 (VS Code: Save with Encoding), or say its encoding in the first line: # -*- coding: cp1252 -*-",
        ),
      ];
    }
    const [first] = module.report.syntax;
    const unfinished = module.report.placeholders.map((one) => describePlaceholder(module, one));
    if (!first) return unfinished;
    const { line, says, next } = explainSyntax(first, module.source);
    return [...unfinished, fault("syntax-error", lineOf(module, line), says, next)];
  });
}

function describePlaceholder(module: Module, { line, text }: { line: number; text: string }): Finding {
  const at = lineOf(module, line);
  return fault(
    "unfinished",
    at,
    `unfinished: ${text} only says that something belongs here, and Python cannot read it`,
    `put ${whatBelongsTo(at.text)} there`,
  );
}

/** What belongs in the place of dots, by what stands before them. */
export function whatBelongsTo(text: string): string {
  if (/^\s*@\s*\w+\.(route|get|post)/.test(text)) return "the path of the route";
  if (/^\s*@/.test(text)) return "the decorator's name, such as q.worker,";
  if (/^\s*(from|import)\b/.test(text)) return "the names that this module uses";
  if (/\.(hset|hmset)\(/.test(text)) return "the job's key and its fields (mapping=...)";
  if (/\.(hget|hmget|hgetall)\(/.test(text)) return "the job's key and the names of the fields";
  if (/\b\w*[qQ]\w*\.put\(/.test(text)) return "the job's id";
  if (/HotQueue\(/.test(text)) return "the queue's name, host, port and db";
  if (/Redis\(/.test(text)) return "host, port and db";
  if (/^\s*return\b/.test(text)) return "what the function gives back";
  return "your own code (or ... alone, while it is left open)";
}
