import { type Document, LineCounter, parseAllDocuments, type YAMLError } from "yaml";
import { type SourceLine } from "../../../text/finding.js";
import {
  asFields,
  asList,
  asText,
  type Fields,
  type LeftAlone,
  type Manifest,
  type ManifestFinding,
} from "./manifest.js";
import { type ManifestFile } from "./manifest-files.js";
import { Positions } from "../../../text/yaml-positions.js";

/** What a file has: its objects, or why it was left alone, or what keeps it from being read. */
export interface FileContent {
  manifests: Manifest[];
  leftAlone: LeftAlone[];
  findings: ManifestFinding[];
}

/** Splits a file into its objects: documents, and the items of lists. */
export function readDocuments({ path, text, unreadable }: ManifestFile): FileContent {
  const nothing: FileContent = { manifests: [], leftAlone: [], findings: [] };
  const leave = (why: string): FileContent => ({ ...nothing, leftAlone: [{ file: path, why }] });
  if (unreadable !== null) return leave(unreadable);
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/^kustomization\.ya?ml$/i.test(name)) return leave("it is for kustomize");
  const looksLikeManifest = /^\s*"?(apiVersion|kind)"?\s*:/m.test(text);
  if (looksLikeManifest && /\{\{/.test(text)) return leave("it is a template, such as Helm's");
  const lines = text.split("\n");
  const counter = new LineCounter();
  const documents = [...parseAllDocuments(text, { lineCounter: counter, merge: true })] as Document[];
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) {
    if (!looksLikeManifest) return leave("it cannot be read as YAML, and names no apiVersion or kind");
    return { ...nothing, findings: [explainSyntax(error, { path, lines, counter })] };
  }
  const content: FileContent = { manifests: [], leftAlone: [], findings: [] };
  for (const document of documents) {
    if (document.contents === null) continue;
    readDocument(path, document, new Positions(path, lines, counter, document), content);
  }
  return content;
}

function readDocument(file: string, document: Document, positions: Positions, into: FileContent): void {
  const value = valueOf(document);
  if (value === undefined) {
    into.findings.push({
      ...positions.at([]),
      mistake: "bad-yaml",
      part: null,
      says: "an alias (*) stands inside of what it stands for, or there are far too many of them",
      next: "write out what the alias is meant to repeat",
    });
    return;
  }
  const fields = asFields(value);
  const kind = asText(fields["kind"]);
  const apiVersion = asText(fields["apiVersion"]);
  if (apiVersion.startsWith("kustomize.config.k8s.io/")) {
    into.leftAlone.push({ file, why: "it is for kustomize" });
    return;
  }
  if (kind === "Config" && apiVersion === "v1" && "clusters" in fields) {
    into.leftAlone.push({ file, why: "it is kubectl's own configuration" });
    return;
  }
  if (kind === "" && apiVersion === "") {
    const isObject = "spec" in fields && "metadata" in fields;
    if (!isObject) {
      into.leftAlone.push({
        file,
        why: "services" in fields ? "it is a Compose file" : "it names neither apiVersion nor kind",
      });
      return;
    }
  }
  if (/List$/.test(kind) && Array.isArray(fields["items"])) {
    asList(fields["items"]).forEach((item, n) => {
      into.manifests.push(makeManifest(file, asFields(item), positions, ["items", n]));
    });
    return;
  }
  into.manifests.push(makeManifest(file, fields, positions, []));
}

/** Undefined where it has no end: an alias inside of itself. */
function valueOf(document: Document): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 1000 });
    JSON.stringify(value);
    return value;
  } catch {
    return undefined;
  }
}

function makeManifest(
  file: string,
  content: Fields,
  positions: Positions,
  base: readonly (string | number)[],
): Manifest {
  const metadata = asFields(content["metadata"]);
  return {
    file,
    content,
    apiVersion: asText(content["apiVersion"]),
    kind: asText(content["kind"]),
    name: asText(metadata["name"]),
    namespace: asText(metadata["namespace"]) || null,
    at: (path) => positions.at([...base, ...path]),
    plain: (path) => positions.plain([...base, ...path]),
  };
}

interface Place {
  path: string;
  lines: readonly string[];
  counter: LineCounter;
}

function explainSyntax(error: YAMLError, { path, lines, counter }: Place): ManifestFinding {
  const { line, col } = counter.linePos(error.pos[0]);
  const place: SourceLine = { file: path, line, text: lines[line - 1]?.trim() ?? "" };
  const where = `line ${line}, column ${col}`;
  // A tab further up is what the reader stumbled over, whatever it calls it.
  const tab = lines.findIndex((one) => /^ *\t/.test(one));
  const isJson = /\.json$/i.test(path);
  if (tab !== -1 && !isJson && tab < line) {
    const column = (lines[tab]?.indexOf("\t") ?? 0) + 1;
    return {
      file: path,
      line: tab + 1,
      text: lines[tab]?.trim() ?? "",
      part: null,
      mistake: "tab",
      says: `a tab stands at line ${tab + 1}, column ${column}; YAML indents with spaces only`,
      next: "put two spaces for each level in its place; editors can show tabs and replace them",
    };
  }
  if (/^Missing , /.test(error.message)) {
    const before = lines.slice(0, line - 1).findLastIndex((one) => one.trim() !== "");
    return {
      file: path,
      line: before + 1,
      text: lines[before]?.trim() ?? "",
      part: null,
      mistake: "bad-yaml",
      says: `a comma is missing at the end of line ${before + 1}: another entry follows`,
      next: "put a comma there",
    };
  }
  const repeated = /^(apiVersion|kind|metadata|spec)\b/.exec(place.text)?.[1];
  if (error.code === "DUPLICATE_KEY" && repeated !== undefined && col === 1) {
    return {
      ...place,
      part: null,
      mistake: "separator-missing",
      says: `${where}: a second object begins here (${repeated}), and nothing separates it from the first`,
      next: "write --- alone on a line between two objects in one file",
    };
  }
  if (error.code === "DUPLICATE_KEY") {
    return {
      ...place,
      part: null,
      mistake: "key-twice",
      says: `${where}: this key stands twice in the same place, and only one of the two can count`,
      next: "keep one of them; where both belong to a list, each begins with a dash",
    };
  }
  return {
    ...place,
    part: null,
    mistake: "bad-yaml",
    says: `${where}: ${SYNTAX[error.code] ?? (error.message.split("\n")[0] ?? "").replace(/ at line \d+.*$/, "")}`,
    next: isJson
      ? "look at that line and the one before it: commas, quotes, brackets"
      : "look at that line and the one before it: things of one level begin in the same column, two spaces deeper than what holds them",
  };
}

/** What the reader of YAML means, in other words. */
const SYNTAX: Readonly<Record<string, string>> = {
  BAD_INDENT: "the indentation fits to no level above it",
  BLOCK_AS_IMPLICIT_KEY: "a second colon, or a line that is indented deeper than what it belongs to",
  MULTILINE_IMPLICIT_KEY: "a line without a colon, or one that is indented otherwise than its neighbours",
  MISSING_CHAR: "a sign is missing: a quote, a bracket, a colon or the space after it",
  BLOCK_IN_FLOW: "a bracket was opened before this line and is not closed",
};
