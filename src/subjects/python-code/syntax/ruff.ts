import { setFlagsFromString } from "node:v8";
import type { Diagnostic } from "@astral-sh/ruff-wasm-nodejs";
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

export interface RuffReport {
  /** What is wrong beside the placeholders. */
  syntax: SyntaxFault[];
  names: NameFault[];
  /** What stands for "put something here" where Python cannot read it. */
  placeholders: Placeholder[];
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
      // What the oldest Python in use refuses is found where the code runs; here the newest decides.
      { "target-version": "py313", lint: { select: [...AS_SYNTAX, ...Object.keys(NAME_RULES)] } },
      PositionEncoding.Utf16,
    );
    const lint = (text: string): RuffReport => describe(text, workspace.check(text) as Diagnostic[]);
    return (text) => {
      const first = lint(text);
      const filled = fillPlaceholders(text, new Set(first.syntax.map(({ line }) => line)));
      if (!filled) return first;
      const second = lint(filled.text);
      const names = second.names.filter(({ name }) => !isFilling(name));
      return { syntax: second.syntax, names, placeholders: filled.found, filled: filled.text };
    };
  });
  return loading;
}

function describe(text: string, diagnostics: readonly Diagnostic[]): RuffReport {
  const found: RuffReport = { syntax: [], names: [], placeholders: [], filled: text };
  for (const { code, message, start_location: at } of diagnostics) {
    const place = { line: at.row, column: at.column };
    const kind = NAME_RULES[code ?? ""];
    if (kind !== undefined) found.names.push({ kind, name: /`([^`]+)`/.exec(message)?.[1] ?? "", ...place });
    else found.syntax.push({ ...place, message });
  }
  return found;
}
