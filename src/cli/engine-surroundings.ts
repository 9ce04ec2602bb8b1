import { homedir } from "node:os";
import { type EngineSurroundings } from "../redis/engines/surroundings.js";
import { type Context } from "./context.js";

export function engineSurroundings({ env, platform, self }: Context): EngineSurroundings {
  return { env, platform, self, homeFolder: homedir(), uid: process.getuid?.(), gid: process.getgid?.() };
}

/** The name of the Redis that is started and stopped unless another is asked for. */
export const DEFAULT_INSTANCE = "redis";
