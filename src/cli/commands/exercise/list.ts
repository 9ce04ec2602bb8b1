import { type CatalogEntry, findLacks, listExercises } from "../../../course/catalog.js";
import { type ExerciseProgress, readProgress } from "../../../course/progress.js";
import { type Context } from "../../context.js";

/** `tq exercise`: all of them, with their state, what is next, and why one cannot run here. */
export async function showList(context: Context): Promise<number> {
  const { assets, home, out, settings } = context;
  const rows = await Promise.all(
    listExercises(assets).map(async (entry) => {
      const progress = readProgress(home, entry.slug);
      return { entry, progress, lacks: await findLacks(entry.needs, context) };
    }),
  );
  if (settings.json) {
    for (const row of rows) await out.line(toJson(row));
    return 0;
  }
  for (const { entry, progress, lacks } of rows) {
    await out.line(
      `${String(entry.number).padStart(2)}  ${entry.title.padEnd(36)} ${describeState(entry, progress)}`,
    );
    for (const lack of lacks) await out.line(`    cannot run here: ${lack}`);
  }
  const next = rows.find(({ entry, progress }) => countPassed(entry, progress) < entry.steps.length);
  context.notes.say(
    next
      ? `next: tq exercise ${next.entry.number}    verify: tq exercise ${next.entry.number} --check`
      : "All exercises are done.",
  );
  return 0;
}

interface Row {
  entry: CatalogEntry;
  progress: ExerciseProgress;
  lacks: string[];
}

function countPassed({ steps }: CatalogEntry, { passed }: ExerciseProgress): number {
  return steps.filter((id) => id in passed).length;
}

function describeState(entry: CatalogEntry, progress: ExerciseProgress): string {
  const passed = countPassed(entry, progress);
  const of = `${passed} of ${entry.steps.length} steps`;
  const viewed = progress.viewed ? ", solution viewed" : "";
  if (passed === entry.steps.length) return `done${viewed}`;
  return passed === 0 ? `not begun${viewed}` : `${of}${viewed}`;
}

function toJson({ entry, progress, lacks }: Row): string {
  const { number, slug, title, steps } = entry;
  const passed = steps.filter((id) => id in progress.passed);
  return JSON.stringify({
    number,
    slug,
    title,
    steps,
    passed,
    skipped: progress.skipped,
    viewed: progress.viewed,
    ready: lacks.length === 0,
    lacks,
  });
}
