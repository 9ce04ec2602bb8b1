import { listVariants, pathOf, type Variant } from "./index.js";
import { type Change, type Mistake, MISTAKES } from "./mistakes.js";

/** A variant with one mistake in it. */
export interface MistakenVariant {
  /** As mistakes are called in findings, such as undefined-name. */
  mistake: string;
  /** The variant as it was. */
  variant: Variant;
  files: Record<string, string>;
  /** Where it must be named; lines count from 1. */
  at: { file: string; line: number };
}

const TIMES = 3;

/** Each mistake, made in three variants that are as different as the list has them. */
export function listMistakes(): MistakenVariant[] {
  const variants = listVariants();
  return MISTAKES.flatMap((mistake, n) => {
    const fit = variants.filter(({ choices }) => mistake.suits?.(choices) ?? true);
    return Array.from({ length: TIMES }, (_, time) => {
      const variant = fit[(n + Math.floor((time * fit.length) / TIMES)) % fit.length];
      if (!variant) throw new Error(`no variant fits ${mistake.name}`);
      return make(mistake, variant);
    });
  });
}

function make({ name, changes, at }: Mistake, variant: Variant): MistakenVariant {
  const { choices } = variant;
  const files = { ...variant.files };
  for (const change of changes(choices)) apply(change, files, variant);
  const { file, text } = at(choices);
  const path = placeOf(file, variant);
  return { mistake: name, variant, files, at: { file: path, line: lineOf(text, path, files[path] ?? "") } };
}

function placeOf(file: string, { choices }: Variant): string {
  return file.endsWith(".py") ? pathOf(choices, file) : file;
}

function apply({ file, find, put }: Change, files: Record<string, string>, variant: Variant): void {
  const path = placeOf(file, variant);
  const parts = (files[path] ?? "").split(find);
  if (parts.length !== 2) {
    throw new Error(`${variant.name}: ${path} holds this ${parts.length - 1} times, not once:\n${find}`);
  }
  files[path] = parts.join(put);
}

/** The number of the last line with this text: what is made a second time stands below the first. */
function lineOf(text: string, path: string, source: string): number {
  const line = source.split("\n").findLastIndex((one) => one.includes(text)) + 1;
  if (line === 0) throw new Error(`${path} has no line with ${text}`);
  return line;
}
