import { type CommandModule } from "../command.js";
import { consumeMessages } from "../consume-messages.js";
import { addReliableOptions, readReliableFlags, type ReliableFlags } from "../reliable-options.js";
import { seconds } from "../options.js";

interface EchoWorkerOptions extends ReliableFlags {
  delay: number;
  name?: string;
}

export const echoWorker: CommandModule = {
  define: (command) =>
    addReliableOptions(command)
      .option("--delay <seconds>", "work so long on each message", seconds, 0)
      .option(
        "--name <name>",
        "stands before each message, and with --reliable in tq status, to tell workers apart",
      ),

  run: (context, { delay, name, ...flags }: EchoWorkerOptions) =>
    consumeMessages(context, {
      work: delay,
      prefix: name === undefined ? undefined : `${name}: `,
      reliable: readReliableFlags(context, flags, name),
    }),
};
