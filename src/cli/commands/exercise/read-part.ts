import { chooseVariant, type Part } from "../../../course/variants.js";
import { readTemplate, type TemplateFile } from "../../../course/workspace.js";
import { canChoose, choose } from "../../terminal/choose.js";
import { type Job } from "./job.js";

/**
 * The files of the starter or the solution, in the variant that was asked for or that goes with the student's files;
 * where neither tells, a person is asked.
 */
export async function readPart(job: Job, part: Part): Promise<TemplateFile[]> {
  const { loaded, folder, options, context } = job;
  const ask = (variants: string[]): Promise<string> =>
    choose(
      { question: `The ${part} in which way?`, choices: variants.map((name) => ({ value: name, name })) },
      context,
    );
  const variant = await chooseVariant({
    exerciseFolder: loaded.folder,
    part,
    wanted: options.variant,
    folder,
    ask: canChoose(context) ? ask : undefined,
  });
  return readTemplate(loaded.folder, part, variant);
}
