import { shellCommand } from "../text/shell-word.js";
import { type Context } from "./context.js";

/** A tq command for the same queue: with the options that say which, as they were given. */
export function repeatCommand({ settings }: Pick<Context, "settings">, command: string): string {
  const { redisUrl, db, queue } = settings;
  const words: string[] = [];
  if (redisUrl !== undefined) words.push("--redis-url", redisUrl);
  if (db !== undefined) words.push("--db", String(db));
  if (queue !== "queue") words.push("--queue", queue);
  return [command, shellCommand(...words)].filter(Boolean).join(" ");
}
