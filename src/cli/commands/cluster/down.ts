import { findClusters, removeCluster } from "../../../course/machine/own-cluster.js";
import { programNamed } from "../../../course/machine/cluster-programs.js";
import { type CommandModule } from "../../command.js";

export const down: CommandModule = {
  define: (command) => command,
  note: "Only the cluster that tq cluster up made is removed.",

  run: async (context) => {
    const { notes, out, settings } = context;
    const program = await removeCluster({
      ...context,
      report: (line) => {
        notes.say(line);
      },
    });
    if (settings.json) await out.line(JSON.stringify({ removed: program !== null, program }));
    else
      await out.tell(
        program === null
          ? "tq has made no cluster; there is nothing to remove"
          : `the cluster tq is removed (${program})`,
      );
    for (const other of await findClusters(context)) {
      const words = programNamed(other.program)?.remove.join(" ") ?? "";
      notes.say(
        `A cluster tq of ${other.program} is there, which tq did not make; by hand: ${other.program} ${words}`,
      );
    }
    return 0;
  },
};
