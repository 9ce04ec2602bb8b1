import { type CommandEvent } from "../../redis/observe/event.js";
import { type Exchange, type Request } from "../../lab/http/exchange.js";
import { fillPath, nameOf, type Route, toRequest } from "./routes/route.js";
import { rank } from "./routes/sort.js";
import { isFine, type System } from "./system.js";
import { isNoRoute, saysSomething, statusIn } from "./status-answers.js";

/** A route that may tell of one job; or the list of all, where none does. */
export interface JobRoute {
  /** As a person writes it. */
  name: string;
  /** It lists all jobs. */
  isList: boolean;
  request: (id: string) => Request;
}

/** What each of these routes answered to one id. */
export type Answers = ReadonlyMap<JobRoute, Exchange>;

/** So many routes are asked for a job. */
const MOST = { ofJob: 8, lists: 4 };

export interface JobRoutes {
  ofJob: JobRoute[];
  lists: JobRoute[];
  /** What the tq.yaml says: null is "none", undefined is not said. */
  status: JobRoute | null | undefined;
  result: JobRoute | null | undefined;
}

/** `ofData` are the routes by which data were found. */
export function findJobRoutes({ sorted, told, isKnown }: System, ofData: readonly string[]): JobRoutes {
  const others = (route: Route): boolean => !ofData.includes(nameOf(route));
  const written = (one: "none" | Parameters<typeof toRequest>[0] | undefined): JobRoute | null | undefined =>
    one === undefined
      ? undefined
      : one === "none"
        ? null
        : { name: nameOf(one), isList: !one.path.includes("{"), request: (id) => toRequest(one, { "": id }) };
  return {
    ofJob: sorted.ofJob.filter(others).slice(0, MOST.ofJob).map(ofOne),
    lists: rank(sorted.lists.filter(others), ({ path }) => [
      path === "/jobs" ? 1 : 0,
      /job/i.test(path) ? 1 : 0,
    ])
      .slice(0, isKnown ? MOST.lists : 1)
      .map((route) => ({
        name: nameOf(route),
        isList: true,
        request: () => ({ method: "GET" as const, path: route.path }),
      })),
    status: written(told?.status),
    result: written(told?.result),
  };
}

function ofOne(route: Route): JobRoute {
  const field = route.fields.find(({ where, name }) => where === "query" && /id$|job/i.test(name));
  const path = route.params.length === 0 && field ? `${route.path}?${field.name}={id}` : route.path;
  return {
    name: `GET ${path}`,
    isList: false,
    request: (id) => ({ method: "GET", path: fillPath(path, { "": id }) }),
  };
}

/** Asks all of them for a job. */
export async function askAll(
  { ofJob, lists, status, result }: JobRoutes,
  send: (request: Request) => Promise<Exchange>,
  id: string,
): Promise<Map<JobRoute, Exchange>> {
  const answers = new Map<JobRoute, Exchange>();
  const told = [status, result].filter((one) => one !== null && one !== undefined);
  for (const route of [...told, ...ofJob, ...lists]) answers.set(route, await send(route.request(id)));
  return answers;
}

/** Routes of these names rather give a result than the record. */
const RESULT = /result|output|download|image|plot|graph|fig|answer|file|report/i;

/**
 * The route that tells the status, by what it answers while the job waits. `words` are those that were written into the record. Null
 * where none does; a route that says so with an error is not it.
 */
export function chooseStatus(
  routes: JobRoutes,
  answers: Answers,
  { id, words }: { id: string; words: readonly string[] | undefined },
): JobRoute | null {
  const { status, ofJob, lists } = routes;
  if (status !== undefined) return status;
  const shows = (route: JobRoute): boolean => {
    const exchange = answers.get(route);
    return (
      exchange !== undefined &&
      isFine(exchange) &&
      statusIn(exchange, { id, ...(words && { words }) }) !== null
    );
  };
  const telling = rank(ofJob.filter(shows), (route) => [
    RESULT.test(route.name) ? 0 : 1,
    /status/i.test(route.name) ? 1 : 0,
    /job/i.test(route.name) ? 1 : 0,
  ]);
  const [best] = telling;
  if (best && !RESULT.test(best.name)) return best;
  // What is meant to tell it, and does not, is the fault: a list that tells it does not make up for that.
  if (meantForStatus(routes, answers)) return null;
  const list = lists.find((route) => shows(route) && answers.get(route)?.text.includes(id));
  return list ?? null;
}

/** Where none tells the status: the route that is meant to, by its name; null where none is. */
export function meantForStatus({ ofJob }: JobRoutes, answers: Answers): JobRoute | null {
  return (
    ofJob.find((route) => /^GET \/jobs\/\{\w+\}$/.test(route.name)) ??
    ofJob.find((route) => {
      const exchange = answers.get(route);
      return (
        exchange !== undefined &&
        !isNoRoute(exchange) &&
        /job|status/i.test(route.name) &&
        !RESULT.test(route.name)
      );
    }) ??
    null
  );
}

/** What is known of a route when the job is done. */
export interface ResultEvidence {
  route: JobRoute;
  early: Exchange | undefined;
  late: Exchange;
  /** What it did in Redis for the late answer. */
  reads: readonly CommandEvent[];
}

/** The route that gives the result: by what it reads of what the worker wrote, and by its answer; null where none does. */
export function chooseResult(
  evidence: readonly ResultEvidence[],
  status: JobRoute | null,
  isOfResult: (event: CommandEvent) => boolean,
): JobRoute | null {
  const others = evidence.filter(({ route }) => route !== status && !route.isList);
  const [best] = rank(others, ({ route, early, late, reads }) => [
    RESULT.test(route.name) || reads.some(isOfResult) ? 1 : 0,
    isFine(late) && saysSomething(late) && late.text !== early?.text ? 1 : 0,
    reads.some(isOfResult) ? 1 : 0,
    RESULT.test(route.name) ? 1 : 0,
  ]);
  if (!best) return null;
  const changed = isFine(best.late) && best.late.text !== best.early?.text;
  return RESULT.test(best.route.name) || best.reads.some(isOfResult) || changed ? best.route : null;
}
