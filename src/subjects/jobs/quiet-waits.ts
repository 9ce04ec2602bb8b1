import { notesOf, type Note } from "../../lab/program/program-notes.js";
import { type CommandEvent } from "../../redis/observe/event.js";

/**
 * Seconds of silence after which the connection gives up on which a program waited last; null where it waits as long as
 * it takes, or asks again by itself before.
 */
export function givesUpAfter(pops: readonly CommandEvent[], notes: readonly Note[]): number | null {
  const last = pops.at(-1);
  if (!last?.name.startsWith("B")) return null;
  const wanted = Number(last.args.at(-1));
  const timeout = notesOf(notes, "connected").find(({ address }) => address === last.client)?.timeout ?? null;
  return timeout !== null && (wanted === 0 || wanted > timeout) ? timeout : null;
}

/** What is to be said of a worker that waits so; "" where nothing is. */
export function remarkOnQuiet({ givesUp }: { givesUp: number | null }): string {
  if (givesUp === null) return "";
  return `. When no job comes for a minute or so, it ends with a TimeoutError, where nothing catches that: its connection has socket_timeout=${givesUp}, which redis for Python sets by itself from version 8 on. HotQueue(…, socket_timeout=None) waits as long as it takes`;
}
