import { findChange } from "./changed-interfaces.js";
import { packageOf } from "./known-packages.js";
import { type Finding } from "../../text/finding.js";
import { findSimilar } from "../../text/similar.js";
import { type Explain, type Explanation } from "./explanation.js";
import { showTraceback, type Traceback } from "./traceback.js";
import { WEB_ERRORS } from "./web-errors.js";

/** By what the last line of a traceback says; the first that fits. `where` is file and line, or "" . */
const EXPLANATIONS: readonly [RegExp, Explain][] = [
  ...WEB_ERRORS,
  [
    /^NameError: name '(\w+)' is not defined(?:\. Did you mean: '(\w+)')?/,
    ([, name = "", proposed], where) => {
      // Python proposes what merely begins alike, such as credits.
      const meant = proposed === undefined ? null : findSimilar(name, [proposed]);
      return {
        cause: `${where}${name} is neither defined nor imported${meant === null ? "" : `; there is ${meant}`}`,
        next: meant?.endsWith(name)
          ? `write the name as it is defined: ${meant}`
          : `define or import ${name}, or write the name that you gave it`,
        mistake: "undefined-name",
      };
    },
  ],
  [
    /^ImportError: cannot import name '(\w+)' from partially initialized module '([\w.]+)'/,
    ([, name = "", module = ""], where) => ({
      cause: `${where}a circular import: ${module} is still being imported when ${name} is asked for`,
      next: "let api and worker import from jobs, and jobs from neither",
      mistake: "circular-import",
    }),
  ],
  [
    /^ImportError: cannot import name '(\w+)' from '([\w.]+)'/,
    ([, name = "", module = ""], where) => ({
      cause: `${where}${module} has no ${name}`,
      next: `import a name that stands in ${module}, written the same way`,
      mistake: "name-not-there",
    }),
  ],
  [
    /^ModuleNotFoundError: No module named '([\w.]+)'/,
    ([, module = ""], where) => {
      const known = packageOf(module);
      return {
        cause: `${where}there is no module ${module}`,
        next:
          known === null
            ? `look at the name of the file that is meant, and at the folder from which it is imported; a package must stand in requirements.txt`
            : `install the package: pip install ${known}`,
        mistake: "no-module",
      };
    },
  ],
  [
    /^TypeError: (?:[\w.<>]+\.)?(\w+)\(\) (takes .+ given|missing .+|got .+)/,
    ([, name = "", what = ""], where) => ({
      cause: `${where}${name}() ${what}`,
      next: `compare the call with the line def ${name}(…):`,
      mistake: "wrong-arguments",
    }),
  ],
  [
    /^AttributeError: '(\w+)' object has no attribute '(\w+)'/,
    ([, type = "", name = ""], where) =>
      type === "str" && name === "decode"
        ? {
            cause: `${where}.decode() is called on what is text already`,
            next: "leave out .decode(): with decode_responses=True, and from HotQueue, it is text",
            mistake: "decode-on-text",
          }
        : {
            cause: `${where}a ${type} has no ${name}`,
            next: `use a method that ${type} has; in Python: help(${type})`,
            mistake: "unknown-method",
          },
  ],
  [
    /^AttributeError: module '([\w.]+)' has no attribute '(\w+)'/,
    ([, module = "", name = ""], where) => ({
      cause: `${where}${module} has no ${name}`,
      next: `use a name that stands in ${module}`,
      mistake: "name-not-there",
    }),
  ],
  [
    /^redis\.exceptions\.TimeoutError: Timeout reading from/,
    (_, where) => ({
      cause: `${where}redis 8 and later give up when no message comes for a while`,
      next: 'HotQueue(…, socket_timeout=None), or pip install "redis<8"',
      mistake: "exception",
    }),
  ],
  [
    /^redis\.exceptions\.DataError: (.+)/,
    ([, what = ""], where) => ({
      cause: `${where}Redis stores text, numbers and bytes: ${what}`,
      next: "give hset a mapping of plain values: rd.hset(key, mapping=job)",
      mistake: "value-not-plain",
    }),
  ],
  [
    /^(?:SyntaxError|IndentationError|TabError): (.+)/,
    ([, what = ""], where) => ({
      cause: `${where}Python cannot read the line: ${what}`,
      next: "mend that line, or the one before it",
      mistake: "syntax-error",
    }),
  ],
  [
    /^MemoryError/,
    (_, where) => ({
      cause: `${where}it wants more than 4 GB of memory, which is tq's limit for it`,
      next: "look for what grows without an end, or read large data in parts",
      mistake: "memory-limit",
    }),
  ],
  [
    /^PermissionError: \[Errno \d+\] tq does not let .+: (.+)/,
    ([, what = ""], where) => ({
      cause: `${where}while tq runs it, your code may not reach ${what}`,
      next: "let it work with Redis and its own folder only; for the network: --allow-network",
      mistake: "refused",
    }),
  ],
];

/** What a reader of the code says of the same line, by how the error begins. */
const READ: readonly [error: RegExp, kind: RegExp, isOfLine: boolean][] = [
  [/^(?:SyntaxError|IndentationError|TabError)/, /^(?:syntax-error|unfinished)$/, false],
  [/^(?:NameError|UnboundLocalError)/, /^undefined-name$/, true],
  [/^TypeError: Object of type \w+ is not JSON serializable/, /^value-not-json$/, true],
  [/^(?:ImportError|AttributeError: module)/, /^name-not-there$/, true],
];

/** Says in a sentence what went wrong and where; where a reader of the code has found the same, in its words. */
export function explainTraceback(traceback: Traceback, findings: readonly Finding[] = []): Explanation {
  const last = traceback.frames.at(-1);
  const where = last ? `${last.file}:${last.line}: ` : "";
  const { hides } = traceback;
  if (hides) {
    return {
      cause: `your file ${hides.file} hides the module ${hides.module}: whatever asks for that module finds yours`,
      next: `give ${hides.file} another name, and change the imports of it`,
      mistake: "hides-a-module",
    };
  }
  const change = findChange(traceback.error);
  if (change) {
    return {
      cause: `${where}this was written for ${change.edition}: the ${change.package} that is installed here has no ${change.name}`,
      next: `pip install "${change.edition}", and write it into requirements.txt; ${change.instead}`,
      mistake: "package-changed",
    };
  }
  const explanation = explainError(traceback, where);
  const [, kinds, isOfLine] = READ.find(([error]) => error.test(traceback.error)) ?? [];
  const found = findings.find(
    ({ kind, file, line }) => kinds?.test(kind) && file === last?.file && (!isOfLine || line === last.line),
  );
  return found
    ? { ...explanation, cause: `${found.file}:${found.line}: ${found.says}`, next: found.next }
    : explanation;
}

function explainError(traceback: Traceback, where: string): Explanation {
  const last = traceback.frames.at(-1);
  for (const [pattern, explain] of EXPLANATIONS) {
    const groups = pattern.exec(traceback.error);
    if (groups) return explain(groups, where);
  }
  return {
    cause: `an exception that nothing handles:\n${showTraceback(traceback)}`,
    next: last ? `mend ${last.file}, line ${last.line}` : "read the last line of the traceback",
    mistake: "exception",
  };
}
