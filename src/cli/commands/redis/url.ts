import { type Target } from "../../../redis/target.js";
import { type CommandModule } from "../../command.js";
import { findTarget } from "../../open-queue.js";

export const url: CommandModule = {
  define: (command) => command,

  run: async (context) => {
    const target = findTarget(context);
    await context.out.line(
      context.settings.json ? JSON.stringify({ url: fullUrl(target), why: target.why }) : fullUrl(target),
    );
    return 0;
  },
};

/** With the password and the database: what `redis-cli -u` and redis-py's `from_url` take. */
function fullUrl({ url: shown, connection: { username = "", password, db, cluster, path } }: Target): string {
  const user =
    password === undefined ? "" : `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`;
  return `${shown.replace("://", `://${user}`)}${cluster ? "" : path === undefined ? `/${db}` : `?db=${db}`}`;
}
