import { existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { asFields, asText, type Fields, isFields, type Path } from "../text/fields.js";
import { checkFields } from "./check-fields.js";
import {
  type ComposeDocument,
  type ComposeProblem,
  lineOf,
  type Origin,
  readDocuments,
  shownFrom,
} from "./document.js";
import { readEnvironmentFile } from "./environment-file.js";
import { interpolate, type Lookup } from "./interpolate.js";
import { asTexts, mergeFields, normaliseService } from "./merge.js";

/** The files of a project, merged in one form. */
export interface Loaded {
  content: Fields;
  /** By service: where it is described, the places that win first. */
  origins: ReadonlyMap<string, readonly Origin[]>;
  /** Where what stands beside the services is described. */
  tops: readonly Origin[];
  /** Relative to the student's folder. */
  files: readonly string[];
  problem: ComposeProblem | null;
}

export interface LoadOptions {
  /** The student's folder. */
  root: string;
  /** Where relative paths begin. */
  folder: string;
  lookup: Lookup;
  /** How many files have led here. */
  depth: number;
}

/** So many files lead to each other: more is a circle. */
const DEEPEST = 8;

/** Reads files of which the later ones change the earlier ones, and what they include. */
export function loadFiles(paths: readonly string[], options: LoadOptions): Loaded {
  return new Loader(options).all(paths);
}

/** A document, and its content with the variables filled in. */
type Found = [document: ComposeDocument, filled: Fields];

class Loader {
  private content: Fields = {};
  private readonly origins = new Map<string, readonly Origin[]>();
  private readonly tops: Origin[] = [];
  private readonly files: string[] = [];
  private problem: ComposeProblem | null = null;

  constructor(private readonly options: LoadOptions) {}

  all(paths: readonly string[]): Loaded {
    for (const path of paths) for (const document of this.read(path)) this.add(document);
    const { content, origins, tops, files, problem } = this;
    return { content, origins, tops, files, problem };
  }

  private read(path: string): ComposeDocument[] {
    const found = readDocuments(path, this.options.root);
    const file = shownFrom(this.options.root, path);
    if (!this.files.includes(file)) this.files.push(file);
    if (Array.isArray(found)) return found;
    this.problem ??= found;
    return [];
  }

  private add(document: ComposeDocument): void {
    const filled = this.fill(document);
    const refused = checkFields(filled);
    if (refused) this.complain(document, refused.path, refused.message);
    const { include, services, ...rest } = filled;
    for (const one of Array.isArray(include) ? (include as unknown[]) : []) this.include(one, document);
    const described: Record<string, unknown> = {};
    for (const [name, fields] of Object.entries(asFields(services))) {
      const found = isFields(fields) ? this.extend(name, fields, document, filled, 0) : null;
      if (!found) continue;
      described[name] = found.fields;
      this.origins.set(name, [...found.origins, ...(this.origins.get(name) ?? [])]);
    }
    this.tops.unshift({ document, path: [] });
    this.content = mergeFields(this.content, { ...rest, ...(isFields(services) && { services: described }) });
  }

  /** The document with its variables filled in. */
  private fill(document: ComposeDocument): Fields {
    const visit = (value: unknown, path: Path): unknown => {
      if (typeof value === "string") {
        const { text, refusal } = interpolate(value, this.options.lookup);
        if (refusal !== null) this.complain(document, path, refusal);
        return text;
      }
      if (Array.isArray(value)) return value.map((one, n) => visit(one, [...path, n]));
      if (!isFields(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, visit(one, [...path, key])]));
    };
    return asFields(visit(document.content, []));
  }

  private complain(document: ComposeDocument, path: Path, message: string): void {
    const { file, line } = lineOf([{ document, path }]);
    this.problem ??= { file, line, column: 1, message };
  }

  /** A service with what it extends below it. */
  private extend(
    name: string,
    fields: Fields,
    document: ComposeDocument,
    filled: Fields,
    depth: number,
  ): { fields: Fields; origins: readonly Origin[] } {
    const { extends: from, ...own } = fields;
    // An override's paths begin where those of the file do that it changes.
    const isOther = depth > 0 && document.folder !== this.options.folder;
    const described = normaliseService(own, isOther ? document.folder : this.options.folder);
    const origins: Origin[] = [{ document, path: ["services", name] }];
    if (from === undefined || from === null) return { fields: described, origins };
    const base = isFields(from) ? asText(from["service"]) : asText(from);
    const file = isFields(from) ? asText(from["file"]) : "";
    const where: Path = ["services", name, "extends"];
    const documents = this.extended(file, document, filled, where);
    const found = documents.find(([, content]) => isFields(asFields(content["services"])[base]));
    if (!found || depth > DEEPEST) {
      if (documents.length > 0 || depth > DEEPEST) {
        this.complain(document, where, `${name} extends ${base}, and no such service is there`);
      }
      return { fields: described, origins };
    }
    const [its, content] = found;
    const under = this.extend(base, asFields(asFields(content["services"])[base]), its, content, depth + 1);
    return { fields: mergeFields(under.fields, described), origins: [...origins, ...under.origins] };
  }

  private extended(file: string, document: ComposeDocument, filled: Fields, where: Path): Found[] {
    if (file === "") {
      // Of an override: the service may stand in the file that it changes.
      return [[document, filled], ...this.tops.map(({ document: one }): Found => [one, this.fill(one)])];
    }
    const path = isAbsolute(file) ? file : join(document.folder, file);
    if (!existsSync(path)) {
      this.complain(document, where, `it extends a service of ${file}, and there is no such file`);
      return [];
    }
    return this.read(path).map((one): Found => [one, this.fill(one)]);
  }

  private include(value: unknown, document: ComposeDocument): void {
    const fields = asFields(value);
    const named = isFields(value) ? asTexts(value["path"]) : asTexts(value);
    const paths = named.map((one) => (isAbsolute(one) ? one : join(document.folder, one)));
    const { root, lookup, depth } = this.options;
    const missing = paths.find((path) => !existsSync(path));
    if (missing !== undefined || depth > DEEPEST) {
      const file = shownFrom(root, missing ?? paths[0] ?? "");
      const why = missing === undefined ? "it includes itself" : "there is no such file";
      this.complain(document, ["include"], `it includes ${file}: ${why}`);
      return;
    }
    const told = asText(fields["project_directory"]);
    const folder = told === "" ? dirname(paths[0] ?? document.folder) : join(document.folder, told);
    const variables = readEnvironmentFile(join(folder, ".env"), lookup);
    const found = loadFiles(paths, {
      root,
      folder,
      depth: depth + 1,
      lookup: (name) => lookup(name) ?? variables?.get(name)?.value,
    });
    this.files.push(...found.files);
    this.problem ??= found.problem;
    for (const [name, origins] of found.origins) this.origins.set(name, origins);
    this.content = mergeFields(this.content, found.content);
  }
}
