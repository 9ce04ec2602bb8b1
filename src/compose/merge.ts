import { isAbsolute, join } from "node:path";
import { asFields, asList, asText, type Fields, isFields } from "../text/fields.js";

/** A text or a list of them, as a list; numbers and flags as Compose reads them. */
export function asTexts(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one) =>
    one === undefined || one === null ? [] : [textOf(one)],
  );
}

export function textOf(value: unknown): string {
  return typeof value === "boolean" ? String(value) : asText(value);
}

/** `NAME=value` lines or a mapping, as a mapping; null for a name alone. */
export function asVariables(value: unknown): Record<string, string | null> {
  if (!Array.isArray(value)) {
    const entries = Object.entries(asFields(value));
    return Object.fromEntries(entries.map(([name, one]) => [name, one === null ? null : textOf(one)]));
  }
  const pairs = asTexts(value).map((line): [string, string | null] => {
    const [, name = line, text] = /^([^=]*)=(.*)$/s.exec(line) ?? [];
    return [name, text ?? null];
  });
  return Object.fromEntries(pairs);
}

/** A build context that no folder of this machine is. */
export function isRemote(context: string): boolean {
  return /^(?:https?|git|ssh):\/\/|^git@|^github\.com\//.test(context);
}

/** A service in one form, however it is written, with the paths of its file made absolute. */
export function normaliseService(service: Fields, folder: string): Fields {
  const resolve = (path: string): string =>
    (isAbsolute(path) ? path : join(folder, path)).replace(/(.)\/+$/, "$1");
  const changed: Record<string, unknown> = { ...service };
  const change = (key: string, how: (value: unknown) => unknown): void => {
    if (service[key] !== undefined && service[key] !== null) changed[key] = how(service[key]);
  };
  change("build", (value) => {
    const build = typeof value === "string" ? { context: value } : asFields(value);
    const context = asText(build["context"]) || ".";
    return {
      ...build,
      context: isRemote(context) ? context : resolve(context),
      ...(build["args"] !== undefined && { args: asVariables(build["args"]) }),
    };
  });
  for (const key of ["environment", "labels", "annotations"]) change(key, asVariables);
  for (const key of ["depends_on", "networks"]) {
    change(key, (value) =>
      Array.isArray(value) ? Object.fromEntries(asTexts(value).map((one) => [one, null])) : value,
    );
  }
  change("env_file", (value) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => ({
      ...asFields(one),
      path: resolve(isFields(one) ? asText(one["path"]) : asText(one)),
    })),
  );
  change("volumes", (value) =>
    asList(value).map((one) => {
      if (isFields(one)) {
        const source = asText(one["source"]);
        return one["type"] === "bind" ? { ...one, source: resolve(source) } : one;
      }
      return readVolume(asText(one), resolve);
    }),
  );
  return changed;
}

/** `source:target:mode`; a source that is a path is a folder of this machine. */
function readVolume(text: string, resolve: (path: string) => string): Fields {
  const [, drive = "", rest = text] = /^([A-Za-z]:(?=[\\/]))?(.*)$/s.exec(text) ?? [];
  const [first = "", target, mode = ""] = rest.split(":");
  if (target === undefined) return { type: "volume", target: text, read_only: false };
  const source = `${drive}${first}`;
  const isPath = drive !== "" || /^[./~]/.test(source);
  return {
    type: isPath ? "bind" : "volume",
    source: isPath && !source.startsWith("~") ? resolve(source) : source,
    target,
    read_only: mode.split(",").includes("ro"),
  };
}

/** A later description takes the place of a command as a whole; other lists grow. */
const REPLACED = new Set(["command", "entrypoint", "test"]);

/** What Compose makes of two descriptions of one thing, the second over the first, both in one form. */
export function mergeFields(base: Fields, over: Fields): Fields {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = mergeValue(key, base[key], value);
  return merged;
}

function mergeValue(key: string, base: unknown, over: unknown): unknown {
  if (over === null && base !== undefined) return base;
  if (isFields(base) && isFields(over)) return mergeFields(base, over);
  if (!Array.isArray(base) || !Array.isArray(over) || REPLACED.has(key)) return over;
  const same = (one: unknown): unknown => (key === "volumes" ? asFields(one)["target"] : JSON.stringify(one));
  const later = new Set((over as unknown[]).map(same));
  return [...(base as unknown[]).filter((one) => !later.has(same(one))), ...(over as unknown[])];
}
