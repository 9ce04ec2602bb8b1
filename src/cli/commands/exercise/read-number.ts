import { listExercises } from "../../../course/catalog.js";
import { TqError } from "../../../errors.js";

/** The exercise of this number. Throws `TqError` (exit 2), with what may be meant. */
export function readNumber(assets: string, text: string): number {
  const numbers = listExercises(assets).map(({ number }) => number);
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (numbers.includes(number)) return number;
  const [, ofStep] = /^(\d+)\.\d+$/.exec(text) ?? [];
  const steps = listExercises(assets).find((entry) => String(entry.number) === ofStep)?.steps ?? [];
  const known = `There are: ${numbers.join(", ")}. See:  tq exercise`;
  throw new TqError(`there is no exercise ${text}`, {
    code: "no-exercise",
    exitCode: 2,
    hint: steps.includes(text)
      ? `It is a step of exercise ${ofStep ?? ""}:  tq exercise ${ofStep ?? ""} --check --step ${text}`
      : /\d/.test(text)
        ? known
        : `The number comes first, then the folder. ${known}`,
  });
}

/** A step of the exercise. Throws `TqError` (exit 2), with what may be meant. */
export function readStep(
  assets: string,
  { number, steps }: { number: number; steps: readonly { id: string }[] },
  text: string,
): string {
  const ids = steps.map(({ id }) => id);
  if (ids.includes(text)) return text;
  const other = listExercises(assets).find((entry) => entry.steps.includes(text));
  throw new TqError(`exercise ${number} has no step ${text}`, {
    code: "no-step",
    exitCode: 2,
    hint: [
      ...(other ? [`That is a step of exercise ${other.number}.`] : []),
      `Its steps: ${ids.join(", ")}`,
    ].join("\n"),
  });
}
