import { loadEngine } from "../engines/index.js";
import { type EngineSurroundings } from "../engines/surroundings.js";
import { type Instance, listInstances } from "./state.js";

export interface InstanceStatus {
  instance: Instance;
  state: "running" | "stopped" | "gone" | "foreign";
  detail: string;
  /** What a person should know about its engine. */
  limits: readonly string[];
}

/** Every Redis that tq started and whose record it keeps, as it is now. */
export async function status(home: string, surroundings: EngineSurroundings): Promise<InstanceStatus[]> {
  return Promise.all(
    listInstances(home).map(async (instance) => {
      const engine = await loadEngine(instance.engine, surroundings);
      if (instance.stoppedAt !== null)
        return { instance, state: "stopped", detail: "", limits: engine.limits };
      const found = await engine.inspect(instance);
      const detail = found.state === "foreign" ? found.detail : "";
      return { instance, state: found.state, detail, limits: engine.limits };
    }),
  );
}
