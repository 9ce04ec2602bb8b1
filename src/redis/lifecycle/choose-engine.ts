import { TqError } from "../../errors.js";
import { type Engine, type EngineName } from "../engines/engine.js";
import { ENGINE_NAMES, loadEngine } from "../engines/index.js";
import { type EngineSurroundings } from "../engines/surroundings.js";

export interface EngineChoice {
  engine: Engine;
  /** Why this one: the words for brackets behind its name. */
  why: string;
}

/**
 * The engine asked for, or with `auto` the first that works here. Throws `TqError` (exit 3) with the remedy where
 * the one asked for does not.
 */
export async function chooseEngine(
  wanted: EngineName | "auto",
  { keepsData, surroundings }: { keepsData: boolean; surroundings: EngineSurroundings },
): Promise<EngineChoice> {
  if (wanted !== "auto") {
    const engine = await loadEngine(wanted, surroundings);
    const found = await engine.probe();
    if (!found.available)
      throw notAvailable(`the engine ${wanted} does not work here: ${found.reason}`, found.hint);
    return { engine, why: "as asked for" };
  }
  const reasons: string[] = [];
  // The embedded one would not heed the wish for a folder of data.
  for (const name of ENGINE_NAMES.filter((name) => name !== "embedded" || !keepsData)) {
    const engine = await loadEngine(name, surroundings);
    const found = await engine.probe();
    if (found.available) return { engine, why: explain(name, reasons) };
    reasons.push(`not ${name}: ${found.reason}`);
  }
  throw notAvailable(`no engine here keeps data in a folder: ${reasons.join("; ")}`, "Leave --data out.");
}

function explain(name: EngineName, reasons: readonly string[]): string {
  return reasons.length === 0 ? `${name} is the first choice, and it works here` : reasons.join("; ");
}

function notAvailable(message: string, hint: string): TqError {
  return new TqError(message, { code: "engine-not-available", exitCode: 3, hint });
}
