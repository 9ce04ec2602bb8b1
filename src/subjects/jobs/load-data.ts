import { type Exchange, type Request } from "../../lab/http/exchange.js";
import { requestsFor } from "./body/job-requests.js";
import { readRaw, type RawRecord } from "./data-records.js";
import { type Route, toRequest } from "./routes/route.js";
import { isFine, type System } from "./system.js";

/** What came of loading the data, and what there was then. */
export interface Loading {
  /** Every loading request that was kept to, with its last answer. */
  loads: { request: Request; exchange: Exchange }[];
  list: { request: Request; exchange: Exchange; route: Route | null } | null;
  records: readonly RawRecord[] | null;
}

/** So many routes that may load, ways to ask each, and lists are tried. */
const MOST = { loaders: 5, ways: 6, lists: 6 };

/** A job that finds its data wants more records than these. */
const FEW = 3;

/** Loads in the order that is told; else by each route that writes, once more where one of them wanted another first. */
export async function loadData(system: System): Promise<Loading> {
  const { send, told, sorted, report } = system;
  report("loading the data");
  if (told?.load) {
    const loads: Loading["loads"] = [];
    for (const written of told.load) {
      const request = toRequest(written);
      loads.push({ request, exchange: await send(request) });
    }
    return { loads, ...(await listData(system)) };
  }
  const loaders = sorted.loaders.slice(0, MOST.loaders);
  const found = new Map<Route, Loading["loads"][number]>();
  for (const route of loaders) found.set(route, await loadBy(route, system));
  let listed = await listData(system);
  const isEmpty = (): boolean => (listed.records?.length ?? 0) === 0;
  const failed = loaders.filter((route) => !isFine(found.get(route)?.exchange ?? { status: null }));
  // One that failed may have wanted another first; where all went well and nothing is there, all of them.
  for (const again of [failed, loaders]) {
    if (loaders.length < 2 || (again === loaders && !isEmpty())) continue;
    for (const route of again) {
      // In the order in which they worked, which is told and done again.
      found.delete(route);
      found.set(route, await loadBy(route, system));
    }
    if (isEmpty() && again.length > 0) listed = await listData(system);
  }
  // What a body chooses may be nothing at all, or hardly anything.
  const count = (): number => listed.records?.length ?? 0;
  for (const route of count() < FEW ? loaders : []) {
    const { range } = system;
    let best = { load: found.get(route), count: count() };
    let broken: Loading["loads"][number] | null = null;
    for (const request of requestsFor(route, { records: [], range }).slice(1, MOST.ways)) {
      if (count() >= FEW) break;
      const load = { request, exchange: await send(request) };
      listed = await listData(system);
      if (count() > best.count) best = { load, count: count() };
      if ((load.exchange.status ?? 0) >= 500) broken ??= load;
    }
    // That it breaks with something to load is the cause of there being nothing.
    if (best.count === 0 && broken) best.load = broken;
    if (!best.load) continue;
    found.set(route, best.load);
    if (count() >= best.count) continue;
    found.set(route, { ...best.load, exchange: await send(best.load.request) });
    listed = await listData(system);
  }
  return { loads: [...found.values()], ...listed };
}

async function loadBy(route: Route, { send, range }: System): Promise<Loading["loads"][number]> {
  let first: Loading["loads"][number] | undefined;
  for (const request of requestsFor(route, { records: [], range }).slice(0, MOST.ways / 2)) {
    const tried = { request, exchange: await send(request) };
    if (isFine(tried.exchange)) return tried;
    // The one that is told is the first; what the others say of their values is not what keeps it.
    first ??= tried;
  }
  if (!first) throw new Error("a route has a request");
  return first;
}

async function listData({ send, told, sorted }: System): Promise<Pick<Loading, "list" | "records">> {
  const written = told?.data === "none" ? undefined : told?.data?.list;
  const candidates: { request: Request; route: Route | null }[] = written
    ? [{ request: toRequest(written), route: null }]
    : sorted.lists
        // Where jobs are made, jobs are listed.
        .filter(({ path }) => !sorted.makers.some((maker) => maker.path === path))
        .slice(0, MOST.lists)
        .map((route) => ({ request: { method: "GET", path: route.path }, route }));
  let first: Loading["list"] = null;
  for (const one of candidates) {
    const list = { ...one, exchange: await send(one.request) };
    const records = isFine(list.exchange) ? readRaw(list.exchange.json) : null;
    if (records && records.length > 0) return { list, records };
    first ??= list;
  }
  return { list: first, records: first ? readRaw(first.exchange.json) : null };
}
