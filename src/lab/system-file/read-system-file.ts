import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { LineCounter, type Node, parseDocument, visit } from "yaml";
import { TqError } from "../../errors.js";
import {
  entriesOf,
  listOf,
  mappingOf,
  oneOrMore,
  orNone,
  type ReadingOf,
  refuse,
  text,
  texts,
  wholeNumber,
} from "./reading.js";
import { job, line, request } from "./requests.js";
import { type SystemFile, type WebAnswer } from "./system-file.js";

const NAMES = ["tq.yaml", "tq.yml"];

/** Bytes: nobody writes a longer one. */
const LARGEST = 256 * 1024;

export interface SystemFileSearch {
  /** Absolute folder of the student's files. */
  folder: string;
  /** `--system`: a path, relative to where tq was called. */
  given: string | undefined;
  exercise: number;
}

/**
 * The file that `--system` names, else the one beside the student's files; null where there is none, or the one found there is about
 * another exercise. Throws `TqError` (exit 2) with the line where it is not of the form that it should have.
 */
export function findSystemFile({ folder, given, exercise }: SystemFileSearch): SystemFile | null {
  const found = NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
  const path = given === undefined ? found : resolve(given);
  if (path === undefined) return null;
  const inside = relative(folder, path);
  const shown = inside.startsWith("..") || isAbsolute(inside) ? path : inside;
  const read = readSystemFile(path, shown, folder);
  if (read.exercise === undefined || read.exercise === exercise) return read;
  if (given === undefined) return null;
  throw new TqError(`${shown} is about exercise ${read.exercise}, not ${exercise}`, {
    code: "bad-system-file",
    exitCode: 2,
  });
}

function readSystemFile(path: string, shown: string, folder: string): SystemFile {
  const lines = new LineCounter();
  const file: ReadingOf = { shown, lines, folders: [dirname(path), folder] };
  const document = parseDocument(readText(path, shown), { lineCounter: lines, logLevel: "error" });
  const [error] = document.errors;
  if (error) {
    const { line: at } = lines.linePos(error.pos[0]);
    throw new TqError(`${shown}:${at}: ${error.message.split("\n")[0] ?? ""}`, {
      code: "bad-system-file",
      exitCode: 2,
    });
  }
  // What stands for itself would be read for ever.
  visit(document, { Alias: (_, alias) => refuse(alias, file, "an alias is not followed here") });
  // An empty file, or one of comments alone, says nothing.
  const contents = document.contents as Node | null;
  if (contents === null || contents.toJSON() === null) return { path, shown };
  return { ...keys(contents, file), path, shown };
}

/** Which of a few paths it is: beside the file, else in the student's folder. */
function fileThere(node: Node, file: ReadingOf): string {
  const written = text(node, file);
  const paths = file.folders.map((folder) => resolve(folder, written));
  return (
    paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile()) ??
    refuse(node, file, `there is no file ${written}`, `Looked for: ${[...new Set(paths)].join(", ")}`)
  );
}

const web = mappingOf({ url: text, file: fileThere, status: wholeNumber, type: text });

function webAnswer(node: Node, file: ReadingOf): WebAnswer {
  const { url, file: path, ...more } = web(node, file);
  if (url === undefined || path === undefined)
    return refuse(
      node,
      file,
      `${url === undefined ? "url" : "file"} is missing here`,
      'Such as: - {url: "https://data.example.org/*", file: sample.json}',
    );
  return { url, file: path, ...more };
}

function filesThere(node: Node, file: ReadingOf): Record<string, string> {
  return Object.fromEntries(
    entriesOf(node, file).map(([place, value, key]) => {
      if (!place.startsWith("/"))
        return refuse(key, file, `${place} is no absolute path`, "Such as: /app/data.json: data/data.json");
      return [place, fileThere(value, file)];
    }),
  );
}

const keys = mappingOf({
  exercise: wholeNumber,
  python: text,
  requirements: fileThere,
  start: mappingOf({ api: text, worker: text, from: text }),
  env: texts,
  web: listOf(webAnswer),
  files: filesThere,
  load: (node, file) => {
    const read = orNone(oneOrMore(request))(node, file);
    return read === "none" ? [] : read;
  },
  data: orNone(mappingOf({ list: line, one: line, search: line })),
  job,
  status: orNone(line),
  result: orNone(line),
  words: mappingOf({ first: oneOrMore(text), last: oneOrMore(text) }),
});

function readText(path: string, shown: string): string {
  const cannot = (why: string): never => {
    throw new TqError(`${shown} ${why}`, { code: "no-system-file", exitCode: 2 });
  };
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) return cannot("is not there");
  // A pipe would be waited on for ever.
  if (!facts.isFile()) return cannot("is no file");
  if (facts.size > LARGEST) return cannot("is larger than 256 KB");
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    return cannot(`cannot be read: ${(error as Error).message}`);
  }
}
