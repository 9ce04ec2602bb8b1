import { type QueueTrace } from "./queue-trace.js";

/**
 * Seconds. From version 8 on, redis for Python gives up a wait after about a minute without a message; a person who
 * presses Ctrl-C rarely does so then.
 */
const QUIET = { least: 50, most: 75 };

/** The consumer that ended because nothing came for a while; null where none did. */
export function endedOfQuiet({ left, waiting }: QueueTrace): { client: string; waited: number } | null {
  if (waiting.length > 0) return null;
  const last = left.at(-1);
  return last && last.waited >= QUIET.least && last.waited <= QUIET.most ? last : null;
}
