import { type RouteNote } from "../../../lab/program/route-note.js";
import { type WrittenRequest } from "../../../lab/system-file/system-file.js";
import { type Request } from "../../../lab/http/exchange.js";

export type Route = RouteNote;

/** As a person writes it: GET /jobs/{id}. */
export function nameOf({ method, path }: Pick<Route, "method" | "path">): string {
  return `${method} ${path}`;
}

/** The routes of the exercise's own text, for a system whose table is not to be had. */
export const COURSE: readonly Route[] = [
  of("POST", "/data"),
  { ...of("GET", "/data"), fields: [part("query", "search", false)] },
  of("GET", "/data/{id}"),
  { ...of("POST", "/jobs"), puts: true, fields: [part("json", "start", true), part("json", "end", true)] },
  of("GET", "/jobs"),
  of("GET", "/jobs/{id}"),
  of("GET", "/jobs/{id}/results"),
];

function of(method: Route["method"], path: string): Route {
  const params = namesIn(path).map((name) => ({ name, type: "string" }));
  return { method, path, params, function: "", file: "", line: 0, fields: [], puts: false, does: [] };
}

function part(where: "json" | "query", name: string, required: boolean): Route["fields"][number] {
  return { where, name, required, forms: [] };
}

/** The names between { and } in a path. */
export function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** The path with a value in place of each name; what has no value of its own name takes the one of "". */
export function fillPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? values[""];
    return value === undefined ? whole : encodeURIComponent(value);
  });
}

/** A request that was written down, with values for its names. */
export function toRequest(
  { method, path, body }: WrittenRequest,
  values: Readonly<Record<string, string>> = {},
): Request {
  const request = { method, path: fillPath(path, values) };
  if (!body) return request;
  if (body.as === "json") return { ...request, body: body.value };
  return { ...request, form: body.value as Record<string, string> };
}

const WRITES =
  /^(?:SET|SETEX|PSETEX|SETNX|GETSET|MSET|MSETNX|APPEND|HSET|HMSET|HSETNX|[LR]PUSHX?|SADD|ZADD|XADD|RENAME|INCR|JSON)/;
const READS =
  /^(?:GET|MGET|HGET|HGETALL|HMGET|HVALS|HKEYS|HSCAN_ITER|KEYS|SCAN|SCAN_ITER|LRANGE|LINDEX|SMEMBERS|ZRANGE|EXISTS|HEXISTS)$/;

/** The databases in which its handler writes, as its code tells. */
export function writtenBy({ does }: Route): Set<number> {
  return new Set(does.filter(({ command }) => WRITES.test(command)).map(({ db }) => db));
}

export function readBy({ does }: Route): Set<number> {
  return new Set(does.filter(({ command }) => READS.test(command)).map(({ db }) => db));
}
