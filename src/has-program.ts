import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

interface Machine {
  env: Readonly<Record<string, string | undefined>>;
  platform?: NodeJS.Platform;
}

/** Whether one of these programs is on the PATH. */
export function hasProgram(names: readonly string[], { env, platform }: Machine): boolean {
  const suffix = platform === "win32" ? ".exe" : "";
  return (env["PATH"] ?? "")
    .split(delimiter)
    .some((folder) => names.some((name) => isExecutable(join(folder, `${name}${suffix}`))));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
