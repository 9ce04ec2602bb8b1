import { type Question, type Step } from "../../../course/exercise.js";
import { readProgress, updateProgress } from "../../../course/progress.js";
import { type Probes } from "../../../course/session.js";
import { ask } from "../../terminal/ask.js";
import { type Job } from "./job.js";

const KEYS = "A question. Type your answer, then Enter; Enter alone, twice, leaves it out.";

/** The question that is asked before a step, unless it was answered right before. */
export function openQuestion(step: Step, { context, loaded }: Job): Question | undefined {
  const { questions = [], slug } = loaded.exercise;
  const question = questions.find(({ before }) => before === step.id);
  return question && !readProgress(context.home, slug).answered.includes(step.id) ? question : undefined;
}

/** Until it is answered right or left out. */
export async function askQuestion(
  question: Question,
  { context, loaded }: Job,
  probes: () => Promise<Probes>,
  say: (text: string) => Promise<void>,
): Promise<void> {
  await say(`${KEYS}\n`);
  let wasEmpty = false;
  for (;;) {
    const answer = (await ask(question.ask, context)).trim();
    if (answer === "" && wasEmpty) {
      await say("Left out. It is asked again when you come back to this step.\n");
      return;
    }
    wasEmpty = answer === "";
    if (wasEmpty) {
      await say("Nothing was typed. Enter alone once more leaves the question out.");
      continue;
    }
    const { right, says } = await question.judge(answer, await probes());
    await say(`${right ? "Right." : "Not yet."} ${says}\n`);
    if (!right) continue;
    updateProgress(context.home, loaded.exercise.slug, (progress) => {
      progress.answered.push(question.before);
    });
    return;
  }
}
