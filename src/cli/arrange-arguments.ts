import { type CommandEntry } from "./command.js";

/** Options of every command that take a value. */
const VALUED = new Set(["--redis-url", "--db", "--queue", "--serializer"]);
const FLAGS = new Set(["--json", "--plain", "--no-color", "--quiet", "--debug", "--help", "-h", "--version"]);

/** Commands that hand words on to another program, and how many words of their own come first. */
const HANDS_ON: Readonly<Record<string, number>> = { "redis cli": 0, "sidecar exec": 1 };

/** The names on the command line that lead to a command, and what comes behind them. */
export interface CommandPath {
  names: string[];
  /** The index of what stands behind them. */
  end: number;
  /** That word, where it is no option. */
  next: string | undefined;
  /** What can follow the names; none where they name a command. */
  children: readonly CommandEntry[];
}

/** Options may stand before and between the names. */
export function findPath(argv: readonly string[], commands: readonly CommandEntry[]): CommandPath {
  const path: CommandPath = { names: [], end: 0, next: undefined, children: commands };
  for (let at = 0; at < argv.length && path.children.length > 0; at += 1) {
    const word = argv[at] ?? "";
    if (VALUED.has(word)) at += 1;
    if (word.startsWith("-")) continue;
    const entry = path.children.find(({ name }) => name === word);
    if (!entry) {
      path.next = word;
      break;
    }
    path.names.push(word);
    path.end = at + 1;
    path.children = "children" in entry ? entry.children : [];
  }
  return path;
}

/** As commander is to read it: what is meant for another program stands behind `--`. */
export function arrangeArguments(argv: readonly string[], commands: readonly CommandEntry[]): string[] {
  const { names, end } = findPath(argv, commands);
  let own = HANDS_ON[names.join(" ")];
  if (own === undefined) return [...argv];
  let at = end;
  for (; at < argv.length; at += 1) {
    const word = argv[at] ?? "";
    if (word === "--") return [...argv];
    const [name = ""] = word.split("=");
    if (VALUED.has(word)) at += 1;
    else if (VALUED.has(name)) continue;
    else if (FLAGS.has(word) || (own > 0 && word.startsWith("-"))) continue;
    else if (own === 0) break;
    else own -= 1;
  }
  return at < argv.length ? [...argv.slice(0, at), "--", ...argv.slice(at)] : [...argv];
}
