import { existsSync, readFileSync } from "node:fs";
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

export function readComposeFile(folder: string): ComposeFile | null {
  const name = NAMES.find((one) => existsSync(join(folder, one)));
  if (name === undefined) return null;
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(folder, name), "utf8"), {
    lineCounter: lines,
    merge: true,
  });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    return {
      name,
      problem: { line, column: col, message: error.message.split("\n")[0] ?? "" },
      content: null,
    };
  }
  const content: unknown = document.toJS();
  const isMapping = typeof content === "object" && content !== null && !Array.isArray(content);
  return { name, problem: null, content: isMapping ? (content as Record<string, unknown>) : null };
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
