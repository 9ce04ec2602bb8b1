import { once } from "node:events";
import { Redis } from "ioredis";
import { type ConnectionOptions } from "../../queue/connect.js";
import { type CommandEvent } from "./event.js";

/** Milliseconds that a Redis has for beginning to tell. */
const PATIENCE = 1500;

/** Redis takes MONITOR, and does not answer: what happens in it cannot be seen. */
export class MonitorSilentError extends Error {
  override readonly name = "MonitorSilentError";

  constructor() {
    super(`Redis has not answered MONITOR for ${PATIENCE / 1000} s`);
  }
}

/** Tells every command of every client from now on. Changes no setting; costs Redis some speed while it is open. */
export async function openMonitor(
  { host = "127.0.0.1", port = 6379, path, sentinel, username, password, tls }: ConnectionOptions,
  onEvent: (event: CommandEvent) => void,
  onLost: (reason: unknown) => void,
): Promise<Disposable> {
  const redis = new Redis({
    // Where the other connections go: of sentinels, to the master that they name.
    ...(path !== undefined
      ? { path }
      : sentinel
        ? { sentinels: sentinel.addresses, name: sentinel.master }
        : { host, port }),
    sentinelRetryStrategy: () => null,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls !== undefined && tls !== false && { tls: tls === true ? {} : tls }),
    monitor: true,
    enableReadyCheck: false,
    disableClientInfo: true,
    retryStrategy: () => null,
  });
  let closed = false;
  let reason: unknown;
  redis.on("error", (error: unknown) => (reason ??= error));
  redis.on("monitor", (time: string, [command = "", ...args]: string[], client: string, db: string) => {
    onEvent({
      kind: "command",
      time: Number(time),
      client,
      db: Number(db),
      name: command.toUpperCase(),
      args: args.map(unescape),
      told: "issued",
    });
  });
  try {
    await once(redis, "monitoring", { signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    redis.disconnect();
    throw (
      reason ?? (error instanceof Error && error.name === "AbortError" ? new MonitorSilentError() : error)
    );
  }
  redis.on("end", () => {
    if (!closed) onLost(reason);
  });
  return {
    [Symbol.dispose]() {
      closed = true;
      redis.disconnect();
    },
  };
}

const SHORT: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", a: "\u0007", b: "\b" };

/** Redis writes arguments as C strings; quotes have been taken back by the client. */
function unescape(text: string): Buffer {
  const bytes = text.replace(/\\(x[0-9a-f]{2}|.)/g, (_, escaped: string) =>
    escaped.length === 3 ? String.fromCharCode(parseInt(escaped.slice(1), 16)) : (SHORT[escaped] ?? escaped),
  );
  return Buffer.from(bytes, "latin1");
}
