import { existsSync } from "node:fs";
import { join } from "node:path";
import { restartProgress } from "../../../course/progress.js";
import { confirmRemoval } from "../../confirm-removal.js";
import { storeFor } from "./files.js";
import { type Job } from "./job.js";
import { readPart } from "./read-part.js";
import { reset as resetFiles } from "../../../course/workspace.js";

/** `--restart`: the progress is forgotten, what happened in Redis so far counts no more, and files are the starter's again. */
export async function restart(job: Job): Promise<number> {
  const { context, command, folder, loaded, options } = job;
  const { number, slug } = loaded.exercise;
  const files = await readPart(job, "starter");
  const theirs = files.filter(({ path }) => existsSync(join(folder, path)));
  const what = `your progress of exercise ${number}`;
  const asked = { what, command: `${command} --restart` };
  if (!options.yes && !(await confirmRemoval(context, asked))) return 0;
  if (theirs.length > 0) await resetFiles(files, folder, storeFor(context.home, slug));
  restartProgress(context.home, slug);
  await context.out.tell(`exercise ${number} begins anew`);
  if (theirs.length > 0)
    context.notes.say(`The starter's files are in place of yours. To have yours back: ${command} --undo`);
  context.notes.say(`next: ${command}`);
  return 0;
}
