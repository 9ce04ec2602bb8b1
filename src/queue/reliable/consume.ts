import { isErrorReply, isPassing } from "../client.js";
import { UnreadableMessageError } from "../errors.js";
import { Message } from "../message.js";
import { type Serializer } from "../serializers/serializer.js";
import { RefusedError } from "./errors.js";
import { type Holder } from "./holder.js";
import { type Held } from "./ledger.js";

export interface Waiting {
  /** Seconds; 0 waits for ever. */
  timeout: number;
  signal: AbortSignal;
}

/** A message in work, and what became of it. */
export interface Work<T> {
  readonly held: Held;
  readonly message: Message<T>;
  /** It has been acknowledged, failed or put back by hand. */
  settled: boolean;
}

/**
 * Messages one at a time, each acknowledged when the loop comes back for the next. A message that the serializer
 * cannot read becomes a dead letter and never gets here.
 */
export async function* consumeReliably<T>(
  holder: Holder,
  serializer: Serializer,
  { timeout, signal }: Waiting,
): AsyncGenerator<Work<T>, void, undefined> {
  let last: Work<T> | undefined;
  for (;;) {
    const since = performance.now();
    const done = last && !last.settled ? last.held : undefined;
    const held = await holder.next(timeout, signal, done);
    if (!held) return;
    last = await read<T>(holder, serializer, held, (performance.now() - since) / 1000);
    if (last) yield last;
  }
}

/** The message, its value decoded; undefined where it cannot be read, and is a dead letter now. */
export async function read<T>(
  holder: Holder,
  serializer: Serializer,
  held: Held,
  waited: number,
): Promise<Work<T> | undefined> {
  const { bytes, failures } = held;
  const key = holder.queue;
  const accepted = (given: boolean) => {
    if (!given) throw new RefusedError(key, bytes);
  };
  const settle = async (how: () => Promise<void>) => {
    if (work.settled) return;
    work.settled = true;
    await how();
  };
  const message = new Message<T>({
    key,
    bytes,
    serializer,
    waited,
    failures,
    putBack: () => settle(() => holder.release(held)),
    acknowledge: () =>
      settle(async () => {
        accepted(await holder.acknowledge(held));
      }),
    fail: (reason = "the work on it failed") =>
      settle(async () => {
        accepted(await holder.fail(held, reason));
      }),
  });
  const work: Work<T> = { held, message, settled: false };
  try {
    decode(message);
    return work;
  } catch (error) {
    if (!(error instanceof UnreadableMessageError)) throw error;
    await failSteadily(holder, held, error.message, true);
    return undefined;
  }
}

/** As `fail`, for a loop that outlives a lost connection and a passing refusal: the message goes back then. */
export async function failSteadily(
  holder: Holder,
  held: Held,
  reason: string,
  forGood = false,
): Promise<void> {
  try {
    await holder.fail(held, reason, forGood);
  } catch (error) {
    if (isErrorReply(error) && !isPassing(error)) throw error;
  }
}

function decode(message: Message): unknown {
  return message.value;
}
