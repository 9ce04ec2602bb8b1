import { type Exchange } from "../../lab/http/exchange.js";
import { type DataRecord, findWords, idsOf, type RawRecord, readRecords, toText } from "./data-records.js";
import { loadData, type Loading } from "./load-data.js";
import { fillPath, nameOf, namesIn, readBy, type Route, toRequest, writtenBy } from "./routes/route.js";
import { rank } from "./routes/sort.js";
import { isFine, type System } from "./system.js";

/** What the data routes of an API answered. */
export interface DataRun {
  /** The routes by which data were found, as a person writes them. */
  routes: readonly string[];
  /** There are to be none: its tq.yaml says so. */
  none: boolean;
  /** Every loading request, with its answer. */
  loads: Loading["loads"];
  /** Of those, the one that failed, where what is listed does not show that all is well; null where none did. */
  failed: Exchange | null;
  /** Null where there is no route that could list data. */
  list: Exchange | null;
  /** The records that were listed, whatever form they have; null where there are none in the answer. */
  records: readonly DataRecord[] | null;
  raw: readonly RawRecord[];
  /** One record by its id; null where there is no route for it, or no value led to an answer. */
  one: { id: string; route: string; exchange: Exchange } | null;
  /** The requests by which one record was asked for. */
  tried: string[];
  search: { word: string; exchange: Exchange; found: readonly DataRecord[] | null } | null;
  /** An id that no data has; null where no route asks for one record. */
  unknown: Exchange | null;
}

/** As many requests ask for one record. */
const MOST_TRIES = 16;

/** Ids that no data has: where ids are numbers, a number. */
const NO_ID = { text: "no-such-record-0", number: "987654321" };

/** Loads the data, and asks for it in all ways. */
export async function runData(system: System): Promise<DataRun> {
  const { send, told } = system;
  if (told?.data === "none" && !told.load) return NO_DATA;
  const { loads, list, records: raw } = await loadData(system);
  const records = raw?.map(toText) ?? null;
  const isThere = (records?.length ?? 0) > 0;
  const main = loads.find(({ exchange }) => !isFine(exchange));
  const failed = main && (!isThere || main === loads[0]) ? main.exchange : null;
  const found = {
    routes: list?.route && (raw?.length ?? 0) > 0 ? [nameOf(list.route)] : [],
    none: told?.data === "none",
    loads,
    failed,
    list: list?.exchange ?? null,
    records,
    raw: raw ?? [],
  };
  if (failed || found.none) return { ...NO_DATA, ...found };
  const { one, tried, path } = await findOne(system, records);
  const search = isThere && records ? await findSearch(system, list, records) : null;
  const noId = one !== null && /^\d+$/.test(one.id) ? NO_ID.number : NO_ID.text;
  return {
    ...found,
    routes: [...found.routes, ...(one ? [one.route] : [])],
    one,
    tried,
    search,
    unknown: path === null ? null : await send({ method: "GET", path: fillPath(path, { "": noId }) }),
  };
}

export const NO_DATA: DataRun = {
  routes: [],
  none: true,
  loads: [],
  failed: null,
  list: null,
  records: null,
  raw: [],
  one: null,
  tried: [],
  search: null,
  unknown: null,
};

/** Routes that ask for one thing, where it may be one of the data. */
function onesOf({ told, sorted, isKnown }: System): Pick<Route, "path" | "method">[] {
  if (told?.data !== undefined && told.data !== "none" && told.data.one) return [told.data.one];
  const dataDbs = new Set(sorted.loaders.flatMap((route) => [...writtenBy(route)]));
  const lists = sorted.lists.map(({ path }) => path);
  const fits = (route: Route): boolean => {
    if (/job|result|status|download|output|search|image|plot/i.test(route.path)) return false;
    return (
      !isKnown ||
      route.does.length === 0 ||
      [...readBy(route)].some((db) => dataDbs.size === 0 || dataDbs.has(db))
    );
  };
  const under = (route: Route): boolean => lists.some((list) => route.path.startsWith(`${list}/{`));
  return rank(
    sorted.ones.filter((route) => fits(route) || under(route)),
    (route) => [
      under(route) ? 1 : 0,
      route.path.startsWith("/data") ? 1 : 0,
      /id|name|key/i.test(route.params[0]?.name ?? "") ? 1 : 0,
    ],
  ).filter(({ path }) => !/job/i.test(path));
}

async function findOne(
  system: System,
  records: readonly DataRecord[] | null,
): Promise<Pick<DataRun, "one" | "tried"> & { path: string | null }> {
  const routes = onesOf(system);
  const tried: string[] = [];
  for (const route of routes) {
    const [name = ""] = namesIn(route.path);
    for (const id of idsOf(records?.[0], name)) {
      if (tried.length >= MOST_TRIES) break;
      const exchange = await system.send({ method: "GET", path: fillPath(route.path, { "": id }) });
      tried.push(exchange.request);
      if (isFine(exchange)) return { one: { id, route: nameOf(route), exchange }, tried, path: route.path };
    }
  }
  return { one: null, tried, path: routes[0]?.path ?? null };
}

const SEARCH = /^(?:search|query|q|word|term|keyword|find|contains|text)$/i;

/** Searches for a word of the data; where nothing is found, for one of another field: a search may be about one alone. */
async function findSearch(
  system: System,
  list: Loading["list"],
  records: readonly DataRecord[],
): Promise<DataRun["search"]> {
  let first: DataRun["search"] = null;
  for (const word of findWords(records)) {
    const request = searchFor(system, list, word);
    if (!request) return null;
    const exchange = await system.send(request);
    const search = { word, exchange, found: readRecords(exchange.json) };
    if ((search.found?.length ?? 0) > 0) return search;
    first ??= search;
  }
  return first;
}

/** The request that searches for a word; null where no route does. */
function searchFor({ told, sorted, isKnown }: System, list: Loading["list"], word: string) {
  if (told?.data !== undefined && told.data !== "none" && told.data.search)
    return toRequest(told.data.search, { "": word });
  const query = encodeURIComponent(word);
  const field = list?.route?.fields.find(({ where, name }) => where === "query" && SEARCH.test(name));
  if (list && field)
    return { method: "GET" as const, path: `${list.route?.path ?? ""}?${field.name}=${query}` };
  if (!isKnown) return { method: "GET" as const, path: `/data?search=${query}` };
  const route = sorted.ones.find(
    ({ path, params }) => /search|find/i.test(path) && SEARCH.test(params[0]?.name ?? ""),
  );
  return route ? { method: "GET" as const, path: fillPath(route.path, { "": word }) } : null;
}
