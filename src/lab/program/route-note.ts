import { type Request } from "../http/exchange.js";

/** A route of a web application, and what its handler would do, as far as its code tells. */
export interface RouteNote {
  method: Request["method"];
  /** With {name} for each of its parameters. */
  path: string;
  params: readonly { name: string; type: string }[];
  /** Its handler: the file relative to the student's folder. */
  function: string;
  file: string;
  line: number;
  /** The parts of a request that the handler reads. */
  fields: readonly FieldNote[];
  /** It puts something on a HotQueue. */
  puts: boolean;
  /** The function that it calls to save something, or the handler itself. */
  saver?: { function: string; file: string; line: number };
  /** Its commands for Redis. */
  does: readonly { command: string; db: number }[];
  /** What the framework itself demands of the body: a JSON schema. */
  body?: { as: "json" | "form"; schema: unknown };
}

/** One part of a request that a handler reads, with what it demands of it. */
export interface FieldNote {
  where: "json" | "form" | "query" | "path" | "text";
  name: string;
  required: boolean;
  /** What it is where it lacks. */
  usual?: unknown;
  /** What the framework itself demands of it. */
  schema?: unknown;
  forms: readonly FormNote[];
}

export type FormNote =
  | { is: "cast"; to: "int" | "float" | "bool" }
  | { is: "type"; types: readonly string[] }
  | { is: "date"; format: string }
  | { is: "like"; pattern: string }
  | { is: "one of"; words: readonly (string | number)[] }
  | { is: "equals"; value: string | number }
  | { is: "least"; value: number }
  | { is: "most"; value: number }
  | { is: "length"; value: number }
  | { is: "case"; of: "upper" | "lower" | "title" | "capitalize" }
  | { is: "parts"; by: string }
  | { is: "startswith"; value: string }
  | { is: "endswith"; value: string }
  /** It is looked up among what was stored there; `field` is the part of each record that is compared. */
  | { is: "stored"; db: number | null; field: string | null }
  | { is: "list" }
  | { is: "object" };
