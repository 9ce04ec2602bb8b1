import { PassThrough } from "node:stream";
import { runAttached } from "../../../docker/attached-exec.js";
import { Docker } from "../../../docker/docker.js";
import { type CommandModule } from "../../command.js";
import { engineSurroundings } from "../../engine-surroundings.js";
import { findRunning } from "./find-running.js";

export const exec: CommandModule = {
  define: (command) =>
    command
      .argument("<name>", "which sidecar")
      .argument("<command...>", "what to run there, passed on as it is"),

  note: "Ends with the command's own exit code.",

  run: async (context, _options: object, name: string, command: string[]) => {
    const { home, notes, openStdin, out, signal } = context;
    const docker = new Docker(engineSurroundings(context));
    const { id } = await findRunning(docker, home, name);
    const stdin = openStdin();
    const stdout = new PassThrough();
    const writing = (async () => {
      for await (const chunk of stdout) await out.write(chunk as Buffer);
    })();
    const code = await runAttached(docker, id, command, {
      tty: false,
      stdin: stdin.isTTY ? null : stdin,
      stdout,
      stderr: notes.stream,
      signal,
    });
    stdout.end();
    await writing;
    return code;
  },
};
