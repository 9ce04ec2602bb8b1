import { type Diagnostic } from "@astral-sh/ruff-wasm-nodejs";

/** A place in a file where Python gives up reading it. */
interface SyntaxFault {
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** As the linter says it. */
  message: string;
}

/** A name that is used and nowhere given a value, or the like. */
interface NameFault {
  kind: "undefined" | "maybe-from-star" | "used-before" | "not-exported";
  name: string;
  line: number;
  column: number;
}

export interface RuffReport {
  syntax: SyntaxFault[];
  names: NameFault[];
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
  loading ??= import("@astral-sh/ruff-wasm-nodejs").then(({ PositionEncoding, Workspace }) => {
    const workspace = new Workspace(
      // What the oldest Python in use refuses is found where the code runs; here the newest decides.
      {
        "target-version": "py313",
        lint: { select: [...AS_SYNTAX, ...Object.keys(NAME_RULES)], preview: true },
      },
      PositionEncoding.Utf16,
    );
    return (text) => report(workspace.check(text) as Diagnostic[]);
  });
  return loading;
}

function report(diagnostics: readonly Diagnostic[]): RuffReport {
  const found: RuffReport = { syntax: [], names: [] };
  for (const { code, message, start_location: at } of diagnostics) {
    const place = { line: at.row, column: at.column };
    const kind = NAME_RULES[code ?? ""];
    if (kind !== undefined) found.names.push({ kind, name: /`([^`]+)`/.exec(message)?.[1] ?? "", ...place });
    else found.syntax.push({ ...place, message });
  }
  return found;
}
