import { join, relative } from "node:path";
import { layOut, reset as resetFiles, undo as undoReset } from "../../../course/workspace.js";
import { TqError } from "../../../errors.js";
import { type Job } from "./job.js";
import { readPart } from "./read-part.js";

/** `--start`: lay out the starter. */
export async function start(job: Job): Promise<number> {
  const { context, folder, command } = job;
  const files = await starterOf(job);
  const { written, kept } = await layOut(files, folder);
  for (const path of written) await context.out.tell(`written  ${show(folder, path)}`);
  for (const path of kept) await context.out.tell(`kept     ${show(folder, path)} (it was there already)`);
  context.notes.say(`next: ${command}`);
  return 0;
}

/** `--reset`: the starter's files in place of the student's, which are kept. */
export async function reset(job: Job): Promise<number> {
  const { context, folder, command, loaded } = job;
  const { slug } = loaded.exercise;
  const paths = await resetFiles(await starterOf(job), folder, storeFor(context.home, slug));
  for (const path of paths) await context.out.tell(`reset    ${show(folder, path)}`);
  context.notes.say(`Your files are kept. To have them back: ${command} --undo`);
  return 0;
}

/** `--undo`: what --reset took away. */
export async function undo({ context, folder, command, loaded }: Job): Promise<number> {
  const { slug } = loaded.exercise;
  const paths = await undoReset(folder, storeFor(context.home, slug));
  for (const path of paths) await context.out.tell(`back     ${show(folder, path)}`);
  context.notes.say(`To take that back again: ${command} --undo`);
  return 0;
}

async function starterOf(job: Job): ReturnType<typeof readPart> {
  const files = await readPart(job, "starter");
  if (files.length > 0) return files;
  throw new TqError(`exercise ${job.loaded.exercise.number} has no files: all of it happens in terminals`, {
    code: "no-starter",
    exitCode: 2,
    hint: `Walk through it:  ${job.command}`,
  });
}

/** Where the files are kept that a reset took away. */
export function storeFor(home: string, slug: string): string {
  return join(home, "kept", `${slug}.json`);
}

function show(folder: string, path: string): string {
  return relative(process.cwd(), join(folder, path)) || path;
}
