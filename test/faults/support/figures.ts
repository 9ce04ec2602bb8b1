import { SEED } from "./random.js";

/** Prints what a run tried and saw on one line, as `docs/faults.md` quotes it. */
export function printFigures(what: string, figures: Record<string, number | string>): void {
  const seen = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`);
  console.log(`${what}: ${seen.join(", ")}; seed ${SEED}`);
}
