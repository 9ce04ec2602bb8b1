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
