import { existsSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { STANDARD_MODULES } from "./standard-modules.js";

/** What Python says of an exception, cut to the student's lines. */
export interface Traceback {
  /** Its last line, such as KeyError: 'start'. */
  error: string;
  /** From the outermost call to the innermost; none where it happened in no file of the student's. */
  frames: Frame[];
  /** A file of the student's that has the name of a module of Python's, and was found where a library asked for that. */
  hides?: { file: string; module: string };
}

interface Frame {
  /** Relative to the student's folder. */
  file: string;
  line: number;
  /** Null at module level, and where a file cannot be read as Python. */
  function: string | null;
  /** The line itself. */
  text: string;
}

/** Python's own, and what the exercises take from others. */
const HIDEABLE: ReadonlySet<string> = new Set([
  ...STANDARD_MODULES,
  "redis",
  "hotqueue",
  "flask",
  "fastapi",
  "uvicorn",
]);

const FRAME = /^ {2}File "(.+)", line (\d+)(?:, in (.+))?$/;

const ERROR = /^[\w.]+(?:Error|Exception|Exit|Interrupt|Warning|[A-Z]\w*)?(?::|$)/;

/** The last exception in what a program wrote to standard error; null where there is none. */
export function findTraceback(errors: string, folder: string): Traceback | null {
  const lines = errors.split("\n");
  let last = lines.findLastIndex((line) => FRAME.test(line));
  if (last === -1) return null;
  let error = lines.slice(last + 1).find((line) => ERROR.test(line));
  // FastAPI's message ends with a line that looks like a frame.
  const named = lines.findLastIndex((line) => /^[\w.]+(?:Error|Exception):/.test(line));
  if (error === undefined && named !== -1) {
    error = lines[named];
    last = lines.slice(0, named).findLastIndex((line) => FRAME.test(line));
  }
  if (error === undefined || last === -1) return null;
  let first = last;
  while (first > 0 && !/^\s*(?:Traceback|During handling|The above exception)/.test(lines[first - 1] ?? ""))
    first -= 1;
  const frames = lines.slice(first, last + 1).flatMap((line, index) => {
    const [, file = "", number, name] = FRAME.exec(line) ?? [];
    if (!file.startsWith(folder + sep)) return [];
    return {
      file: relative(folder, file).split(sep).join("/"),
      line: Number(number),
      function: name === undefined || name === "<module>" ? null : name,
      text: lines[first + index + 1]?.trim() ?? "",
    };
  });
  const hides = findHiding(lines.slice(first, last + 1), error, folder, frames);
  return { error, frames, ...(hides && { hides }) };
}

/**
 * The student's own file that was found for a module of Python's: one that an import of a library's runs, or one of the name that the error
 * says.
 */
function findHiding(
  lines: readonly string[],
  error: string,
  folder: string,
  own: readonly Frame[],
): { file: string; module: string } | null {
  const isOwn = (file: string): boolean => file.startsWith(folder + sep);
  const frames = lines.flatMap((line) => {
    const [, file = "", , name] = FRAME.exec(line) ?? [];
    return file === "" ? [] : [{ file, isModule: name === "<module>" }];
  });
  const run = frames.find(
    ({ file, isModule }, n) =>
      isModule && isOwn(file) && n > 0 && !isOwn(frames[n - 1]?.file ?? folder + sep),
  );
  const places = [...new Set(["", ...own.map(({ file }) => posix.dirname(file))])];
  const named = /^(?:ImportError|ModuleNotFoundError|AttributeError)/.test(error)
    ? [...error.matchAll(/(?:module|from|named|;) '(\w+)[\w.]*'/g)].flatMap(([, name = ""]) =>
        places.flatMap((place) => [`${name}.py`, `${name}/__init__.py`].map((one) => posix.join(place, one))),
      )
    : [];
  // Python itself says which file it took: "cannot import name 'x' from 'types' (/…/types.py)".
  const [, taken = ""] = /^ImportError: .* \(([^()]+\.py)\)$/.exec(error) ?? [];
  const paths = [run?.file ?? "", taken].filter(isOwn);
  const candidates = [...paths.map((path) => relative(folder, path).split(sep).join("/")), ...named];
  const file = candidates.find((one) => HIDEABLE.has(moduleOf(one)) && existsSync(join(folder, one)));
  return file === undefined ? null : { file, module: moduleOf(file) };
}

function moduleOf(file: string): string {
  return posix.basename(file.replace(/(?:\/__init__)?\.py$/, ""));
}
/** As a person reads it: the student's lines, and the error. */
export function showTraceback({ error, frames }: Traceback): string {
  const shown = frames.map(
    ({ file, line, function: name, text }) => `${file}:${line}${name === null ? "" : ` in ${name}`}: ${text}`,
  );
  return [...shown, error].join("\n");
}
