import { type CatalogEntry, listExercises } from "../../../course/catalog.js";
import { type ExerciseProgress, readProgress } from "../../../course/progress.js";
import { wrapLines } from "../../../report/wrap.js";
import { type Context } from "../../context.js";
import { describeState } from "./list.js";
import { version } from "../../version.js";

/** `--export`: how far this student is, with what was seen of each step, of one exercise or of all. */
export async function exportProgress(context: Context, number: number | undefined): Promise<number> {
  const { assets, home, out, settings } = context;
  const entries = listExercises(assets).filter((entry) => number === undefined || entry.number === number);
  for (const entry of entries) {
    const progress = readProgress(home, entry.slug);
    if (settings.json) await out.line(toJson(entry, progress));
    else await out.line(describe(entry, progress, out.isTerminal ? out.columns : Infinity));
  }
  return 0;
}

function describe(entry: CatalogEntry, progress: ExerciseProgress, width: number): string {
  const lines = [`${entry.number}  ${entry.title}: ${describeState(entry, progress)}`];
  for (const id of entry.steps) {
    const seen = progress.passed[id];
    const hints = progress.hints[id] ?? 0;
    const facts = [
      seen
        ? `passed ${seen.at.slice(0, 16).replace("T", " ")}`
        : progress.skipped.includes(id)
          ? "left out"
          : "open",
      ...(hints > 0 ? [`${hints} ${hints === 1 ? "hint" : "hints"}`] : []),
      ...(progress.viewedSteps.includes(id) ? ["solution viewed"] : []),
    ];
    lines.push(`    ${id.padEnd(6)}${facts.join(", ")}`);
    if (seen) lines.push(`          ${seen.observed}`);
  }
  return wrapLines(lines.join("\n"), width);
}

function toJson({ number, slug, title, steps }: CatalogEntry, progress: ExerciseProgress): string {
  const { passed, hints, skipped, viewed, viewedSteps, since } = progress;
  return JSON.stringify({
    tq: version,
    exercise: { number, slug, title },
    steps: steps.map((id) => ({
      id,
      passedAt: passed[id]?.at ?? null,
      observed: passed[id]?.observed ?? null,
      hints: hints[id] ?? 0,
      skipped: skipped.includes(id),
      solutionViewed: viewed || viewedSteps.includes(id),
    })),
    solutionViewed: viewed,
    restartedAt: since,
  });
}
