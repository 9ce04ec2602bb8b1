import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { LineCounter, parseDocument } from "yaml";

/** The names under which Compose finds its file, in its order. */
const NAMES = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/** A student's Compose file, read without Compose. */
export interface ComposeFile {
  /** Its name in the folder. */
  name: string;
  /** Where it cannot be read as YAML: line and column, from 1, and why. */
  problem: { line: number; column: number; message: string } | null;
  /** What it says; null where it cannot be read, or is no mapping. */
  content: Record<string, unknown> | null;
}

/** Bytes: nobody writes a longer one. */
const LARGEST = 1024 * 1024;

/** Null where the folder has none. Does not throw, whatever stands there. */
export function readComposeFile(folder: string): ComposeFile | null {
  const name = NAMES.find((one) => existsSync(join(folder, one)));
  if (name === undefined) return null;
  const cannot = (message: string, { line, col } = { line: 1, col: 1 }): ComposeFile => ({
    name,
    problem: { line, column: col, message: message.split("\n")[0] ?? "" },
    content: null,
  });
  try {
    const path = join(folder, name);
    const facts = statSync(path);
    // A pipe would be waited on for ever.
    if (!facts.isFile()) return cannot("it is no file");
    if (facts.size > LARGEST) return cannot("it is larger than 1 MB");
    const lines = new LineCounter();
    // Its warnings would go past tq to standard error.
    const document = parseDocument(readFileSync(path, "utf8"), {
      lineCounter: lines,
      merge: true,
      logLevel: "error",
    });
    const [error] = document.errors;
    if (error) return cannot(explain(error), lines.linePos(error.pos[0]));
    const content: unknown = document.toJS();
    JSON.stringify(content); // throws where an alias leads back to what it stands in
    const isMapping = typeof content === "object" && content !== null && !Array.isArray(content);
    return { name, problem: null, content: isMapping ? (content as Record<string, unknown>) : null };
  } catch (error) {
    return cannot(explain(error as Error));
  }
}

function explain(error: Error): string {
  if (/call stack/.test(error.message)) return "it is nested too deeply";
  if (/circular|alias/i.test(error.message)) return "an alias (*) leads back to itself, or to too much";
  return error.message;
}

/** What Compose calls the project of this folder, unless it is told another name on its command line. */
export function projectName(
  folder: string,
  file: ComposeFile | null,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const named = env["COMPOSE_PROJECT_NAME"] ?? file?.content?.["name"];
  const name = typeof named === "string" && named !== "" ? named : basename(folder);
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}
