import { Docker } from "../../../docker/docker.js";
import { listSidecars } from "../../../docker/sidecars.js";
import { type CommandModule } from "../../command.js";
import { engineSurroundings } from "../../engine-surroundings.js";

export const list: CommandModule = {
  define: (command) => command,

  run: async (context) => {
    const { home, notes, out, settings } = context;
    const found = await listSidecars(new Docker(engineSurroundings(context)), home);
    for (const { name, container, id, image, running, address } of found) {
      await out.line(
        settings.json
          ? JSON.stringify({ name, container, id, image, running, address })
          : `${name.padEnd(12)} ${(running ? "running" : "stopped").padEnd(8)} ${(address || "-").padEnd(16)} ${image.padEnd(14)} container ${container}`,
      );
    }
    if (found.length === 0) notes.say("There are no sidecars. Start two: tq sidecar up");
    return 0;
  },
};
