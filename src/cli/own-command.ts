import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { shellCommand } from "../text/shell-word.js";
import { type Context } from "./context.js";

/** How this very tq is called from here: `tq`, where the shell finds it; in its clone `npx tq`; else by its path. */
export function ownCommand({ env, self: [, script] }: Pick<Context, "env" | "self">): string {
  const own = realpathSync(script);
  if ((env["PATH"] ?? "").split(delimiter).some((folder) => leadsTo(join(folder, "tq"), own))) return "tq";
  const root = dirname(dirname(own));
  const inside = relative(root, process.cwd());
  if (inside === "" && existsSync(join(root, "package.json"))) return "npx tq";
  return shellCommand("node", own);
}

function leadsTo(path: string, own: string): boolean {
  try {
    return realpathSync(path) === own;
  } catch {
    return false;
  }
}
