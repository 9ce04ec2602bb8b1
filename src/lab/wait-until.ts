import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds between two looks. */
const PAUSE = 15;

/** Resolves when it is true, or when so many milliseconds are over; rejects when it is stopped. */
export async function waitUntil(
  isTrue: () => Promise<boolean>,
  patience: number,
  signal: AbortSignal,
  pause = PAUSE,
): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await isTrue()) && performance.now() < deadline) await delay(pause, undefined, { signal });
}
