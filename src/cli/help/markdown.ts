import { type Command } from "commander";
import { GROUPS } from "./overview.js";
import { type CommandFacts, describeCommands, describeOptions, type Term } from "./reference.js";

/** docs/commands.md. */
export function commandsPage(program: Command): string {
  const commands = describeCommands(program);
  return [
    "# Commands",
    "",
    "Made from the commands themselves by `npm run docs:commands`; a test holds it to them.",
    "`tq help`, `tq help <command>` and `man tq` say the same.",
    ...GROUPS.flatMap(({ title, rows }) => [
      "",
      `- ${title}: ${rows
        .flatMap(([names]) => names.split(", "))
        .map(link)
        .join(", ")}`,
    ]).filter((line, n) => line !== "" || n === 0),
    "",
    "## Options of every command",
    "",
    ...table(describeOptions(program)),
    ...commands.flatMap(section),
    "",
  ].join("\n");
}

function link(name: string): string {
  return `[${name}](#tq-${name})`;
}

function section({ path, usage, description, note, ...terms }: CommandFacts): string[] {
  const depth = path.split(" ").length;
  return [
    "",
    `${"#".repeat(depth)} ${path}`,
    "",
    description,
    "",
    "```sh",
    usage,
    "```",
    ...withTable(terms.arguments),
    ...withTable(terms.options),
    ...(note === undefined ? [] : ["", ...noteLines(note)]),
  ];
}

/** Indented lines are commands. */
function noteLines(note: string): string[] {
  const lines = note.split("\n").map((line) => line.replaceAll("<", "\\<"));
  const commands = note.split("\n").filter((line) => line.startsWith("  "));
  if (commands.length === 0) return lines;
  return [
    ...lines.filter((line) => !line.startsWith("  ")),
    "",
    "```",
    ...commands.map((line) => line.trim()),
    "```",
  ];
}

function withTable(terms: readonly Term[]): string[] {
  return terms.length === 0 ? [] : ["", ...table(terms)];
}

function table(terms: readonly Term[]): string[] {
  const rows = terms.map(({ term, says }) => [`\`${cell(term)}\``, cell(says).replaceAll("<", "\\<")]);
  const widths = [0, 1].map((n) => Math.max(3, ...rows.map((row) => row[n]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, n) => text.padEnd(widths[n] ?? 0)).join(" | ")} |`;
  return [line(["", ""]), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
