import { type Command } from "commander";
import { wrap } from "../../report/wrap.js";
import { formatRows, type Row } from "./rows.js";

/** The commands in the order in which somebody looks for them. A test holds it to the command tree. */
export const GROUPS: readonly { title: string; rows: readonly Row[] }[] = [
  {
    title: "A queue",
    rows: [
      ["push, get", "put messages on the queue; take one"],
      ["consume", "print messages as they come, until Ctrl-C"],
      ["echo-worker", "a worker that prints each message"],
      ["recover, dead", "what dead consumers held; what has failed for good"],
      ["clear", "remove all messages of the queue"],
    ],
  },
  {
    title: "Look",
    rows: [
      ["len, peek, queues", "how many wait; the next ones; every queue"],
      ["status", "queues, who works on what, and what has failed"],
      ["network", "who can reach Redis under which name and address"],
    ],
  },
  {
    title: "Redis",
    rows: [
      ["redis", "up, down, status, logs, url, cli: a Redis for the queue"],
      ["sidecar", "up, list, exec, shell, down: Python containers beside it"],
      ["cluster", "up, status, down: a Kubernetes cluster, for exercise 8"],
    ],
  },
  {
    title: "Learn",
    rows: [
      ["exercise", "the exercises: walk through them, and verify what you did"],
      ["demo", "see a queue at work"],
      ["doctor, setup", "what this machine lacks; fetch it ahead"],
    ],
  },
  {
    title: "More",
    rows: [
      ["help, completion", "tq help <command>, tq help options; the Tab key"],
      ["dev", "for authors of exercises"],
    ],
  },
];

/** `tq --help`: it fits a terminal of 80 columns and 24 lines. */
export function formatOverview(width: number): string {
  const nameWidth = Math.max(...GROUPS.flatMap(({ rows }) => rows.map(([name]) => name.length)));
  const lines = GROUPS.flatMap(({ title, rows }) => [`${title}:`, ...formatRows(rows, nameWidth, width)]);
  return [
    ...wrap("Usage: tq <command> [options]     tq alone: a menu", width),
    ...lines,
    ...wrap("Start here:  tq redis up    tq push hello    tq consume", width),
  ].join("\n");
}

/** `tq help options`: what every command understands. */
export function formatOptions(program: Command, width: number): string {
  const help = program.createHelp();
  const rows = help
    .visibleOptions(program)
    .map((option): Row => [help.optionTerm(option), help.optionDescription(option)]);
  const nameWidth = Math.max(...rows.map(([name]) => name.length));
  return ["Options of every command:", ...formatRows(rows, nameWidth, width)].join("\n");
}
