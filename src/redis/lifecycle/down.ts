import { existsSync } from "node:fs";
import { TqError } from "../../errors.js";
import { ENGINE_NAMES, loadEngine } from "../engines/index.js";
import { type EngineSurroundings } from "../engines/surroundings.js";
import { withLock } from "./lock.js";
import { instanceFolder, readInstance, removeInstance, writeInstance } from "./state.js";

export interface DownRequest {
  home: string;
  name: string;
  /** Remove the data too, unless they are in a folder of the user's. */
  volumes: boolean;
  surroundings: EngineSurroundings;
  report: (line: string) => void;
  signal: AbortSignal;
}

export interface DownResult {
  /**
   * What was found: `foreign` is something that tq did not start, and has not been touched; `unfinished` what a start
   * that was killed has left.
   */
  was: "running" | "gone" | "foreign" | "stopped" | "unfinished" | "unknown";
  detail: string;
  /** Where the data are; null where none are kept, or none any more. */
  data: string | null;
  /** The folder of data that the user named, and that stays. */
  dataIsTheirs: boolean;
}

/** Stops the Redis of this name if it is the one that tq started. Throws `TqError` (exit 3) where it does not stop. */
export async function down(request: DownRequest): Promise<DownResult> {
  const { home, name, volumes, surroundings } = request;
  const unknown = { was: "unknown" as const, detail: "", data: null, dataIsTheirs: false };
  // A start makes this folder before anything else.
  if (!existsSync(instanceFolder(home, name))) return unknown;
  return withLock(request, async () => {
    const instance = readInstance(home, name);
    if (!instance) {
      const swept = await sweep(request);
      if (volumes) removeInstance(home, name);
      return swept ? { ...unknown, was: "unfinished" as const } : unknown;
    }
    const engine = await loadEngine(instance.engine, surroundings);
    const stateFolder = instanceFolder(home, name);
    const found =
      instance.stoppedAt === null ? await engine.inspect(instance) : { state: "stopped" as const };
    if (found.state === "running" || volumes) await engine.stop(instance, { volumes, stateFolder });
    if (volumes) removeInstance(home, name);
    else if (instance.stoppedAt === null) {
      writeInstance(home, { ...instance, stoppedAt: new Date().toISOString() });
    }
    const dataIsTheirs = instance.dataIsTheirs;
    return {
      was: found.state,
      detail: "detail" in found ? found.detail : "",
      data: volumes && !dataIsTheirs ? null : instance.data,
      dataIsTheirs,
    };
  });
}

/** An engine that does not answer has nothing that could be found. */
async function sweep({ home, name, volumes, surroundings }: DownRequest): Promise<boolean> {
  let found = false;
  for (const engineName of ENGINE_NAMES) {
    const engine = await loadEngine(engineName, surroundings);
    try {
      found = (await engine.sweep?.(name, { volumes, stateFolder: instanceFolder(home, name) })) || found;
    } catch (error) {
      if (!(error instanceof TqError)) throw error;
    }
  }
  return found;
}
