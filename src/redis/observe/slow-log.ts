import { type RedisClient } from "../../queue/client.js";
import { type CommandEvent, OBSERVER_NAME } from "./event.js";

/** As many entries as a Redis that tq starts keeps. */
export const SLOW_LOG_ENTRIES = 4096;

/** Id, seconds, microseconds, arguments, the client's address and name. */
type Entry = [number, number, number, Buffer[], Buffer, Buffer];

/**
 * What was done so far, oldest first, from the slow log of a Redis that writes every command there
 * (`slowlog-log-slower-than 0`); null where it does not. Long arguments are cut: "… (190 more bytes)" follows.
 */
export async function readSlowLog(client: RedisClient): Promise<CommandEvent[] | null> {
  const setting = await client.callBuffer("CONFIG", "GET", "slowlog-log-slower-than").catch(() => null);
  if (!Array.isArray(setting) || String(setting[1]) !== "0") return null;
  const entries = (await client.callBuffer("SLOWLOG", "GET", SLOW_LOG_ENTRIES)) as Entry[];
  return toEvents(entries.reverse());
}

/** The log does not tell the database; what the same connection selected before does. */
function toEvents(entries: readonly Entry[]): CommandEvent[] {
  const databases = new Map<string, number>();
  return entries.flatMap(([, time, , [command, ...args], address, name]) => {
    const client = String(address);
    const commandName = String(command).toUpperCase();
    // An address may be given to a new connection later: the greeting tells that it is one.
    if (commandName === "HELLO" || commandName === "AUTH") databases.delete(client);
    if (commandName === "SELECT") databases.set(client, Number(args[0]));
    if (String(name).startsWith(OBSERVER_NAME)) return [];
    return {
      kind: "command",
      time,
      client,
      db: databases.get(client) ?? 0,
      name: commandName,
      args,
      told: "served",
    } satisfies CommandEvent;
  });
}
