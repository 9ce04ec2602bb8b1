import { type Request } from "../../../lab/http/exchange.js";
import { fillPath, type Route } from "../routes/route.js";
import { type Part, partsOf } from "./part.js";
import { valueWithoutData } from "./no-data.js";
import { sideOf, type Source, valuesFor } from "./values.js";

/** So many requests are tried, at most, until one makes a job. */
const MOST = 8;

/** The requests by which a route may make a job, the likeliest first. */
export function requestsFor(route: Route, source: Source): Request[] {
  const parts = partsOf(route);
  const needed = parts.filter(({ required }) => required);
  const lists = parts.map((part) => valuesFor(part, source));
  const found: Request[] = [];
  const add = (chosen: readonly Part[], nth: (list: readonly unknown[]) => unknown): void => {
    const values = chosen.map((part) => [part, nth(lists[parts.indexOf(part)] ?? [])] as const);
    const request = build(route, values);
    const written = JSON.stringify(request);
    if (!found.some((one) => JSON.stringify(one) === written)) found.push(request);
  };
  for (let n = 0; n < MOST && found.length < MOST; n += 1)
    add(needed, (list) => list[Math.min(n, list.length - 1)]);
  if (parts.length > needed.length) {
    add(parts, (list) => list[0]);
    add(parts, (list) => list[Math.min(1, list.length - 1)]);
  }
  return found.slice(0, MOST + 2);
}

function build(
  route: Pick<Route, "method" | "path">,
  values: readonly (readonly [Part, unknown])[],
): Request {
  const of = (where: Part["where"]): [string, unknown][] =>
    values.flatMap(([part, value]) =>
      part.where === where && value !== undefined ? [[part.name, joined(part, value)]] : [],
    );
  const texts = (where: Part["where"]): Record<string, string> =>
    Object.fromEntries(of(where).map(([name, value]) => [name, asText(value)]));
  const path = fillPath(route.path, texts("path"));
  const query = new URLSearchParams(texts("query")).toString();
  const request = { method: route.method, path: query === "" ? path : `${path}?${query}` };
  if (values.some(([part]) => part.where === "form")) return { ...request, form: texts("form") };
  const json = Object.fromEntries(of("json"));
  return values.some(([part]) => part.where === "json" || part.where === "text")
    ? { ...request, body: json }
    : request;
}

/** A list within a text has its marks between. */
function joined({ by }: Part, value: unknown): unknown {
  return by !== null && Array.isArray(value) ? value.join(by) : value;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * The same with values of the right form for which there are no data: a range behind all of them, a word that nobody has. Null where the
 * route reads nothing of the kind.
 */
export function requestWithoutData(route: Route, source: Source): Request | null {
  const parts = partsOf(route).filter(({ required }) => required);
  const values = parts.map((part) => ({
    part,
    usual: valuesFor(part, source),
    none: valueWithoutData(part, source),
  }));
  if (values.every(({ none }) => none === undefined)) return null;
  return build(
    route,
    values.map(({ part, usual, none }) => [part, none ?? usual[0]] as const),
  );
}

/**
 * Requests of jobs that should come to something else than the one that was taken: others that were not tried, shorter ranges, and
 * a range in which there is nothing.
 */
export function otherRequests(taken: Request, all: readonly Request[]): Request[] {
  const others = [...shorter(taken), ...all.filter((one) => one !== taken), ...all.flatMap(shorter)];
  const seen = new Set([JSON.stringify(taken)]);
  return others.filter((one) => {
    const written = JSON.stringify(one);
    if (seen.has(written)) return false;
    seen.add(written);
    return true;
  });
}

function shorter(request: Request): Request[] {
  const values = (request.form ?? request.body) as Readonly<Record<string, unknown>> | undefined;
  if (typeof values !== "object") return [];
  const names = Object.keys(values);
  const from = names.find((name) => sideOf({ name }) === "start");
  const to = names.find((name) => sideOf({ name }) === "end");
  if (from === undefined || to === undefined) return [];
  const [start, end] = [values[from], values[to]];
  const changed = (value: unknown): Request => {
    const all = { ...values, [to]: value };
    return request.form ? { ...request, form: all as Record<string, string> } : { ...request, body: all };
  };
  if (typeof start === "number" && typeof end === "number")
    return [changed(start + Math.trunc((end - start) / 2))];
  return typeof start === "string" && start !== end ? [changed(start)] : [];
}
