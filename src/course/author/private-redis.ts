import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TqError } from "../../errors.js";
import { findFreePort } from "../../redis/engines/free-port.js";
import { HISTORY_SETTINGS } from "../../redis/engines/settings-file.js";
import { waitUntilReady } from "../../redis/wait-until-ready.js";

export { findFreePort } from "../../redis/engines/free-port.js";

export interface PrivateRedis extends AsyncDisposable {
  port: number;
}

/** A redis-server for one scripted student, as `tq redis up` would start it; gone with all its data when disposed of. */
export async function startPrivateRedis(signal: AbortSignal): Promise<PrivateRedis> {
  const port = await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), "tq-stage-redis-"));
  const settings = Object.entries({
    port: String(port),
    bind: "127.0.0.1",
    save: "",
    dir: folder,
    ...HISTORY_SETTINGS,
  });
  const server = spawn(
    "redis-server",
    settings.flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: "ignore" },
  );
  const ended = once(server, "exit").catch((error: unknown) => error);
  const stop = async (): Promise<void> => {
    server.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.race([
      waitUntilReady({ host: "127.0.0.1", port }, { signal, patience: 10_000 }),
      ended.then((error) => {
        throw new TqError(`redis-server did not start: ${String(error)}`, {
          code: "no-redis-server",
          exitCode: 3,
          hint: "Debian, Ubuntu: sudo apt install redis-server    macOS: brew install redis",
        });
      }),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, [Symbol.asyncDispose]: stop };
}
