import images from "../../../../compose/images.json" with { type: "json" };
import { requirementsOf } from "../../../course/machine/readiness.js";
import { Docker } from "../../../docker/docker.js";
import { REDIS_NAME, startSidecars } from "../../../docker/sidecars.js";
import { TqError } from "../../../errors.js";
import { readStarted } from "../../../redis/lifecycle/state.js";
import { type CommandModule } from "../../command.js";
import { type Context } from "../../context.js";
import { engineSurroundings } from "../../engine-surroundings.js";
import { instanceName } from "../../options.js";

interface UpOptions {
  image: string;
  bare?: true;
}

export const DEFAULT_NAMES = ["python1", "python2"];

/** tq's own Redis has such a container name. */
const RESERVED = ["redis", REDIS_NAME];

export const up: CommandModule = {
  define: (command) =>
    command
      .argument("[name...]", `names (default: ${DEFAULT_NAMES.join(" ")})`, addName, [])
      .option("--image <image>", "an image with Python", images.python)
      .option("--bare", "without the packages hotqueue and redis"),

  run: async (context, options: UpOptions, given: string[]) => {
    const { image } = options;
    const bare = options.bare ?? false;
    const names = given.length > 0 ? [...new Set(given)] : DEFAULT_NAMES;
    const reserved = names.find((name) => RESERVED.includes(name));
    if (reserved !== undefined) {
      throw new TqError(`a sidecar cannot be called ${reserved}: that is Redis' name`, {
        code: "reserved-name",
        exitCode: 2,
      });
    }
    const { home, notes, out, signal, settings } = context;
    const started = readStarted(home);
    const redis = started?.engine === "docker" ? started.handle : null;
    const result = await startSidecars(new Docker(engineSurroundings(context)), {
      names,
      image,
      bare,
      packages: requirementsOf("hotqueue", "redis"),
      home,
      redis,
      signal,
      report: (line) => {
        notes.say(line);
      },
    });
    if (settings.json)
      await out.line(JSON.stringify({ ...result, redis: redis === null ? null : REDIS_NAME }));
    else {
      for (const name of names) {
        await out.tell(`${name} ${result.already.includes(name) ? "is up already" : "is up"}`);
      }
    }
    sayNext(context, names[0] ?? "", started?.engine ?? null);
    return 0;
  },
};

function addName(name: string, names: string[]): string[] {
  return [...names, instanceName(name)];
}

function sayNext({ notes }: Context, name: string, engine: string | null): void {
  if (engine === "docker") {
    notes.say(`Redis is ${REDIS_NAME}, port 6379, for them.\nnext: tq sidecar shell ${name} --python`);
    return;
  }
  notes.say(
    engine === null
      ? "They have no Redis yet: tq redis up --engine docker\nand then again: tq sidecar up"
      : `The Redis that tq started (${engine}) listens on this machine only; containers do not reach it.\nFor one that they reach: tq redis down, tq redis up --engine docker, and again: tq sidecar up`,
  );
}
