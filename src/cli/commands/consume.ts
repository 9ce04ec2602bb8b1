import { type CommandModule } from "../command.js";
import { consumeMessages } from "../consume-messages.js";
import { seconds, wholeNumber } from "../options.js";

interface ConsumeOptions {
  timeout?: number;
  max?: number;
  batch?: number;
}

export const consume: CommandModule = {
  define: (command) =>
    command
      .option("--timeout <seconds>", "end when none has come for so long; 0 waits for ever", seconds)
      .option("--max <n>", "end after so many messages", wholeNumber(1))
      .option(
        "--batch <n>",
        "take up to so many at once, if they wait already: much faster, but a consumer that is killed (kill -9)" +
          " loses up to n messages instead of one, and a pipe that closes may get some that are queued again",
        wholeNumber(1),
      ),

  run: (context, options: ConsumeOptions) => consumeMessages(context, options),
};
