import { Docker } from "../../docker/docker.js";
import { ensureImage } from "../../docker/images.js";
import { IMAGES, makePython } from "../../course/machine/readiness.js";
import { TqError } from "../../errors.js";
import { type CommandModule } from "../command.js";
import { engineSurroundings } from "../engine-surroundings.js";

interface SetupOptions {
  python?: string;
}

interface Made {
  isNew: boolean;
  /** Where it is another thing than was asked for. */
  name?: string;
}

export const setup: CommandModule = {
  define: (command) =>
    command.option("--python <path>", 'make tq\'s own environment from this Python; "container": an image'),

  run: async (context, { python }: SetupOptions) => {
    const { home, env, assets, notes, out, signal } = context;
    const report = (line: string): void => {
      notes.say(line);
    };
    const docker = new Docker(engineSurroundings(context));
    // One that fails does not keep the others from being fetched.
    const failures: TqError[] = [];
    const attempt = async (what: string, work: () => Promise<Made>): Promise<void> => {
      try {
        const { isNew, name = what } = await work();
        await out.tell(`${name}: ${isNew ? "ready" : "there already"}`);
      } catch (error) {
        if (!(error instanceof TqError)) throw error;
        await out.tell(`${what}: NOT READY: ${error.message}`);
        failures.push(error);
      }
    };
    for (const image of IMAGES)
      await attempt(`image ${image}`, async () => ({
        isNew: await ensureImage(docker, image, { report, signal }),
      }));
    await attempt("Python environment", () =>
      makePython({ docker, assets, home, python, env, report, signal }),
    );
    const [first] = failures;
    if (first) throw first;
    return 0;
  },
};
