import { setTimeout as delay } from "node:timers/promises";
import { disconnect } from "../queue/client.js";
import { connectTo, type ConnectionOptions } from "../queue/connect.js";

/** Milliseconds between two attempts. */
const PAUSE = 50;

/**
 * Resolves with the fields of INFO's section server when Redis answers; retries until `patience` milliseconds
 * have passed, and then rejects with what went wrong last. Rejects at once when the signal is aborted.
 */
export async function waitUntilReady(
  connection: ConnectionOptions,
  { signal, patience }: { signal: AbortSignal; patience: number },
): Promise<ReadonlyMap<string, string>> {
  const deadline = performance.now() + patience;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await askServerInfo(connection);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await delay(PAUSE, undefined, { signal });
  }
}

/** INFO's section server, such as run_id, process_id and redis_version. Rejects where no Redis answers. */
export async function askServerInfo(connection: ConnectionOptions): Promise<ReadonlyMap<string, string>> {
  const client = await connectTo({ connectTimeout: 2000, ...connection })();
  try {
    await client.callBuffer("PING"); // fails while it still loads its data, where INFO answers
    const text = String(await client.callBuffer("INFO", "server"));
    return new Map(
      text
        .split("\r\n")
        .map((line): [string, string] => [line.split(":", 1)[0] ?? "", line.slice(line.indexOf(":") + 1)]),
    );
  } finally {
    disconnect(client);
  }
}
