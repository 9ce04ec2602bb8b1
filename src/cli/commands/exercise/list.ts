import { type CatalogEntry, findLacks, listExercises } from "../../../course/catalog.js";
import { type ExerciseProgress, readProgress } from "../../../course/progress.js";
import { type Context } from "../../context.js";
import { canChoose, choose } from "../../terminal/choose.js";

interface Row {
  entry: CatalogEntry;
  progress: ExerciseProgress;
  lacks: string[];
}

/** `tq exercise`: all of them, with their state, what is next, and why one cannot run here. */
async function showList(context: Context): Promise<void> {
  const { out, settings, notes } = context;
  const rows = await readRows(context);
  if (settings.json) {
    for (const row of rows) await out.line(toJson(row));
    return;
  }
  for (const row of rows) {
    await out.tell(describeRow(row));
    for (const lack of row.lacks) await out.tell(`    cannot run here: ${lack}`);
  }
  const next = findNext(rows);
  notes.say(
    next
      ? `next: tq exercise ${next.entry.number}    verify: tq exercise ${next.entry.number} --check`
      : "All exercises are done.",
  );
}

/** The same as a list to choose from, where somebody can: the number, null where none is wanted, or where nobody can. */
export async function chooseExercise(context: Context): Promise<number | null> {
  if (context.settings.plain || !canChoose(context)) {
    await showList(context);
    return null;
  }
  const rows = await readRows(context);
  const choices = rows.map((row) => ({
    value: row.entry.number,
    name: describeRow(row),
    description: [row.entry.summary, ...row.lacks.map((lack) => `cannot run here: ${lack}`)].join("; "),
  }));
  const next = findNext(rows)?.entry.number ?? QUIT;
  const question = "Which exercise?";
  const chosen = await choose(
    { question, choices: [...choices, { value: QUIT, name: " q  quit" }], first: next },
    context,
  );
  return chosen === QUIT ? null : chosen;
}

const QUIT = 0;

async function readRows(context: Context): Promise<Row[]> {
  return Promise.all(
    listExercises(context.assets).map(async (entry) => ({
      entry,
      progress: readProgress(context.home, entry.slug),
      lacks: await findLacks(entry.needs, context),
    })),
  );
}

function findNext(rows: readonly Row[]): Row | undefined {
  return rows.find(({ entry, progress }) => countPassed(entry, progress) < entry.steps.length);
}

function describeRow({ entry, progress }: Row): string {
  return `${String(entry.number).padStart(2)}  ${entry.title.padEnd(36)} ${describeState(entry, progress)}`;
}

function countPassed({ steps }: CatalogEntry, { passed }: ExerciseProgress): number {
  return steps.filter((id) => id in passed).length;
}

export function describeState(entry: CatalogEntry, progress: ExerciseProgress): string {
  const passed = countPassed(entry, progress);
  const of = `${passed} of ${entry.steps.length} steps`;
  const steps = progress.viewedSteps.length;
  const viewed = progress.viewed
    ? ", solution viewed"
    : steps > 0
      ? `, solution of ${steps} ${steps === 1 ? "step" : "steps"} viewed`
      : "";
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
