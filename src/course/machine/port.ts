import { type PortHolder } from "../../redis/lifecycle/port-holder.js";
import { type Instance } from "../../redis/lifecycle/state.js";
import { type Finding } from "./finding.js";

/** Who has a port that exercises use; `instances` are the Redises that tq started. */
export function describePort(
  port: number,
  holder: PortHolder | null,
  instances: readonly Pick<Instance, "name" | "port" | "stoppedAt" | "engine">[],
): Finding {
  const finding = { name: `port ${port}`, serves: [] };
  if (!holder) return { ...finding, state: "ok", detail: "free" };
  const own = instances.find((one) => one.port === port && one.stoppedAt === null);
  if (own && holder.isRedis)
    return { ...finding, state: "ok", detail: `the Redis "${own.name}" that tq started (${own.engine})` };
  const who =
    holder.command ??
    (holder.pid === null ? "a program that this user may not see" : `process ${holder.pid}`);
  return { ...finding, state: "note", detail: `taken by ${holder.isRedis ? "a Redis: " : ""}${who}` };
}
