import { relative, sep } from "node:path";

/** What Python says of an exception, cut to the student's lines. */
export interface Traceback {
  /** Its last line, such as KeyError: 'start'. */
  error: string;
  /** From the outermost call to the innermost; none where it happened in no file of the student's. */
  frames: Frame[];
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
  return { error, frames };
}

/** As a person reads it: the student's lines, and the error. */
export function showTraceback({ error, frames }: Traceback): string {
  const shown = frames.map(
    ({ file, line, function: name, text }) => `${file}:${line}${name === null ? "" : ` in ${name}`}: ${text}`,
  );
  return [...shown, error].join("\n");
}
