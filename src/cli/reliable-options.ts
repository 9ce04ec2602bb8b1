import { type Command, InvalidArgumentError } from "commander";
import { TqError } from "../errors.js";
import { type ReliableEvent } from "../queue/reliable/events.js";
import { type ReliableOptions } from "../queue/reliable/settings.js";
import { type Context } from "./context.js";
import { countMessages } from "./count-messages.js";
import { seconds, wholeNumber } from "./options.js";
import { repeatCommand } from "./repeat-command.js";

export interface ReliableFlags {
  reliable?: true;
  lease?: number;
  attempts?: number;
}

export function addReliableOptions(command: Command): Command {
  return command
    .option(
      "--reliable",
      "lose nothing: a message is kept until it is done, and comes again if its consumer dies",
    )
    .option(
      "--lease <seconds>",
      "with --reliable: a consumer not heard of for so long is dead (default: 10)",
      lease,
    )
    .option(
      "--attempts <n>",
      "with --reliable: so many failures make a dead letter (default: 3)",
      wholeNumber(1),
    );
}

/** Seconds, at least as many as a heartbeat needs. */
function lease(text: string): number {
  const value = seconds(text);
  if (value >= 0.1 && value <= 1e6) return value;
  throw new InvalidArgumentError("It is a number of seconds from 0.1 to a million.");
}

/** Undefined in default mode. What happens to messages is said on standard error. */
export function readReliableFlags(
  context: Context,
  flags: ReliableFlags,
  consumerName?: string,
): ReliableOptions | undefined {
  const { reliable, lease, attempts } = flags;
  if (reliable)
    return {
      reliable,
      lease,
      attempts,
      consumerName,
      onEvent: (event) => {
        context.notes.say(describe(event, context));
      },
    };
  if (lease === undefined && attempts === undefined) return undefined;
  throw new TqError(`${lease === undefined ? "--attempts" : "--lease"} is for reliable delivery`, {
    code: "needs-reliable",
    exitCode: 2,
    hint: "Add:  --reliable",
  });
}

function describe(event: ReliableEvent, context: Context): string {
  switch (event.type) {
    case "retried":
      return `failed (attempt ${event.failures}): ${event.reason}; again in ${event.delay} s`;
    case "dead": {
      const see = repeatCommand(context, `tq dead show ${event.id}`);
      return `dead letter after ${event.failures} failed: ${event.reason}; see:  ${see}`;
    }
    case "recovered":
      return `${countMessages(event.count)} of the dead consumer ${event.consumer} recovered`;
    case "refused":
      return "done too late: the lease had run out, and the message went back to the queue; it is worked on twice";
  }
}
