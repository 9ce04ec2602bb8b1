import { type Engine, type EngineName } from "./engine.js";
import { type EngineSurroundings } from "./surroundings.js";

/** The order in which `auto` tries them. */
export const ENGINE_NAMES = ["docker", "native", "embedded"] as const satisfies readonly EngineName[];

/** An engine is loaded only when it is used: Docker's client is large. */
export async function loadEngine(name: EngineName, surroundings: EngineSurroundings): Promise<Engine> {
  switch (name) {
    case "docker":
      return (await import("./docker.js")).createDockerEngine(surroundings);
    case "native":
      return (await import("./native.js")).createNativeEngine(surroundings);
    case "embedded":
      return (await import("./embedded.js")).createEmbeddedEngine(surroundings);
  }
}
