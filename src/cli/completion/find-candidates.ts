import { type Argument, type Command, type Option } from "commander";
import { defineCommand } from "../command-tree.js";

/** A word that can stand there, and what it is. */
export interface Candidate {
  word: string;
  says: string;
}

/** What only this machine knows: the words for an argument or the value of an option. */
export interface Sources {
  exercises: () => Candidate[];
  steps: (exercise: number) => Candidate[];
  variants: (exercise: number) => Candidate[];
  queues: () => Promise<Candidate[]>;
  sidecars: () => Promise<Candidate[]>;
  instances: () => Candidate[];
}

/** Where the word stands: behind which names, and which words of the command. */
interface Place {
  command: Command;
  /** Without options and their values. */
  words: string[];
  /** The option whose value it is. */
  option: Option | null;
}

/** What can stand in place of the last word, which may be only begun. */
export async function findCandidates(
  program: Command,
  words: readonly string[],
  sources: Sources,
): Promise<Candidate[]> {
  const begun = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  if (before.includes("--")) return [];
  const place = await findPlace(program, before);
  const all = await candidatesAt(program, place, begun, sources);
  return all.filter(({ word }) => word.startsWith(begun));
}

async function candidatesAt(
  program: Command,
  { command, words, option }: Place,
  begun: string,
  sources: Sources,
): Promise<Candidate[]> {
  if (option) return valuesOf(option, command, words, sources);
  const help = command.createHelp();
  if (begun.startsWith("-")) {
    return [...help.visibleOptions(command), ...help.visibleOptions(program)].flatMap((one) =>
      one.long ? { word: one.long, says: one.description } : [],
    );
  }
  if (command.commands.length > 0) {
    if (words.length > 0) return []; // no command of that name
    return help.visibleCommands(command).map((one) => ({ word: one.name(), says: one.summary() }));
  }
  const given = command.registeredArguments;
  const argument = given[Math.min(words.length, given.length - 1)];
  return argument && (words.length < given.length || argument.variadic)
    ? wordsOf(argument, command, words, sources)
    : [];
}

async function findPlace(program: Command, before: readonly string[]): Promise<Place> {
  const place: Place = { command: program, words: [], option: null };
  await defineCommand(program);
  for (const word of before) {
    if (place.option) {
      place.option = null;
      continue;
    }
    if (word.startsWith("-")) {
      const known = [...place.command.options, ...program.options].find((one) => one.long === word);
      place.option = known?.required ? known : null;
      continue;
    }
    const child = place.command.commands.find((one) => one.name() === word);
    if (child && place.words.length === 0) {
      await defineCommand(child);
      place.command = child;
    } else place.words.push(word);
  }
  return place;
}

async function valuesOf(
  option: Option,
  command: Command,
  words: readonly string[],
  sources: Sources,
): Promise<Candidate[]> {
  if (option.argChoices) return option.argChoices.map((word) => ({ word, says: "" }));
  switch (option.long) {
    case "--queue":
      return sources.queues();
    case "--step":
      return sources.steps(Number(words[0]));
    case "--variant":
      return sources.variants(Number(words[0]));
    case "--name":
      return command.parent?.name() === "redis" ? sources.instances() : [];
    default:
      return [];
  }
}

async function wordsOf(
  argument: Argument,
  command: Command,
  words: readonly string[],
  sources: Sources,
): Promise<Candidate[]> {
  if (argument.argChoices) return argument.argChoices.map((word) => ({ word, says: "" }));
  const path = `${command.parent?.name() ?? ""} ${command.name()}`;
  if (argument.name() === "number") return sources.exercises();
  if (argument.name() === "queue") return sources.queues();
  if (/^sidecar (exec|shell)$/.test(path) && words.length === 0) return sources.sidecars();
  if (command.name() === "help") return helpTopics(command, words);
  return [];
}

function helpTopics(command: Command, words: readonly string[]): Candidate[] {
  let topic = command.parent;
  for (const word of words) topic = topic?.commands.find((one) => one.name() === word) ?? null;
  if (!topic) return [];
  const topics = topic
    .createHelp()
    .visibleCommands(topic)
    .map((one) => ({ word: one.name(), says: one.summary() }));
  return words.length > 0 ? topics : [...topics, { word: "options", says: "what every command understands" }];
}
