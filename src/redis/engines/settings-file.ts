import { SLOW_LOG_ENTRIES } from "../observe/slow-log.js";

/** Every command is kept for a while, so that a check sees what was done before it was asked. */
export const HISTORY_SETTINGS = {
  "slowlog-log-slower-than": "0",
  "slowlog-max-len": String(SLOW_LOG_ENTRIES),
};

/** Redis' settings as its file has them, a line each; values may stand in quotes. */
export function formatSettings(settings: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(settings)
    .map(([name, value]) => (value === undefined ? "" : `${name} ${value}\n`))
    .join("");
}

/** A value that may hold spaces and quotes. */
export function quoteSetting(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
