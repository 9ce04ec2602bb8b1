import { UnreadableMessageError } from "../../queue/errors.js";
import { type CommandModule } from "../command.js";
import { withQueue } from "../open-queue.js";
import { wholeNumber } from "../options.js";
import { showValue } from "../show-message.js";

/** Messages asked for at a time, so that a long look needs little memory. */
const PAGE = 1000;

export const peek: CommandModule = {
  define: (command) => command.argument("[n]", "how many", wholeNumber(1), 1),

  run: (context, _options: object, count: number) =>
    withQueue(context, async (queue) => {
      let unreadable: UnreadableMessageError | undefined;
      for (let from = 0; from < count; from += PAGE) {
        const page = await queue.peek(Math.min(PAGE, count - from), from);
        for (const [offset, message] of page.entries()) {
          try {
            await context.out.line(showValue(context, message.value, { index: from + offset }));
          } catch (error) {
            if (!(error instanceof UnreadableMessageError)) throw error;
            unreadable ??= error;
            await context.out.line(`(not ${queue.serializer.name}: ${message.bytes.length} bytes)`);
          }
        }
        if (page.length < PAGE) break;
      }
      if (unreadable) throw unreadable;
      return 0;
    }),
};
