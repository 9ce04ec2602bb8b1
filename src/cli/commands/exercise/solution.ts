import { updateProgress } from "../../../course/progress.js";
import { type Job } from "./job.js";
import { readPart } from "./read-part.js";

/** `--solution`: its files, one after the other. */
export async function showSolution(job: Job): Promise<number> {
  const { context, loaded } = job;
  const { exercise } = loaded;
  await context.out.line(await formatSolution(job));
  updateProgress(context.home, exercise.slug, (progress) => {
    progress.viewed = true;
  });
  context.notes.say(`Exercise ${exercise.number} is marked "solution viewed".`);
  return 0;
}

export async function formatSolution(job: Job): Promise<string> {
  const files = await readPart(job, "solution");
  return files.map(({ path, content }) => `# --- ${path}\n${content.toString().trimEnd()}\n`).join("\n");
}
