import { once } from "node:events";

/** While keys are read one by one, Ctrl-C is one of them; it is made the signal that it is otherwise. Always throws. */
export async function interrupt(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) {
    process.kill(process.pid, "SIGINT");
    await once(signal, "abort");
  }
  throw signal.reason;
}
