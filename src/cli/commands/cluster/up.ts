import { InvalidArgumentError } from "commander";
import { makeCluster } from "../../../course/machine/own-cluster.js";
import { CLUSTER_PROGRAMS } from "../../../course/machine/cluster-programs.js";
import { type CommandModule } from "../../command.js";

interface UpOptions {
  with?: string;
}

const NAMES = CLUSTER_PROGRAMS.map(({ name }) => name);

export const up: CommandModule = {
  define: (command) =>
    command.option(
      "--with <program>",
      `what makes it: ${NAMES.join(", ")} (default: the first that is installed)`,
      known,
    ),
  note: "The cluster is called tq. kubectl's current context becomes this one.",

  run: async (context, options: UpOptions) => {
    const { notes, out, settings } = context;
    const made = await makeCluster(options.with, {
      ...context,
      report: (line) => {
        notes.say(line);
      },
    });
    if (settings.json) await out.line(JSON.stringify(made));
    else
      await out.tell(
        `the cluster tq ${made.wasThere ? "was there already" : "is made"} (${made.program}); kubectl's context is ${made.context}`,
      );
    notes.say("next: tq exercise 8 --check\nto remove it: tq cluster down");
    return 0;
  },
};

function known(name: string): string {
  if (NAMES.includes(name)) return name;
  throw new InvalidArgumentError(`It is one of ${NAMES.join(", ")}.`);
}
