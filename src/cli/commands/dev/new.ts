import { newExercise } from "../../../course/author/new-exercise.js";
import { type CommandModule } from "../../command.js";

/** For authors: a new exercise, small and complete, to be changed into the one that is meant. */
export const create: CommandModule = {
  define: (command) => command.argument("<slug>", "its name, such as dead-letters"),

  note: "Run it in a clone of tq. See docs/writing-an-exercise.md.",

  run: async ({ assets, out }, _: object, slug: string) => {
    const folder = await newExercise({ clone: process.cwd(), assets, slug });
    const number = Number.parseInt(folder.slice("exercises/".length), 10);
    await out.line(
      `${folder}: a small exercise that is complete. Change it, then:\n\n  npm run build && node bin/tq.js dev check ${number}`,
    );
    return 0;
  },
};
