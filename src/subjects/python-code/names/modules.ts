import { type SourceLine } from "../../../text/finding.js";
import { type PythonFile } from "../../../lab/files/python-files.js";
import { describeSource, parsePython, type Source } from "../syntax/parse.js";
import { type RuffReport } from "../syntax/ruff.js";
import { readStatements } from "../syntax/statements.js";
import { type Expression, type ImportStatement, type Parameter, type Statement } from "../syntax/syntax.js";
import { bindingsOf, bodiesOf, eachStatement } from "../syntax/walk.js";

/** What a module defines at its top level. */
export interface Definition extends SourceLine {
  name: string;
  kind: "function" | "class" | "variable";
  /** Of a function; of a class, those of its `__init__`; null where there are none to know. */
  parameters: readonly Parameter[] | null;
  /** Each as it is written, without @. */
  decorators: readonly string[];
}

/** One name that an import brings. */
export interface Import extends SourceLine {
  /** Module as it is written, with its leading dots. */
  from: string;
  /** The name taken out of it; null for the module itself, "*" for all. */
  name: string | null;
  /** The name by which it is known here; "" for a star. */
  as: string;
  /** It is done when the module is loaded, not only when a function runs. */
  atTop: boolean;
  /** It stands in a `try`, and may fail. */
  guarded: boolean;
  /** The name of the student's own module that it means; null for any other. */
  own: string | null;
}

/** A file of a student's as a module. */
export interface Module {
  file: string;
  /** As the others import it. */
  name: string;
  definitions: readonly Definition[];
  imports: readonly Import[];
  /** Python can read it. Where it cannot, the rest is as much as could be made out. */
  readable: boolean;
  /** Why the file cannot even be read as text. */
  unreadable: string | null;
  /** The line that cannot be; 1 where it is the whole file. */
  unreadableLine: number;
  source: Source;
  body: readonly Statement[];
  /** What the linter says of it. */
  report: RuffReport;
}

export function readModule(file: PythonFile, name: string, report: RuffReport): Module {
  const source = describeSource(file.text);
  const body = readBody(report.filled, source);
  return {
    file: file.path,
    name,
    source,
    body,
    report,
    unreadable: file.unreadable,
    unreadableLine: file.line ?? 1,
    readable: file.unreadable === null && report.syntax.length === 0 && report.placeholders.length === 0,
    definitions: readDefinitions(body, file.path, source),
    imports: readImports(body, file.path, source),
  };
}

export function lineOf(module: Pick<Module, "file" | "source">, line: number): SourceLine {
  return { file: module.file, line, text: module.source.lineText(line).trim() };
}

/** It makes names while it runs, which nobody can read from its text. */
export function isDynamic({ source }: Pick<Module, "source">): boolean {
  return /\bglobals\(\)|\bexec\(|\bvars\(\)|\bsetattr\(sys\.modules/.test(source.text);
}

function readBody(text: string, source: Source): Statement[] {
  try {
    return readStatements(parsePython(text).topNode, { ...source, text });
  } catch {
    // Nested deeper than the stack; Python gives up on it too.
    return [];
  }
}

/** Also those in an `if` or a `try`: they are of the module as well. */
function readDefinitions(body: readonly Statement[], file: string, source: Source): Definition[] {
  const definitions: Definition[] = [];
  const add = (line: number, facts: Omit<Definition, "file" | "line" | "text">): void => {
    definitions.push({ ...facts, file, line, text: source.lineText(line).trim() });
  };
  const written = (one: Expression): string =>
    source.text.slice(one.from, one.to).replace(/^@\s*/, "").trim();
  eachStatement(body, (statement) => {
    if (statement.kind === "function" || statement.kind === "class") {
      const { kind, name, decorators } = statement;
      const parameters = kind === "function" ? statement.parameters : parametersOfClass(statement);
      add(statement.line, { kind, name, parameters, decorators: decorators.map(written) });
      return;
    }
    if (statement.kind === "import") return;
    for (const name of bindingsOf(statement)) {
      if (!definitions.some((one) => one.name === name && one.kind === "variable")) {
        add(statement.line, { kind: "variable", name, parameters: null, decorators: [] });
      }
    }
  });
  // `global x` in a function makes a name of the module.
  eachStatement(
    body,
    (statement) => {
      if (statement.kind !== "scope") return;
      for (const name of statement.names) {
        if (!definitions.some((one) => one.name === name)) {
          add(statement.line, { kind: "variable", name, parameters: null, decorators: [] });
        }
      }
    },
    { intoFunctions: true },
  );
  return definitions;
}

function parametersOfClass(statement: Statement & { kind: "class" }): Parameter[] | null {
  const init = statement.body.find((one) => one.kind === "function" && one.name === "__init__");
  return init?.kind === "function" ? init.parameters.slice(1) : null;
}

function readImports(body: readonly Statement[], file: string, source: Source): Import[] {
  const imports: Import[] = [];
  const visit = (statements: readonly Statement[], atTop: boolean, guarded: boolean): void => {
    for (const statement of statements) {
      const { kind, line } = statement;
      if (kind === "import") {
        const place = { file, line, text: source.lineText(line).trim(), atTop, guarded, own: null };
        imports.push(...describeImport(statement).map((one) => ({ ...place, ...one })));
      }
      const runs = kind !== "function" && !isForTypesOnly(statement);
      for (const inner of bodiesOf(statement)) visit(inner, atTop && runs, guarded || kind === "try");
    }
  };
  visit(body, true, false);
  return imports;
}

/** `if TYPE_CHECKING:` is never true where the program runs. */
function isForTypesOnly(statement: Statement): boolean {
  const test = statement.kind === "if" ? statement.branches[0]?.test : undefined;
  return (test?.kind === "name" || test?.kind === "attribute") && test.name === "TYPE_CHECKING";
}

function describeImport({
  origin,
  level,
  names,
  star,
}: ImportStatement): Pick<Import, "from" | "name" | "as">[] {
  const from = `${".".repeat(level)}${origin ?? ""}`;
  if (star) return [{ from, name: "*", as: "" }];
  return names.map(({ name, as }) =>
    origin === null
      ? { from: name, name: null, as: as ?? name.split(".")[0] ?? name }
      : { from, name, as: as ?? name },
  );
}
