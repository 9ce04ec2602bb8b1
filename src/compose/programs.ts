import { posix } from "node:path";
import { splitWords } from "../text/split-words.js";

/** One program that a command starts. */
export interface Program {
  /** Its name without a path, such as python or gunicorn. */
  name: string;
  args: readonly string[];
  /** The folder in which it runs. */
  folder: string;
  /** Variables that the command sets for it. */
  variables: Readonly<Record<string, string>>;
}

/** Programs that do their own and then run what stands behind them. */
const WRAPPERS: Readonly<Record<string, RegExp>> = {
  // What stands before the program: options, and what each wrapper wants of its own.
  exec: /^-/,
  nohup: /^-/,
  time: /^-/,
  tini: /^-/,
  "dumb-init": /^-/,
  stdbuf: /^-/,
  env: /^-|=/,
  sudo: /^-/,
};

/** `uv run`, `poetry run` and the like. */
const RUNNERS = new Set(["uv", "poetry", "pipenv", "pdm", "hatch", "rye"]);

/** Programs that wait for others; what they start stands behind `--`. */
const WAITERS = /^(?:wait-for(?:-it)?(?:\.sh)?|wait|dockerize|wait4x)$/;

/** What a command starts, one after the other: through a shell, its `&&` and `;`, and what stands before a program. */
export function programsOf(words: readonly string[], folder: string): Program[] {
  const found: Program[] = [];
  walk(words, { folder, variables: {} }, found, 0);
  return found;
}

interface Surroundings {
  folder: string;
  variables: Readonly<Record<string, string>>;
}

function walk(words: readonly string[], around: Surroundings, found: Program[], depth: number): void {
  const variables = { ...around.variables };
  let rest = [...words];
  for (let [first = ""] = rest; /^[A-Za-z_]\w*=/.test(first); [first = ""] = rest) {
    const [name = "", value = ""] = first.split(/=(.*)/s);
    variables[name] = value;
    rest = rest.slice(1);
  }
  const [first] = rest;
  if (first === undefined || depth > 10) return;
  const name = posix.basename(first);
  const args = rest.slice(1);
  const on = (more: readonly string[], folder = around.folder): void => {
    walk(more, { folder, variables }, found, depth + 1);
  };
  if (/^(?:ba|da|a|z)?sh$/.test(name)) {
    const flag = args.findIndex((word) => /^-\w*c$/.test(word));
    if (flag !== -1) {
      walkLine(args[flag + 1] ?? "", { folder: around.folder, variables }, found, depth + 1);
      return;
    }
  }
  const own = WRAPPERS[name];
  if (own) {
    const at = args.findIndex((word) => word === "--" || !own.test(word));
    on(args[at] === "--" ? args.slice(at + 1) : args.slice(Math.max(at, 0)));
    return;
  }
  const dashes = args.indexOf("--");
  if (WAITERS.test(name) && dashes !== -1) {
    on(args.slice(dashes + 1));
    return;
  }
  if (RUNNERS.has(name) && args[0] === "run") {
    const behind = args.slice(1);
    const at = behind.findIndex(
      (word, n) =>
        !word.startsWith("-") &&
        !/^--(?:with|extra|group|python|project|directory)$/.test(behind[n - 1] ?? ""),
    );
    if (at !== -1) on(behind.slice(at));
    return;
  }
  found.push({ name, args, folder: around.folder, variables });
}

/** A line as a shell reads it, as far as its parts follow each other. */
function walkLine(line: string, around: Surroundings, found: Program[], depth: number): void {
  let { folder } = around;
  for (const part of line.split(/&&|\|\||[;\n|]|(?<![>&\d])&(?![>&])/)) {
    const words = splitWords(part.replace(/\s\d?>>?\s*\S+/g, "")).filter(
      (word) => !/^(?:do|then|while|until|for|if|done|fi|\{|\}|\(|\))$/.test(word),
    );
    if (words[0] === "cd") folder = posix.resolve(folder || "/", words[1] ?? "/");
    else walk(words, { folder, variables: around.variables }, found, depth);
  }
}
