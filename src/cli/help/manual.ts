import { type Command } from "commander";
import { GROUPS } from "./overview.js";
import { describeCommands, describeOptions, type Term } from "./reference.js";

/** The page that `man tq` shows, in roff. */
export function manualPage(program: Command, version: string): string {
  return [
    `.TH TQ 1 "" "tq ${text(version)}" "Task queues on Redis"`,
    ".SH NAME",
    "tq \\- task queues on Redis, to learn with and to use",
    ".SH SYNOPSIS",
    ".B tq",
    "\\fIcommand\\fR [\\fIoption\\fR...]",
    ".SH DESCRIPTION",
    "The queue is the one of Python's HotQueue, on the wire to the byte.",
    "Alone on a terminal, tq opens a menu.",
    ...GROUPS.flatMap(({ title, rows }) => [
      `.SS ${text(title)}`,
      ...terms(rows.map(([term, says]) => ({ term, says }))),
    ]),
    ".SH OPTIONS",
    "Every command has these:",
    ...terms(describeOptions(program)),
    ".SH COMMANDS",
    ...describeCommands(program).flatMap(({ usage, description, note, ...facts }) => [
      `.SS ${text(usage)}`,
      ...paragraph(description),
      ...terms([...facts.arguments, ...facts.options]),
      ...(note === undefined ? [] : [".PP", ...paragraph(note)]),
    ]),
    ".SH ENVIRONMENT",
    ...terms([
      { term: "TQ_REDIS_URL", says: "which Redis, where --redis-url does not say so" },
      { term: "REDIS_IP", says: "a host, port 6379, where neither does" },
      { term: "TQ_HOME", says: "the folder of progress and state" },
      { term: "NO_COLOR", says: "no colours" },
    ]),
    ".SH EXIT STATUS",
    ...terms([
      { term: "0", says: "done; every check passed" },
      { term: "1", says: "not yet; nothing was found; a message cannot be read" },
      { term: "2", says: "the command line is wrong" },
      { term: "3", says: "this machine is in the way: no Redis, no Docker, a port taken" },
      { term: "70", says: "a bug in tq" },
      { term: "130, 143", says: "stopped by Ctrl-C, by SIGTERM" },
    ]),
    "",
  ].join("\n");
}

function terms(all: readonly Term[]): string[] {
  return all.flatMap(({ term, says }) => [".TP", `\\fB${text(term)}\\fR`, ...paragraph(says)]);
}

function paragraph(says: string): string[] {
  return says
    .split("\n")
    .flatMap((line) =>
      line.startsWith("  ") ? [".br", text(line)] : [text(line).replace(/^[.']/, "\\&$&")],
    );
}

/** Backslashes and hyphens mean something else in roff. */
function text(plain: string): string {
  return plain.replaceAll("\\", "\\e").replaceAll("-", "\\-");
}
