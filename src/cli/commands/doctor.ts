import { listExercises } from "../../course/catalog.js";
import { type Finding, inspectMachine, lacksOf } from "../../course/machine/readiness.js";
import { type Look } from "../../report/text.js";
import { wrap } from "../../report/wrap.js";
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
      const [first = "", ...rest] = wrap(state, look.width - head.length - 3);
      await out.line(`${head}  ${first}`);
      for (const line of rest) await out.line(`${" ".repeat(head.length + 2)}${line}`);
    }
    return ready ? 0 : 3;
  },
};

/** The width of an exercise's title. */
const TITLE = 40;

/** Where the text of a finding begins. */
const INDENT = 26;

/** Remedies are to be pasted: they are not broken. */
function describe({ name, state, detail, remedy }: Finding, { paint, width, clean }: Look): string {
  const [first = "", ...rest] = [
    ...wrap(clean(detail), width - INDENT),
    ...(remedy?.split("\n").map(clean) ?? []),
  ];
  const head = `${paint(COLORS[state], WORDS[state].padEnd(6))} ${name.padEnd(18)} ${first}`;
  return [head, ...rest.map((line) => `${" ".repeat(INDENT)}${line}`)].join("\n");
}
