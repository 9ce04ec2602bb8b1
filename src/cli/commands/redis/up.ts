import { Option } from "commander";
import { resolve } from "node:path";
import { ENGINE_NAMES } from "../../../redis/engines/index.js";
import { type EngineName } from "../../../redis/engines/engine.js";
import { up as startRedis, type UpResult } from "../../../redis/lifecycle/up.js";
import { TqError } from "../../../errors.js";
import { type CommandModule } from "../../command.js";
import { type Context } from "../../context.js";
import { DEFAULT_INSTANCE, engineSurroundings } from "../../engine-surroundings.js";
import { findTarget } from "../../open-queue.js";
import { instanceName, port } from "../../options.js";

interface UpOptions {
  engine: EngineName | "auto";
  port: number;
  data?: string;
  name: string;
  expose?: true;
}

const DEFAULT_PORT = 6379;

export const up: CommandModule = {
  define: (command) =>
    command
      .addOption(
        new Option("--engine <engine>", "what runs it; auto takes the first that works")
          .choices(["auto", ...ENGINE_NAMES])
          .default("auto"),
      )
      .option("--port <port>", "TCP port; 0 takes a free one", port, DEFAULT_PORT)
      .option("--data <folder>", "keep the data there")
      .option("--name <name>", "to have several", instanceName, DEFAULT_INSTANCE)
      .option("--expose", "listen on all interfaces, with a password"),

  run: async (context, options: UpOptions) => {
    const { data, expose = false } = options;
    if (data === "") throw new TqError("--data needs a folder", { code: "data-folder", exitCode: 2 });
    const result = await startRedis({
      ...options,
      home: context.home,
      dataFolder: data === undefined ? undefined : resolve(data),
      expose,
      surroundings: engineSurroundings(context),
      report: (line) => {
        context.notes.say(line);
      },
      signal: context.signal,
    });
    await report(context, result);
    if (result.already) noteDifferences(context, options, result);
    noteOtherTarget(context, result);
    return 0;
  },
};

async function report(
  { out, notes, settings }: Context,
  { instance, already, why }: UpResult,
): Promise<void> {
  const { name, engine, addresses, port, data, password } = instance;
  const url = `redis://127.0.0.1:${port}`;
  if (settings.json) {
    await out.line(JSON.stringify({ name, engine, why, url, addresses, port, data, already }));
    return;
  }
  await out.tell(`Redis ${already ? "is up already" : "is up"} at ${url} (${engine})`);
  if (already) return;
  const others = addresses.filter((address) => address !== "127.0.0.1" && address !== "0.0.0.0");
  for (const address of others) notes.say(`containers reach it at ${address}:${port}`);
  notes.say(data === null ? "it keeps its data in memory only" : `its data are in ${data}`);
  if (password !== null) {
    notes.say(
      [
        "note: it listens on all interfaces. Whoever reaches this machine over the network can try to log in,",
        "      and what goes over the network is not encrypted. It wants a password; tq redis url shows it.",
      ].join("\n"),
    );
  }
  notes.say("next: tq push hello    and in another terminal: tq consume");
}

function noteDifferences({ notes }: Context, options: UpOptions, { instance }: UpResult): void {
  const { engine, port, name, dataIsTheirs } = instance;
  const differs =
    (options.engine !== "auto" && options.engine !== engine) ||
    (options.port !== DEFAULT_PORT && options.port !== 0 && options.port !== port) ||
    (options.data !== undefined && !dataIsTheirs) ||
    (options.expose === true && instance.password === null);
  if (!differs) return;
  notes.say(
    `note: it was started with other options and goes on with those. To change them: tq redis down --name ${name}`,
  );
}

/** Says so where the other commands would go elsewhere. */
function noteOtherTarget(context: Context, { instance }: UpResult): void {
  const target = findTarget(context);
  if (target.why.startsWith("started by") || target.why === "REDIS_IP") return; // REDIS_IP is said by findTarget
  if (target.connection.host === "127.0.0.1" && target.connection.port === instance.port) return;
  context.notes.say(`note: commands go to ${target.url}, because of ${target.why}`);
}
