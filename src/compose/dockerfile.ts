import { readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { type SourceLine } from "../text/finding.js";
import { splitWords } from "../text/split-words.js";
import { shownFrom } from "./document.js";
import { type Instruction, readInstructions } from "./dockerfile-lines.js";

/** A variable that an image or a service sets. */
interface ImageVariable extends SourceLine {
  value: string;
}

/** `COPY` or `ADD`. */
export interface Copy extends SourceLine {
  /** As they are written, relative to the build's folder. */
  sources: readonly string[];
  /** Where they go inside: an absolute path; with a / at its end it is a folder for sure. */
  to: string;
  /** `--from`: another stage or image; null where they come from the build's folder. */
  from: string | null;
}

/** `RUN`, word by word where it is a list, else as the shell gets it. */
interface RunLine extends SourceLine {
  command: string;
  /** The folder in which it runs. */
  folder: string;
  /** It sees files for its own time (`--mount`). */
  hasMounts: boolean;
}

/** What a Dockerfile makes: the stage that is built, with the stages on which it stands. */
export interface Dockerfile {
  /** Relative to the student's folder, with /. */
  file: string;
  /** Absolute. */
  path: string;
  /** The image it begins from, and the line. */
  base: string;
  baseAt: SourceLine;
  environment: ReadonlyMap<string, ImageVariable>;
  /** The last `WORKDIR`: absolute; "" where it names none, and the base image decides. */
  folder: string;
  /** What a container runs, as words; a shell's line becomes `/bin/sh -c line`. Null where the base image decides. */
  entrypoint: readonly string[] | null;
  command: readonly string[] | null;
  /** The lines of both; null where it has neither. */
  runsAt: SourceLine | null;
  copies: readonly Copy[];
  runs: readonly RunLine[];
  /** The ports of `EXPOSE`. */
  exposes: readonly number[];
  /** The last instruction; one line of a Dockerfile that says nothing of a matter. */
  lastAt: SourceLine;
}

/** Bytes: nobody writes a longer one. */
const LARGEST = 256 * 1024;

export interface DockerfileOptions {
  /** The student's folder. */
  root: string;
  /** `build.target`; "" for the last stage. */
  target?: string;
  args?: Readonly<Record<string, string | null>>;
}

/** Null where there is no such file, or none with a stage. */
export function readDockerfile(path: string, options: DockerfileOptions): Dockerfile | null {
  try {
    const facts = statSync(path);
    if (!facts.isFile() || facts.size > LARGEST) return null;
    return parseDockerfile(readFileSync(path, "utf8"), path, options);
  } catch {
    return null;
  }
}

interface Stage {
  name: string;
  /** An image, or the name or number of an earlier stage. */
  from: string;
  at: SourceLine;
  instructions: Instruction[];
}

export function parseDockerfile(
  text: string,
  path: string,
  { root, target = "", args = {} }: DockerfileOptions,
): Dockerfile | null {
  const file = shownFrom(root, path);
  const before = new Map<string, string>();
  const stages: Stage[] = [];
  for (const instruction of readInstructions(text, file)) {
    const { name, rest, at } = instruction;
    const stage = stages.at(-1);
    if (name === "FROM") {
      const [from = "", as, called = ""] = splitWords(rest).filter((word) => !word.startsWith("--"));
      const isNamed = as?.toLowerCase() === "as";
      stages.push({ name: isNamed ? called : "", from: fillIn(from, before), at, instructions: [] });
    } else if (stage) stage.instructions.push(instruction);
    else if (name === "ARG") setArgument(rest, before, args);
  }
  const wanted = target === "" ? stages.at(-1) : stages.find(({ name }) => name === target);
  return wanted ? build(wanted, stages, { file, path, before, args }) : null;
}

interface BuildFacts {
  file: string;
  path: string;
  before: ReadonlyMap<string, string>;
  args: Readonly<Record<string, string | null>>;
}

function build(
  wanted: Stage,
  stages: readonly Stage[],
  { file, path, before, args }: BuildFacts,
): Dockerfile {
  const chain = [wanted];
  for (let base = stageNamed(wanted, stages); base; base = stageNamed(base, stages)) chain.unshift(base);
  const [first = wanted] = chain;
  const environment = new Map<string, ImageVariable>();
  const copies: Copy[] = [];
  const runs: RunLine[] = [];
  const exposes: number[] = [];
  let folder = "";
  let entrypoint: readonly string[] | null = null;
  let command: readonly string[] | null = null;
  let runsAt: SourceLine | null = null;
  let lastAt = wanted.at;
  for (const { instructions } of chain) {
    const known = new Map<string, string>();
    for (const { name, rest, body, at } of instructions) {
      const filled = fillIn(rest, known);
      lastAt = at;
      switch (name) {
        case "ARG":
          setArgument(rest, known, args, before);
          break;
        case "ENV":
          for (const [variable, value] of readPairs(filled)) {
            known.set(variable, value);
            environment.set(variable, { ...at, value });
          }
          break;
        case "WORKDIR":
          folder = posix.resolve("/", folder, splitWords(filled)[0] ?? "");
          break;
        case "COPY":
        case "ADD":
          copies.push(...readCopy(filled, folder, at));
          break;
        case "RUN":
          runs.push({
            ...at,
            folder: folder || "/",
            hasMounts: rest.startsWith("--mount") || rest.includes(" --mount="),
            command: body === "" ? commandLine(rest) : body,
          });
          break;
        case "EXPOSE":
          exposes.push(...splitWords(filled).map((one) => Number.parseInt(one, 10)));
          break;
        case "ENTRYPOINT":
          entrypoint = readWords(rest);
          // Source: https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact
          command = null;
          runsAt = at;
          break;
        case "CMD":
          command = readWords(rest);
          runsAt = at;
          break;
      }
    }
  }
  return {
    file,
    path,
    base: first.from,
    baseAt: first.at,
    environment,
    folder,
    entrypoint,
    command,
    runsAt,
    copies,
    runs,
    exposes: exposes.filter(Number.isInteger),
    lastAt,
  };
}

function stageNamed(stage: Stage, stages: readonly Stage[]): Stage | undefined {
  const earlier = stages.slice(0, stages.indexOf(stage));
  return earlier.find(({ name }) => name !== "" && name.toLowerCase() === stage.from.toLowerCase());
}

function readCopy(rest: string, folder: string, at: SourceLine): Copy[] {
  const flags = /^(?:--\S+\s+)*/.exec(rest)?.[0] ?? "";
  const words = listOf(rest.slice(flags.length)) ?? splitWords(rest.slice(flags.length));
  const target = words.at(-1);
  if (words.length < 2 || target === undefined) return [];
  const isFolder = /(?:^|\/)\.?\.?$/.test(target) || words.length > 2;
  const to = posix.resolve("/", folder, target);
  const from = /--from=(\S+)/.exec(flags)?.[1] ?? null;
  return [{ ...at, from, sources: words.slice(0, -1), to: isFolder && to !== "/" ? `${to}/` : to }];
}

function setArgument(
  rest: string,
  known: Map<string, string>,
  given: Readonly<Record<string, string | null>>,
  before?: ReadonlyMap<string, string>,
): void {
  for (const word of splitWords(rest)) {
    const [name = "", value] = word.split(/=(.*)/s);
    const set = given[name] ?? value ?? before?.get(name);
    if (set !== undefined) known.set(name, fillIn(set, known));
  }
}

/** `NAME=value NAME=value`, or the older `NAME value`. */
function readPairs(rest: string): [string, string][] {
  if (!/^\s*[\w.-]+=/.test(rest)) {
    const [, name = "", value = ""] = /^\s*(\S+)\s+(.*?)\s*$/s.exec(rest) ?? [];
    return name === "" ? [] : [[name, value]];
  }
  return splitWords(rest).flatMap((word): [string, string][] => {
    const [name = "", value] = word.split(/=(.*)/s);
    return value === undefined ? [] : [[name, value]];
  });
}

/** What is known is filled in; the rest stays as it is written. */
function fillIn(text: string, known: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g,
    (whole, long?: string, otherwise?: string, short?: string) => {
      return known.get(long ?? short ?? "") ?? otherwise ?? whole;
    },
  );
}

function listOf(text: string): string[] | null {
  if (!text.trim().startsWith("[")) return null;
  try {
    return (JSON.parse(text) as unknown[]).map(String);
  } catch {
    return null; // as a shell reads it
  }
}

function readWords(rest: string): string[] {
  return listOf(rest) ?? ["/bin/sh", "-c", rest.trim()];
}

function commandLine(rest: string): string {
  const plain = rest.replace(/^(?:--\S+\s+)+/, "");
  return listOf(plain)?.join(" ") ?? plain;
}
