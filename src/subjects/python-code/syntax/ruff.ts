import { setFlagsFromString } from "node:v8";
import type { Diagnostic } from "@astral-sh/ruff-wasm-nodejs";
import { compareEditions } from "../../../lab/python/edition.js";
import { fillPlaceholders, isFilling, type Placeholder } from "./placeholders.js";

/** A place in a file where Python gives up reading it. */
export interface SyntaxFault {
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** As the linter says it. */
  message: string;
}

/** A name that is used and nowhere given a value, or the like. */
export interface NameFault {
  kind: "undefined" | "maybe-from-star" | "used-before" | "not-exported";
  name: string;
  line: number;
  column: number;
}

/** Syntax that not every Python in use knows. */
interface NewSyntax {
  line: number;
  /** The first Python that knows it, such as 3.12. */
  since: string;
  /** As the linter calls it. */
  what: string;
}

export interface RuffReport {
  /** What is wrong beside the placeholders. */
  syntax: SyntaxFault[];
  names: NameFault[];
  /** What stands for "put something here" where Python cannot read it. */
  placeholders: Placeholder[];
  /** What the newest edition of Python is needed for; null where any in use will do. */
  newest: NewSyntax | null;
  /** The text with names in place of the placeholders, as long as they are. */
  filled: string;
}

/** Rules that CPython's compiler knows as syntax errors: return, yield, break and the like in the wrong place. */
const AS_SYNTAX = ["F701", "F702", "F704", "F706", "F707", "PLE0117", "PLE0118"];

const NAME_RULES: Readonly<Record<string, NameFault["kind"]>> = {
  F821: "undefined",
  F405: "maybe-from-star",
  F823: "used-before",
  F822: "not-exported",
};

/** The linter takes 10 MB and a tenth of a second to load: only where Python is read, and once. */
let loading: Promise<(text: string) => RuffReport> | undefined;

/** Says what is wrong with the syntax and the names of one file. */
export function loadRuff(): Promise<(text: string) => RuffReport> {
  // Optimized, it would cost seconds for which the end of the process waits, to lint a few short files.
  if (!loading) setFlagsFromString("--liftoff-only");
  loading ??= import("@astral-sh/ruff-wasm-nodejs").then(({ PositionEncoding, Workspace }) => {
    const workspace = new Workspace(
      { "target-version": "py314", lint: { select: [...AS_SYNTAX, ...Object.keys(NAME_RULES)] } },
      PositionEncoding.Utf16,
    );
    const oldest = new Workspace({ "target-version": "py37", lint: { select: [] } }, PositionEncoding.Utf16);
    const lint = (text: string): RuffReport => describe(text, workspace.check(text) as Diagnostic[]);
    return (text) => {
      const first = { ...lint(text), newest: newestSyntax(oldest.check(text) as Diagnostic[]) };
      const filled = fillPlaceholders(text, new Set(first.syntax.map(({ line }) => line)));
      if (!filled) return first;
      const second = lint(filled.text);
      const names = second.names.filter(({ name }) => !isFilling(name));
      return { ...first, syntax: second.syntax, names, placeholders: filled.found, filled: filled.text };
    };
  });
  return loading;
}

function newestSyntax(diagnostics: readonly Diagnostic[]): NewSyntax | null {
  let newest: NewSyntax | null = null;
  for (const { message, start_location: at } of diagnostics) {
    const [, what = "", since] =
      /^(?:Cannot use )?(.+) on Python [\d.]+ \(syntax was added in Python ([\d.]+)\)/.exec(message) ?? [];
    if (since !== undefined && (newest === null || compareEditions(since, newest.since) > 0))
      newest = { line: at.row, since, what };
  }
  return newest;
}

function describe(text: string, diagnostics: readonly Diagnostic[]): RuffReport {
  const found: RuffReport = { syntax: [], names: [], placeholders: [], newest: null, filled: text };
  for (const { code, message, start_location: at } of diagnostics) {
    const place = { line: at.row, column: at.column };
    const kind = NAME_RULES[code ?? ""];
    if (kind !== undefined) found.names.push({ kind, name: /`([^`]+)`/.exec(message)?.[1] ?? "", ...place });
    else found.syntax.push({ ...place, message });
  }
  return found;
}
