import { once } from "node:events";
import { PASSWORD_VARIABLE } from "../../../redis/engines/embedded.js";
import { serveEmbedded as serve } from "../../../redis/engines/embedded-server.js";
import { type CommandModule } from "../../command.js";
import { port } from "../../options.js";

interface ServeOptions {
  port: number;
  expose?: true;
}

/** The background process of `tq redis up --engine embedded`. */
export const serveEmbedded: CommandModule = {
  define: (command) =>
    command
      .option("--port <port>", "TCP port", port, 0)
      .option("--token <token>", "by which the process is known again")
      .option("--expose", "listen on all interfaces"),

  run: async (context, options: ServeOptions) => {
    await using server = await serve({
      port: options.port,
      host: options.expose ? "0.0.0.0" : "127.0.0.1",
      password: context.env[PASSWORD_VARIABLE],
    });
    context.notes.say(`${new Date().toISOString()} listening on port ${server.port}`);
    if (!context.signal.aborted) await once(context.signal, "abort");
    context.notes.say(`${new Date().toISOString()} stopped`);
    return 0;
  },
};
