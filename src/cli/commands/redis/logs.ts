import { TqError } from "../../../errors.js";
import { loadEngine } from "../../../redis/engines/index.js";
import { instanceFolder, readInstance } from "../../../redis/lifecycle/state.js";
import { type CommandModule } from "../../command.js";
import { DEFAULT_INSTANCE, engineSurroundings } from "../../engine-surroundings.js";
import { instanceName } from "../../options.js";

interface LogsOptions {
  name: string;
  follow?: boolean;
}

export const logs: CommandModule = {
  define: (command) =>
    command
      .option("--name <name>", "of which one", instanceName, DEFAULT_INSTANCE)
      .option("--follow", "go on until Ctrl-C"),

  run: async (context, { name, follow = false }: LogsOptions) => {
    const { home, out, signal } = context;
    const instance = readInstance(home, name);
    if (!instance) {
      throw new TqError(`tq has started no Redis named "${name}"`, {
        code: "no-such-instance",
        exitCode: 1,
        hint: "See which there are:  tq redis status",
      });
    }
    const engine = await loadEngine(instance.engine, engineSurroundings(context));
    const lines = engine.logs(instance, { follow, stateFolder: instanceFolder(home, name), signal });
    for await (const line of lines) await out.line(line);
    return 0;
  },
};
