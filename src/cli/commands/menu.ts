import { existsSync } from "node:fs";
import { listExercises } from "../../course/catalog.js";
import { readProgress } from "../../course/progress.js";
import { type CommandModule } from "../command.js";
import { type Context } from "../context.js";
import { ownCommand } from "../own-command.js";
import { canChoose, choose } from "../terminal/choose.js";

/** What can be done from the menu; each comes back to it but those that lead into an exercise. */
type Deed = "go-on" | "exercises" | "demo" | "doctor" | "quit";

/** Where somebody was in the walk through an exercise. */
interface Place {
  number: number;
  step: string;
  title: string;
  folder: string | undefined;
}

/** `npm start`, and tq alone on a terminal; where nobody can choose, the demonstration. */
export const menu: CommandModule = {
  define: (command) => command,

  run: async (context) => {
    const { notes } = context;
    if (!canChoose(context)) return (await import("./demo.js")).demo.run(context, {} as never);
    const tq = ownCommand(context);
    if (tq !== "tq") {
      notes.say(`tq is not among your shell's commands yet: where it says tq, type ${tq}`);
    }
    for (;;) {
      const place = findPlace(context);
      const code = await perform(await ask(context, place), place, context);
      if (code !== null) return code;
    }
  },
};

function ask(context: Context, place: Place | null): Promise<Deed> {
  const goOn =
    place === null
      ? { value: "go-on" as const, name: "begin with the first exercise" }
      : { value: "go-on" as const, name: `go on where you were: ${place.title}, step ${place.step}` };
  return choose<Deed>(
    {
      question: "What would you like to do?",
      choices: [
        goOn,
        { value: "exercises", name: "the exercises" },
        { value: "demo", name: "see a queue at work" },
        { value: "doctor", name: "what this machine lacks" },
        { value: "quit", name: "quit" },
      ],
      first: "go-on",
    },
    context,
  );
}

/** Null leads back to the menu. */
async function perform(deed: Deed, place: Place | null, context: Context): Promise<number | null> {
  switch (deed) {
    case "go-on":
      return walk(context, place?.number ?? 1, place?.folder);
    case "exercises": {
      const { chooseExercise } = await import("./exercise/list.js");
      const number = await chooseExercise(context);
      return number === null ? null : walk(context, number);
    }
    case "demo":
      await (await import("./demo.js")).demo.run(context, {} as never);
      return null;
    case "doctor":
      await (await import("./doctor.js")).doctor.run(context, {} as never);
      return null;
    case "quit":
      return 0;
  }
}

async function walk(context: Context, number: number, folder?: string): Promise<number> {
  const { runExercise } = await import("./exercise/index.js");
  return (await runExercise(context, { format: "text" }, number, folder)) ?? 0;
}

/** The exercise that was left in the middle; the last one, if there are several. */
function findPlace({ assets, home }: Context): Place | null {
  const places = listExercises(assets).flatMap(({ number, slug, title }): Place[] => {
    const { at, folder } = readProgress(home, slug);
    if (at === null) return [];
    return [{ number, step: at, title, folder: folder !== null && existsSync(folder) ? folder : undefined }];
  });
  return places.at(-1) ?? null;
}
