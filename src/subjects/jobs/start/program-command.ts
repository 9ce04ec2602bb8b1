import { posix } from "node:path";
import { splitWords } from "../../../text/split-words.js";

/** What a command line starts: a file, a module, or the application of a module that a server is given. */
type Target =
  | { kind: "file"; path: string }
  | { kind: "module"; name: string }
  | { kind: "app"; module: string; name: string };

/** A command line that starts a program in Python. */
export interface ProgramCommand {
  target: Target;
  args: readonly string[];
  /** Where it changes the folder first: relative to where it begins, or absolute; "" for nowhere. */
  folder: string;
  /** Set before it on the line. */
  variables: Readonly<Record<string, string>>;
}

/** Programs that start another, and how many words of theirs stand before it. */
const BEFORE = /^(?:exec|env|nohup|time|uv|poetry|pdm|pipenv|hatch|dumb-init|tini|opentelemetry-instrument)$/;
const PYTHON = /^python(?:\d(?:\.\d+)?)?$/;

/** What a line starts last; null where that is no program in Python that is known here. */
export function readCommand(line: string): ProgramCommand | null {
  let folder = "";
  let found: ProgramCommand | null = null;
  for (const part of line.split(/&&|;|\|\||\n/)) {
    const words = splitWords(part.replace(/&\s*$/, ""));
    if (words[0] === "cd" && words[1] !== undefined) folder = posix.join(folder, words[1]);
    const started = startedBy(words);
    if (started) found = { ...started, folder };
  }
  return found;
}

function startedBy(all: readonly string[]): Omit<ProgramCommand, "folder"> | null {
  const variables: Record<string, string> = {};
  // What watches files for changes starts the rest of the line.
  const words =
    all.includes("--") && /watch/.test(all[0] ?? "") ? all.slice(all.indexOf("--") + 1) : [...all];
  for (let word = words[0]; word !== undefined; word = words[0]) {
    const [, name, value = ""] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined) variables[name] = value;
    else if (!BEFORE.test(posix.basename(word)) && !(word === "run" || word.startsWith("-"))) break;
    words.shift();
  }
  const [program = "", ...rest] = words;
  const name = posix.basename(program);
  if (PYTHON.test(name)) return withVariables(fromPython(rest), variables);
  if (program.endsWith(".py")) return { target: { kind: "file", path: program }, args: rest, variables };
  return withVariables(fromServer(name, rest, variables), variables);
}

type Started = Pick<ProgramCommand, "target" | "args">;

function withVariables(
  started: Started | null,
  variables: Readonly<Record<string, string>>,
): Omit<ProgramCommand, "folder"> | null {
  return started && { ...started, variables };
}

function fromPython(words: readonly string[]): Started | null {
  let n = 0;
  while (/^-[^mc]*$/.test(words[n] ?? "") && words[n] !== "-") n += /^-[WX]$/.test(words[n] ?? "") ? 2 : 1;
  const [first = "", ...rest] = words.slice(n);
  if (/^-\w*m$/.test(first)) {
    const [module = "", ...args] = rest;
    return (
      fromServer(module, args, {}) ??
      (module === "" ? null : { target: { kind: "module", name: module }, args })
    );
  }
  return first.endsWith(".py") ? { target: { kind: "file", path: first }, args: rest } : null;
}

/** What a server is told to serve: `package.module:app`, a file, or for Flask a variable. */
function fromServer(
  name: string,
  words: readonly string[],
  variables: Readonly<Record<string, string>>,
): Started | null {
  if (/^(?:uvicorn|gunicorn|hypercorn|daphne|waitress-serve)$/.test(name)) {
    const app = words.find(
      (word, n) => /^[A-Za-z_][\w.]*:[A-Za-z_]\w*(?:\(\))?$/.test(word) && !isValue(words, n),
    );
    return app === undefined ? null : { target: appOf(app), args: [] };
  }
  if (name === "flask") {
    const given = valueOf(words, "--app", "-A") ?? variables["FLASK_APP"];
    return words.includes("run")
      ? { target: given === undefined ? flaskDefault() : flaskApp(given), args: [] }
      : null;
  }
  if (name === "fastapi") {
    const file = words.find((word) => word.endsWith(".py"));
    const app = valueOf(words, "--app") ?? "app";
    return file === undefined
      ? null
      : { target: { kind: "app", module: moduleOf(file), name: app }, args: [] };
  }
  return null;
}

function isValue(words: readonly string[], n: number): boolean {
  return (
    /^-{1,2}[\w-]+$/.test(words[n - 1] ?? "") &&
    !/^-{1,2}(?:reload|factory|preload)$/.test(words[n - 1] ?? "")
  );
}

function valueOf(words: readonly string[], ...names: string[]): string | undefined {
  for (const [n, word] of words.entries()) {
    if (names.includes(word)) return words[n + 1];
    const name = names.find((one) => word.startsWith(`${one}=`));
    if (name !== undefined) return word.slice(name.length + 1);
  }
  return undefined;
}

function appOf(text: string): Target {
  const [module = "", name = ""] = text.split(":");
  return { kind: "app", module, name };
}

function flaskApp(given: string): Target {
  const [module = "", name = ""] = given.split(":");
  return { kind: "app", module: moduleOf(module), name };
}

/** Flask itself looks for app.py, then for wsgi.py. */
function flaskDefault(): Target {
  return { kind: "app", module: "app", name: "" };
}

function moduleOf(path: string): string {
  return posix.normalize(path).replace(/\.py$/, "").replaceAll("/", ".");
}
