import { chooseVariant, type Part } from "../../../course/variants.js";
import { readTemplate, type TemplateFile } from "../../../course/workspace.js";
import { type Job } from "./job.js";

/** The files of the starter or the solution, in the variant that was asked for or that goes with the student's files. */
export function readPart({ loaded, folder, options }: Job, part: Part): Promise<TemplateFile[]> {
  const variant = chooseVariant({ exerciseFolder: loaded.folder, part, wanted: options.variant, folder });
  return readTemplate(loaded.folder, part, variant);
}
