import { type InstanceStatus, status as readStatus } from "../../../redis/lifecycle/status.js";
import { type CommandModule } from "../../command.js";
import { engineSurroundings } from "../../engine-surroundings.js";

export const status: CommandModule = {
  define: (command) => command,
  note: "Ends with 0 when one is running, else with 1.",

  run: async (context) => {
    const { home, notes, out, settings } = context;
    const found = await readStatus(home, engineSurroundings(context));
    for (const one of found) await (settings.json ? out.line(toJson(one)) : out.tell(describe(one)));
    if (found.length === 0) notes.say("tq has started no Redis. Start one: tq redis up");
    return found.some(({ state }) => state === "running") ? 0 : 1;
  },
};

const STATES: Readonly<Record<InstanceStatus["state"], string>> = {
  running: "running",
  stopped: "stopped by tq redis down",
  gone: "not running: it has ended by itself, or the machine was restarted",
  foreign: "not running",
};

function toJson({ instance, state, detail, limits }: InstanceStatus): string {
  const { name, engine, addresses, port, data, startedAt, stoppedAt } = instance;
  return JSON.stringify({ name, state, detail, engine, addresses, port, data, startedAt, stoppedAt, limits });
}

function describe({ instance, state, detail, limits }: InstanceStatus): string {
  const { name, engine, addresses, port, data, password, startedAt } = instance;
  const rows: [string, string][] = [["state", `${STATES[state]}${detail ? ` (${detail})` : ""}`]];
  if (state === "running") {
    rows.push(["since", startedAt], ["address", addresses.map((address) => `${address}:${port}`).join(", ")]);
    if (password !== null) rows.push(["password", "yes; tq redis url shows it"]);
  } else
    rows.push(["start it", `tq redis up --engine ${engine}${name === "redis" ? "" : ` --name ${name}`}`]);
  rows.push(["engine", engine], ["data", data ?? "in memory only"]);
  for (const limit of limits) rows.push(["note", limit]);
  return [`Redis "${name}"`, ...rows.map(([label, text]) => `  ${label.padEnd(9)} ${text}`)].join("\n");
}
