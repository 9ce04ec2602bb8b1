import { updateProgress } from "../../../course/progress.js";
import { readTemplate } from "../../../course/workspace.js";
import { type Job } from "./job.js";

/** `--solution`: its files, one after the other. */
export async function showSolution({ context, loaded }: Job): Promise<number> {
  const { exercise, folder } = loaded;
  for (const { path, content } of await readTemplate(folder, "solution")) {
    await context.out.line(`# --- ${path}\n${content.toString().trimEnd()}\n`);
  }
  updateProgress(context.home, exercise.slug, (progress) => {
    progress.viewed = true;
  });
  context.notes.say(`Exercise ${exercise.number} is marked "solution viewed".`);
  return 0;
}
