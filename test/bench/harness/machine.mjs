import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

/** What the figures were taken on, load included: they are only comparable within one run. */
export function describeMachine() {
  const version = (file, ...args) => {
    try {
      return /\d+\.\d+(\.\d+)?/.exec(execFileSync(file, args, { encoding: "utf8" }))?.[0] ?? "unknown";
    } catch {
      return "none";
    }
  };
  const cores = cpus();
  return {
    cores: cores.length,
    cpu: cores[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    redis: version("redis-server", "--version"),
    load: Number(loadavg()[0].toFixed(1)),
    date: new Date().toISOString().slice(0, 10),
  };
}
