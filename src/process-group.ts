/** Sends a signal to all that a process which leads a group has started, and to itself; nothing where all of it is gone. */
export function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // The whole group is gone.
  }
}
