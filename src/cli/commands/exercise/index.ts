import { Option } from "commander";
import { statSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { loadExercise } from "../../../course/catalog.js";
import { chooseEdition } from "../../../course/editions.js";
import { exerciseCommand } from "../../../course/session.js";
import { TqError } from "../../../errors.js";
import { type Exercise } from "../../../course/exercise.js";
import { type CommandModule } from "../../command.js";
import { type Context } from "../../context.js";
import { httpAddress, jsonValue } from "../../options.js";
import { type Job } from "./job.js";
import { type ExerciseOptions } from "./options.js";
import { readNumber, readStep } from "./read-number.js";

/** What can be asked of an exercise, beside walking through it; each in a file of its own. */
const MODES = [
  ...(["check", "describe", "watch", "start", "lesson", "hint", "solution"] as const),
  ...(["reset", "undo", "restart", "export"] as const),
] as const;
type Mode = (typeof MODES)[number];

export const exercise: CommandModule = {
  define: (command) =>
    command
      .argument("[number]", "which exercise; without it, the list to choose from")
      .argument("[folder]", "where your files are (default: here)")
      .option("--check", "verify it and exit")
      .option(
        "--step <id>",
        "with --check: only this step, and what it needs; with --solution: only its part",
      )
      .addOption(new Option("--format <format>", "with --check").choices(["text", "json"]).default("text"))
      .option("--seed <seed>", "with --check: repeat a run with the same random choices")
      .option("--python <path>", 'the Python that runs your files; "container": one in a container')
      .option("--allow-network", "let your files connect to other machines while they are run")
      .option("--record", "with --allow-network: keep what comes from the web beside your files, for tq.yaml")
      .option("--slow", "exercise 9: wait for what takes a minute, too")
      .option("--keep", "with --check: leave the private Redis of the run open, to look into it")
      .option("--url <address>", "look at a running system from outside, instead of your files", httpAddress)
      .option("--job <json>", "the body of a job, where the API wants another than start and end", jsonValue)
      .option("--system <file>", "a tq.yaml that says how your system is asked and started")
      .option("--yes", "do not ask: before --solution, --restart, and what --check does on a cluster")
      .option("--describe", "exercise 7: print what was found out about your system, as a tq.yaml")
      .option("--watch", "verify again whenever something changes")
      .option("--start [folder]", "lay out the files to start from; nothing is overwritten")
      .option("--lesson", "show the lesson")
      .option("--hint", "the next hint for the step you are at")
      .option("--solution", "show the solution")
      .option("--variant <name>", "with --start, --reset, --solution: such as flask or fastapi")
      .option("--edition <name>", "exercises 4 to 6: 2026 for the newest form of the course, or classic")
      .option("--reset", "begin anew: your files are kept aside, and the starter's take their place")
      .option("--undo", "bring back what --reset took away")
      .option("--restart", "begin the exercise anew: its progress is forgotten, and files are reset")
      .option("--export", "print your progress, to hand it in; of all exercises without a number"),

  note: "Without an option: walk through it, step by step.\n--check ends with 0 when every check passed, 1 when one did not, 3 when this machine is in the way.",

  run: (context, options: ExerciseOptions, number?: string, folder?: string) =>
    runExercise(
      context,
      options,
      number === undefined ? undefined : readNumber(context.assets, number),
      folder,
    ),
};

export async function runExercise(
  context: Context,
  options: ExerciseOptions,
  named?: number,
  given?: string,
): Promise<number | undefined> {
  const { assets } = context;
  const mode = chooseMode(options);
  if (mode === "export") return (await import("./export.js")).exportProgress(context, named);
  const number = named ?? (await (await import("./list.js")).chooseExercise(context));
  if (number === null) return 0;
  const where = given ?? (typeof options.start === "string" ? options.start : ".");
  const folder = resolve(where);
  const loaded = await chooseEdition(await loadExercise(assets, number), { wanted: options.edition, folder });
  refuseForeignOptions(options, loaded.exercise, mode);
  if (options.step !== undefined) readStep(assets, loaded.exercise, options.step);
  if (!["start", "reset", "undo", "restart"].includes(mode)) refuseNoFolder(folder);
  const shownFolder = showFolder(folder);
  const command = exerciseCommand(number, shownFolder);
  return run(mode, { context, options, folder, shownFolder, command, loaded });
}

async function run(mode: Exclude<Mode, "export"> | "walk", job: Job): Promise<number | undefined> {
  switch (mode) {
    case "check":
      return (await import("./check.js")).check(job);
    case "describe":
      return (await import("./describe.js")).describe(job);
    case "watch":
      return (await import("./watch.js")).watch(job);
    case "lesson":
      await job.context.out.write(job.loaded.lesson);
      return 0;
    case "hint":
      return (await import("./hint.js")).showHint(job);
    case "solution":
      return (await import("./solution.js")).solution(job);
    case "restart":
      return (await import("./restart.js")).restart(job);
    case "walk":
      return (await import("./walk.js")).walk(job);
    case "start":
    case "reset":
    case "undo":
      return (await import("./files.js"))[mode](job);
  }
}

function chooseMode(options: ExerciseOptions): Mode | "walk" {
  const chosen = MODES.filter((mode) => options[mode] !== undefined);
  if (chosen.length > 1) {
    throw new TqError(`--${chosen.join(" and --")} do not go together`, {
      code: "usage",
      exitCode: 2,
      hint: "Take one of them. See:  tq exercise --help",
    });
  }
  const goesWith = { step: ["check", "solution"], keep: ["check"], yes: ["check", "solution", "restart"] };
  for (const [name, modes] of Object.entries(goesWith)) {
    if (options[name as keyof typeof goesWith] === undefined || modes.includes(chosen[0] ?? "")) continue;
    const list = new Intl.ListFormat("en", { type: "disjunction" }).format(modes.map((mode) => `--${mode}`));
    throw new TqError(`--${name} goes with ${list}`, { code: "usage", exitCode: 2 });
  }
  if (options.record && !options.allowNetwork)
    throw new TqError("--record goes with --allow-network", { code: "usage", exitCode: 2 });
  return chosen[0] ?? "walk";
}

/** Some options are of one exercise only; the exercise says which. */
function refuseForeignOptions(
  options: ExerciseOptions,
  { number, takes = [], describe }: Exercise,
  mode: Mode | "walk",
): void {
  if (options.describe && !describe)
    throw new TqError(`exercise ${number} has no --describe`, { code: "usage", exitCode: 2 });
  const foreign = (["url", "job", "system", "slow", "yes"] as const).find(
    (name) => options[name] !== undefined && !takes.includes(name) && (name !== "yes" || mode === "check"),
  );
  if (foreign === undefined) return;
  throw new TqError(`exercise ${number} has no --${foreign}`, { code: "usage", exitCode: 2 });
}

function showFolder(folder: string): string {
  const inside = relative(process.cwd(), folder);
  return inside.startsWith("..") || isAbsolute(inside) ? folder : inside;
}

function refuseNoFolder(folder: string): void {
  let problem = `there is no folder ${folder}`;
  try {
    const facts = statSync(folder, { throwIfNoEntry: false });
    if (facts?.isDirectory()) return;
    if (facts) problem = `${folder} is a file`;
  } catch (error) {
    // Such as a name that is too long, or a folder above it that may not be entered.
    problem = (error as Error).message;
  }
  throw new TqError(problem, { code: "no-folder", exitCode: 2, hint: "Name the folder of your files." });
}
