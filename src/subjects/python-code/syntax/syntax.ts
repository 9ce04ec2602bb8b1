/** A Python file as this room looks at it: what the parser gives, without what nobody here asks for. */
export interface Placed {
  /** From 1. */
  line: number;
  /** Offsets in the module's text. */
  from: number;
  to: number;
}

export type Expression = Placed &
  (
    | { kind: "name"; name: string }
    | { kind: "attribute"; of: Expression; name: string }
    | { kind: "subscript"; of: Expression; index: Expression[] }
    | { kind: "call"; callee: Expression; arguments: Argument[] }
    | { kind: "string"; value: string; bytes: boolean }
    /** An f-string: its texts and its expressions. */
    | { kind: "format"; parts: (string | Expression)[] }
    | { kind: "number"; value: number }
    | { kind: "constant"; value: "None" | "True" | "False" | "..." }
    | { kind: "sequence"; of: "tuple" | "list" | "set"; items: Expression[] }
    | { kind: "dictionary"; entries: { key: Expression | null; value: Expression }[] }
    | { kind: "binary"; operator: string; left: Expression; right: Expression }
    | { kind: "conditional"; test: Expression; then: Expression; otherwise: Expression }
    /** Brings names of its own: their uses are not followed. */
    | { kind: "scoped"; names: string[]; inner: Expression[] }
    | { kind: "other"; inner: Expression[] }
  );

export interface Argument {
  /** Of a keyword argument. */
  name: string | null;
  /** `*` or `**` before it. */
  spread: "" | "*" | "**";
  value: Expression;
}

export interface Parameter {
  name: string;
  /** `*args`, `**kwargs`. */
  spread: "" | "*" | "**";
  optional: boolean;
  /** After a bare `*`, or after `*args`. */
  keywordOnly: boolean;
  annotation: Expression | null;
  fallback: Expression | null;
}

export type Statement = Placed &
  (
    | FunctionStatement
    | { kind: "class"; name: string; bases: Expression[]; decorators: Expression[]; body: Statement[] }
    | ImportStatement
    | { kind: "assign"; targets: Expression[]; annotation: Expression | null; value: Expression | null }
    | { kind: "update"; target: Expression; value: Expression }
    | { kind: "return"; value: Expression | null }
    | { kind: "expression"; value: Expression }
    | { kind: "if"; branches: { test: Expression | null; body: Statement[] }[] }
    | { kind: "try"; bodies: Statement[][]; inner: Expression[] }
    /** A loop or a with: what it binds, what it evaluates first, and its bodies. */
    | {
        kind: "block";
        word: "for" | "while" | "with";
        binds: Expression[];
        inner: Expression[];
        bodies: Statement[][];
      }
    | { kind: "scope"; names: string[] }
    | { kind: "other"; inner: Expression[]; bodies: Statement[][] }
  );

export interface FunctionStatement {
  kind: "function";
  name: string;
  isAsync: boolean;
  parameters: Parameter[];
  decorators: Expression[];
  /** The annotation after `->`. */
  returns: Expression | null;
  body: Statement[];
}

export interface ImportStatement {
  kind: "import";
  /** `from x import …`, as against `import x`. */
  origin: string | null;
  /** How many dots stand before it. */
  level: number;
  names: { name: string; as: string | null }[];
  star: boolean;
}
