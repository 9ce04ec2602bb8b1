import { hintFor } from "../../../course/hints.js";
import { readProgress, updateProgress } from "../../../course/progress.js";
import { solutionOf } from "../../../course/step-solution.js";
import { canChoose, choose } from "../../terminal/choose.js";
import { type Job } from "./job.js";
import { readPart } from "./read-part.js";

/** Null stands for all steps. */
type Part = string | null;

type Print = (text: string) => Promise<void>;

/** `--solution`: of one step with `--step`; on a terminal it asks first. */
export async function solution(job: Job): Promise<number> {
  const { context, options, loaded } = job;
  const part = options.step ?? null;
  const what = part === null ? `of exercise ${loaded.exercise.number}` : `of step ${part}`;
  if (canChoose(context) && !options.yes) {
    const { confirm } = await import("../../terminal/confirm.js");
    if (!(await confirm(`Show the solution ${what}?${announce(job, part)}`, context))) return 0;
  }
  await show(job, part, (text) => context.out.line(text));
  return 0;
}

/** In the walk: of the step, of all, or not at all. */
export async function offerSolution(job: Job, step: string, print: Print): Promise<void> {
  const { context, loaded } = job;
  const chosen = await choose<"step" | "all" | "none">(
    {
      question: "Show the solution?",
      choices: [
        { value: "none", name: "no, go on" },
        { value: "step", name: `of this step, ${step}${announce(job, step)}` },
        { value: "all", name: `of all ${loaded.exercise.steps.length} steps${announce(job, null)}` },
      ],
      first: "none",
    },
    context,
  );
  if (chosen !== "none") await show(job, chosen === "step" ? step : null, print);
}

async function show(job: Job, part: Part, print: Print): Promise<void> {
  const { context, loaded } = job;
  const { exercise } = loaded;
  const files = await readPart(job, "solution");
  const shown =
    part === null
      ? files.map(({ path, content }) => ({ path, text: content.toString() }))
      : solutionOf(exercise, part, files);
  const hint = part === null ? null : hintFor(exercise, part, Infinity);
  const texts = [
    ...(hint ? [`# --- ${part ?? ""}\n${hint.text}\n`] : []),
    ...shown.map(({ path, text }) => `# --- ${path}\n${text.trimEnd()}\n`),
  ];
  await print(texts.join("\n"));
  const marks = whatIsMarked(job, part);
  if (marks.length === 0) return;
  updateProgress(context.home, exercise.slug, (progress) => {
    if (part === null) progress.viewed = true;
    else progress.viewedSteps.push(part);
  });
  context.notes.say(
    `${part === null ? `Exercise ${exercise.number}` : `Step ${part}`} is marked "solution viewed".`,
  );
}

/** The steps that were open when their solution was seen: of what has passed, it is no news. */
function whatIsMarked({ context, loaded }: Job, part: Part): string[] {
  const { steps, slug } = loaded.exercise;
  const { passed, viewed, viewedSteps } = readProgress(context.home, slug);
  if (viewed || (part !== null && viewedSteps.includes(part))) return [];
  return steps.map(({ id }) => id).filter((id) => (part === null || id === part) && !(id in passed));
}

function announce(job: Job, part: Part): string {
  return whatIsMarked(job, part).length > 0 ? ' (it is then marked "solution viewed")' : "";
}
