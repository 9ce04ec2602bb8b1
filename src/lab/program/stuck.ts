import { type Note, notesOf, type StuckNote } from "./program-notes.js";

export interface StuckOptions {
  /** Milliseconds since 1970: what was noted before, or began to be stuck so much earlier, does not count. */
  since?: number;
  /** Seconds of processor time that one line may take. */
  computes?: number | undefined;
  /** Waiting for a message of a queue is being stuck, too. */
  idle: boolean;
  /** Only the main thread counts. */
  main?: boolean;
}

/** Seconds of quiet; longer where the program may wait for something outside, such as a download or another program. */
const QUIET = { usual: 1.5, outside: 8 };

/** Seconds of processor time: what no line of the smaller exercises takes. */
const COMPUTES = 2;

/** Seconds after which a wait that was seen must still be there. */
const STILL = 0.2;

/** Looks, each time that it is called, where a program does not come on; null where it does, or nobody knows yet. */
export function watchStuck(
  look: () => readonly Note[],
  allowNetwork: boolean,
  { since = 0, computes = COMPUTES, idle, main = false }: StuckOptions,
): () => StuckNote | null {
  const seen = new Map<string, number>();
  // Its Redis may be slow on a busy machine. It lives in this process: when we look a second time, it has answered.
  const isStill = ({ pid, began, time }: StuckNote): boolean => {
    const episode = `${pid} ${began}`;
    const first = seen.get(episode) ?? Date.now() / 1000;
    seen.set(episode, first);
    return time > first + STILL;
  };
  return () => {
    const notes = look();
    const outside = allowNetwork || notes.some(({ what }) => what === "process");
    const quiet = outside ? QUIET.outside : QUIET.usual;
    const found = notesOf(notes, "stuck").filter((note) => {
      if ((main && !note.main) || (note.idle && !idle)) return false;
      const within = note.time - Math.max(note.began, since / 1000);
      if (note.how === "computes") return note.seconds >= computes && within >= computes;
      if (note.how === "sleeps") return within >= quiet;
      return within >= quiet && note.seconds >= quiet && isStill(note);
    });
    // Waiting for a message was over when it came to something else.
    return found.find((note) => !note.idle) ?? found[0] ?? null;
  };
}

/** As words for a sentence: what it does there. */
export function describeStuck({ how, seconds, at, idle }: StuckNote): string {
  const where = `${at.file}:${at.line}: `;
  if (idle) return `${where}it waits here for a message of the queue`;
  if (how === "computes")
    return `${where}it has computed here for ${seconds} s, and comes to no other line: a loop without an end?`;
  if (how === "sleeps")
    return `${where}it sleeps here again and again (${Math.round(seconds)} s so far), and comes to no other line`;
  return `${where}it waits here, and nothing happens`;
}
