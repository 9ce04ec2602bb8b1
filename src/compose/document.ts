import { readFileSync, statSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import { type Document, LineCounter, parseAllDocuments } from "yaml";
import { asFields, type Fields, type Path, valueAt } from "../text/fields.js";
import { type SourceLine } from "../text/finding.js";
import { Positions } from "../text/yaml-positions.js";

/** Why a Compose file cannot be used: where, from 1, and in words. */
export interface ComposeProblem {
  /** As `ComposeDocument.file`. */
  file: string;
  line: number;
  column: number;
  message: string;
  /** Whoever reads it may never come to its end: nobody else is to be asked about it. */
  isEndless?: boolean;
}

/** One YAML document of a Compose file, as it is written. */
export interface ComposeDocument {
  /** Relative to the student's folder, with /. */
  file: string;
  /** Absolute folder of the file. */
  folder: string;
  /** Its variables are not filled in. */
  content: Fields;
  positions: Positions;
}

/** A place in a document: where a service, or a part of one, is described. */
export interface Origin {
  document: ComposeDocument;
  path: Path;
}

/** Bytes: nobody writes a longer one. */
const LARGEST = 1024 * 1024;

/** A path, as who sits in the student's folder writes it. */
export function shownFrom(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}

/** The documents of a file, or why it cannot be read. Does not throw, whatever stands there. */
export function readDocuments(path: string, root: string): ComposeDocument[] | ComposeProblem {
  const file = shownFrom(root, path);
  const cannot = (message: string, { line, col } = { line: 1, col: 1 }): ComposeProblem => ({
    file,
    line,
    column: col,
    message: message.split("\n")[0] ?? "",
  });
  try {
    const facts = statSync(path);
    // A pipe would be waited on for ever.
    if (!facts.isFile()) return { ...cannot("it is no file"), isEndless: true };
    if (facts.size > LARGEST) return { ...cannot("it is larger than 1 MB"), isEndless: true };
    const text = readFileSync(path, "utf8");
    const counter = new LineCounter();
    // Its warnings would go past tq to standard error.
    const options = { lineCounter: counter, merge: true, logLevel: "error" } as const;
    const documents = [...parseAllDocuments(text, options)] as Document[];
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error)
      return {
        ...cannot(explain(error), counter.linePos(error.pos[0])),
        isEndless: ENDLESS.test(error.message),
      };
    const lines = text.split(/\r?\n/);
    return documents.map((document) => {
      const content: unknown = document.toJS();
      JSON.stringify(content); // throws where an alias leads back to what it stands in
      const positions = new Positions(file, lines, counter, document);
      return { file, folder: dirname(path), content: asFields(content), positions };
    });
  } catch (error) {
    const { message } = error as Error;
    return { ...cannot(explain(error as Error)), isEndless: ENDLESS.test(message) };
  }
}

const ENDLESS = /call stack|circular|alias/i;

function explain(error: Error): string {
  if (/call stack/.test(error.message)) return "it is nested too deeply";
  if (/circular|alias/i.test(error.message)) return "an alias (*) leads back to itself, or to too much";
  return error.message;
}

/** The line of the first of these origins that has the field, else of the first origin itself. */
export function lineOf(origins: readonly Origin[], ...field: Path): SourceLine {
  const found = find(origins, field) ?? origins[0];
  if (!found) return { file: "", line: 1, text: "" };
  const has = found.document.positions.has([...found.path, ...field]);
  return found.document.positions.at(has ? [...found.path, ...field] : found.path);
}

/** What the first of these origins that has the field says there, before variables are filled in. */
export function writtenAt(origins: readonly Origin[], ...field: Path): unknown {
  const found = find(origins, field);
  return found && valueAt(found.document.content, [...found.path, ...field]);
}

function find(origins: readonly Origin[], field: Path): Origin | undefined {
  return origins.find(({ document, path }) => document.positions.has([...path, ...field]));
}
