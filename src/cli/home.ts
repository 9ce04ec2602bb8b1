import { homedir } from "node:os";
import { join, resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of progress and state: TQ_HOME, else tq's place among the platform's data folders. */
export function findHome(env: Environment, platform: NodeJS.Platform): string {
  if (env["TQ_HOME"]) return resolve(env["TQ_HOME"]);
  return join(dataFolder(env, platform), "tq");
}

function dataFolder(env: Environment, platform: NodeJS.Platform): string {
  if (platform === "win32") return env["LOCALAPPDATA"] || join(homedir(), "AppData", "Local");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support");
  return env["XDG_DATA_HOME"] || join(homedir(), ".local", "share");
}
