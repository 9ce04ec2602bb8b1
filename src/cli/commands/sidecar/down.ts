import { Docker } from "../../../docker/docker.js";
import { stopSidecars } from "../../../docker/sidecars.js";
import { type CommandModule } from "../../command.js";
import { engineSurroundings } from "../../engine-surroundings.js";

export const down: CommandModule = {
  define: (command) => command,

  run: async (context) => {
    const { home, notes, out, settings } = context;
    const removed = await stopSidecars(new Docker(engineSurroundings(context)), home);
    if (settings.json) await out.line(JSON.stringify({ removed }));
    else for (const name of removed) await out.tell(`${name} is removed`);
    if (removed.length === 0) notes.say("There were no sidecars.");
    return 0;
  },
};
