import { updateProgress } from "../../../course/progress.js";
import { type Job } from "./job.js";
import { readPart } from "./read-part.js";

/** `--solution`: its files, one after the other. */
export async function solution(job: Job): Promise<number> {
  const { context, loaded } = job;
  await showSolution(job, (text) => context.out.line(text));
  context.notes.say(`Exercise ${loaded.exercise.number} is marked "solution viewed".`);
  return 0;
}

/** Shows the files, and remembers that they were seen. */
export async function showSolution(job: Job, say: (text: string) => Promise<void>): Promise<void> {
  const files = await readPart(job, "solution");
  await say(files.map(({ path, content }) => `# --- ${path}\n${content.toString().trimEnd()}\n`).join("\n"));
  updateProgress(job.context.home, job.loaded.exercise.slug, (progress) => {
    progress.viewed = true;
  });
}
