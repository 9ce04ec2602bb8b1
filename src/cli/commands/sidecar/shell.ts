import { runAttached } from "../../../docker/attached-exec.js";
import { Docker } from "../../../docker/docker.js";
import { REDIS_NAME } from "../../../docker/sidecars.js";
import { TqError } from "../../../errors.js";
import { type CommandModule } from "../../command.js";
import { type Context } from "../../context.js";
import { engineSurroundings } from "../../engine-surroundings.js";
import { withRawTerminal } from "../../terminal/raw-terminal.js";
import { findRunning } from "./find-running.js";

interface ShellOptions {
  python?: true;
}

export const shell: CommandModule = {
  define: (command) =>
    command
      .argument("<name>", "which sidecar")
      .option("--python", "a Python prompt in which q is a HotQueue on tq's Redis"),

  run: async (context, { python }: ShellOptions, name: string) => {
    const docker = new Docker(engineSurroundings(context));
    const { id } = await findRunning(docker, context.home, name);
    if (!context.openStdin().isTTY || !context.out.isTerminal) {
      throw new TqError("a shell needs a terminal", {
        code: "no-terminal",
        exitCode: 2,
        hint: `In a script:  tq sidecar exec ${name} -- <command>`,
      });
    }
    const command = python
      ? pythonPrompt(context)
      : ["sh", "-c", "command -v bash >/dev/null && exec bash; exec sh"];
    return withRawTerminal(context, (terminal) =>
      runAttached(docker, id, command, { tty: true, ...terminal, signal: context.signal }),
    );
  },
};

function pythonPrompt({ settings }: Context): string[] {
  const db = settings.db ?? 1;
  const made = `q = HotQueue(${JSON.stringify(settings.queue)}, host="${REDIS_NAME}", port=6379, db=${db})`;
  const greeting = `print(${JSON.stringify(`${made}\nTry: q.put("hello")   len(q)   q.get()`)})`;
  return ["python", "-q", "-i", "-c", `from hotqueue import HotQueue\n${made}\n${greeting}`];
}
