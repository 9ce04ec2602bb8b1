import { listExercises } from "../../course/catalog.js";
import { type Finding, inspectMachine, lacksOf } from "../../course/machine/readiness.js";
import { type Look } from "../../report/text.js";
import { wrap, wrapAdvice } from "../../report/wrap.js";
import { type CommandModule } from "../command.js";
import { lookFor } from "../terminal/look.js";

interface DoctorOptions {
  python?: string;
}

const WORDS = { ok: "OK", lacks: "LACKS", note: "NOTE" } as const;
const COLORS = { ok: "green", lacks: "red", note: "yellow" } as const;

export const doctor: CommandModule = {
  define: (command) =>
    command.option("--python <path>", 'the Python that runs your files; "container": one in a container'),

  note: "Ends with 0 when every exercise can run here, else with 3.",

  run: async (context, { python }: DoctorOptions) => {
    const { env, platform, home, assets, out, settings } = context;
    const findings = await inspectMachine({ env, platform, home, assets, python, folder: process.cwd() });
    const exercises = listExercises(assets).map((entry) => ({ entry, lacks: lacksOf(entry, findings) }));
    const ready = exercises.every(({ lacks }) => lacks.length === 0);
    if (settings.json) {
      await out.line(
        JSON.stringify({
          findings: findings.map(({ name, state, detail, remedy }) => ({ name, state, detail, remedy })),
          exercises: exercises.map(({ entry, lacks }) => ({
            number: entry.number,
            ready: lacks.length === 0,
            lacks: lacks.map(({ name }) => name),
          })),
        }),
      );
      return ready ? 0 : 3;
    }
    const look = lookFor(context);
    for (const finding of findings) await out.styled(describe(finding, look));
    await out.line("");
    for (const { entry, lacks } of exercises) {
      const state = lacks.length === 0 ? "ready" : `not ready: ${lacks.map(({ name }) => name).join(", ")}`;
      const head = `exercise ${entry.number}`.padEnd(13) + entry.title.padEnd(TITLE);
      await out.line(layOut(head, [state], look.width, 4).join("\n"));
    }
    return ready ? 0 : 3;
  },
};

/** The width of an exercise's title. */
const TITLE = 40;

/** A finding, and below it what helps. */
function describe({ name, state, detail, remedy }: Finding, { paint, width, clean }: Look): string {
  const word = WORDS[state].padEnd(6);
  const texts = [detail, ...(remedy?.split("\n") ?? [])].map(clean);
  const [first = "", ...rest] = layOut(`${word} ${name.padEnd(18)}`, texts, width, 7);
  return [paint(COLORS[state], word) + first.slice(word.length), ...rest].join("\n");
}

/** Columns in which a text is read with ease beside its head. */
const ENOUGH = 20;

/** Texts beside their head; in a narrow terminal below it, so far from the edge. */
function layOut(head: string, texts: readonly string[], width: number, narrow: number): string[] {
  const isNarrow = width - head.length - 1 < ENOUGH;
  const indent = isNarrow ? narrow : head.length + 1;
  const lines = texts.flatMap((text) => wrapAdvice(text, width - indent));
  const [first = "", ...rest] = lines.map((line) => " ".repeat(indent) + line);
  return isNarrow
    ? [...wrap(head.trimEnd(), width), first, ...rest]
    : [head + first.slice(head.length), ...rest];
}
