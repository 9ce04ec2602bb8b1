import { findClusters, installedPrograms, waysToGet } from "../../../course/machine/own-cluster.js";
import { type CommandModule } from "../../command.js";

export const status: CommandModule = {
  define: (command) => command,
  note: "Ends with 0 when there is one, else with 1.",

  run: async (context) => {
    const { notes, out, settings } = context;
    const found = await findClusters(context);
    for (const one of found) {
      const whose = one.isOurs ? "made by tq cluster up" : "not made by tq";
      await (settings.json
        ? out.line(JSON.stringify(one))
        : out.tell(`the cluster tq of ${one.program}, ${whose}; kubectl's context is ${one.context}`));
    }
    const installed = installedPrograms(context).map(({ name }) => name);
    if (found.length > 0) return 0;
    notes.say(
      installed.length === 0
        ? `There is no cluster of tq's, and nothing that makes one. Get one of these:\n${waysToGet()}`
        : `There is no cluster of tq's. Make one: tq cluster up   (with ${installed.join(", or ")})`,
    );
    return 1;
  },
};
