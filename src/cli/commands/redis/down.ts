import { down as stopRedis, type DownResult } from "../../../redis/lifecycle/down.js";
import { listInstances } from "../../../redis/lifecycle/state.js";
import { type CommandModule } from "../../command.js";
import { DEFAULT_INSTANCE, engineSurroundings } from "../../engine-surroundings.js";
import { instanceName } from "../../options.js";

interface DownOptions {
  name: string;
  volumes?: boolean;
}

export const down: CommandModule = {
  define: (command) =>
    command
      .option("--name <name>", "which one", instanceName, DEFAULT_INSTANCE)
      .option("--volumes", "remove its data too"),

  run: async (context, { name, volumes = false }: DownOptions) => {
    const { home, notes, out, settings, signal } = context;
    const result = await stopRedis({
      home,
      name,
      volumes,
      surroundings: engineSurroundings(context),
      report: (line) => {
        notes.say(line);
      },
      signal,
    });
    if (settings.json) await out.line(JSON.stringify({ name, ...result }));
    else await out.tell(describe(name, result, volumes));
    const others = listInstances(home).filter((instance) => instance.stoppedAt === null);
    if (result.was !== "running" && others.length > 0) {
      notes.say(`still up: ${others.map((other) => `tq redis down --name ${other.name}`).join(", ")}`);
    }
    return 0;
  },
};

const FOUND: Readonly<Record<DownResult["was"], string>> = {
  running: "is stopped",
  gone: "had stopped already",
  foreign: "had stopped already",
  stopped: "was stopped before",
  unfinished: "was being started when tq was killed; what was left of that is removed",
  unknown: "was not started by tq; there is nothing to stop",
};

function describe(name: string, { was, detail, data, dataIsTheirs }: DownResult, volumes: boolean): string {
  const lines = [`Redis "${name}" ${FOUND[was]}`];
  if (was === "foreign") lines.push(`  ${detail}; it is not tq's and was not touched`);
  if (was !== "unknown" && was !== "unfinished") lines.push(`  ${describeData(data, dataIsTheirs, volumes)}`);
  return lines.join("\n");
}

function describeData(data: string | null, dataIsTheirs: boolean, volumes: boolean): string {
  if (data === null) return volumes ? "its data are removed" : "it kept no data";
  if (dataIsTheirs) return `its data stay in ${data}, which is your folder`;
  return `its data stay in ${data}\n  to remove them: tq redis down --volumes`;
}
