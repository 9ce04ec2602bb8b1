import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface DockerSurroundings {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  homeFolder: string;
}

/** Where the Docker engine listens, by the same rules as the docker command. */
export interface Endpoint {
  /** Such as unix:///var/run/docker.sock. */
  url: string;
  /** What named it. */
  why: string;
}

/** DOCKER_HOST, else the context that DOCKER_CONTEXT or `docker context use` chose, else the system's own socket. */
export function findEndpoint({ env, platform, homeFolder }: DockerSurroundings): Endpoint {
  if (env["DOCKER_HOST"]) return { url: env["DOCKER_HOST"], why: "DOCKER_HOST" };
  const folder = env["DOCKER_CONFIG"] || join(homeFolder, ".docker");
  const context = env["DOCKER_CONTEXT"] || readJson(join(folder, "config.json"))?.["currentContext"];
  if (typeof context === "string" && context !== "" && context !== "default") {
    const url = readContext(folder, context);
    if (url !== null) return { url, why: `the docker context "${context}"` };
  }
  const url = platform === "win32" ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock";
  return { url, why: "the default" };
}

/** The docker command keeps a context in a folder that is named by the hash of its name. */
function readContext(folder: string, name: string): string | null {
  const hash = createHash("sha256").update(name).digest("hex");
  const meta = readJson(join(folder, "contexts", "meta", hash, "meta.json")) as {
    Endpoints?: { docker?: { Host?: unknown } };
  } | null;
  const host = meta?.Endpoints?.docker?.Host;
  return typeof host === "string" ? host : null;
}

/** Null where there is no such file, or nothing of JSON in it. */
function readJson(path: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
