import { namesIn, readBy, type Route, writtenBy } from "./route.js";

/** The routes by what their handlers do, the likeliest of each kind first. Names decide between equals. */
export interface Sorted {
  /** They put something on the queue. */
  makers: Route[];
  /** They write data. */
  loaders: Route[];
  /** They list what is there: data or jobs. */
  lists: Route[];
  /** They ask for one thing, by a parameter of the path. */
  ones: Route[];
  /** They may tell of one job, by a parameter of the path or of the query. */
  ofJob: Route[];
}

const JOB = /job|run|submit|task|analy|plot|request/i;
const DATA = /data|load|set|init|import|fetch|populate/i;
const SPECIAL = /^\/(?:$|help|docs|openapi|redoc|static|health|ping|debug)/i;

export function sortRoutes(routes: readonly Route[]): Sorted {
  const makers = makersIn(routes);
  const rest = routes.filter((route) => !makers.includes(route));
  const jobDbs = new Set(makers.flatMap((route) => [...writtenBy(route)]));
  const gets = rest.filter(({ method }) => method === "GET");
  return {
    makers,
    loaders: loadersIn(rest, jobDbs),
    lists: rank(
      gets.filter((route) => route.params.length === 0 && !SPECIAL.test(route.path) && !isAsked(route)),
      (route) => [
        route.path === "/data" ? 1 : 0,
        DATA.test(route.path) ? 1 : 0,
        readBy(route).size > 0 ? 1 : 0,
      ],
    ),
    ones: gets.filter(({ params }) => params.length === 1),
    ofJob: rank(
      gets.filter((route) => route.params.length === 1 || isAsked(route)),
      (route) => [
        [...readBy(route)].some((db) => jobDbs.has(db)) ? 1 : 0,
        JOB_WORDS.test(route.path) ? 1 : 0,
        JOB_WORDS.test(namesIn(route.path).join()) ? 1 : 0,
      ],
    ),
  };
}

const JOB_WORDS = /job|jid|status|result|output|download|image|plot/i;

/** It wants to be told in its query what it is asked for, such as /job_status?job_id=. */
function isAsked({ fields }: Route): boolean {
  return fields.some(
    ({ where, name, required }) =>
      where === "query" && (/job|jid/i.test(name) || (required && /id$/i.test(name))),
  );
}

function makersIn(routes: readonly Route[]): Route[] {
  const key = (route: Route): number[] => [
    route.method === "GET" ? 0 : 1,
    route.method === "POST" ? 1 : 0,
    route.path === "/jobs" ? 1 : 0,
    JOB.test(route.path) ? 1 : 0,
    route.params.length === 0 ? 1 : 0,
  ];
  const putting = routes.filter(({ puts }) => puts);
  if (putting.length > 0) return rank(putting, key);
  const posts = routes.filter(({ method }) => method === "POST" || method === "PUT");
  const pushing = posts.filter(({ does }) => does.some(({ command }) => /^[LR]PUSH$/.test(command)));
  if (pushing.length > 0) return rank(pushing, key);
  return rank(
    posts.filter(({ path }) => JOB.test(path) && !DATA.test(path)),
    key,
  );
}

function loadersIn(routes: readonly Route[], jobDbs: ReadonlySet<number>): Route[] {
  const writes = routes.filter(
    (route) =>
      route.method !== "DELETE" &&
      (writtenBy(route).size > 0 ||
        // What nobody can follow may write all the same.
        (route.does.length === 0 && (route.method === "POST" || route.method === "PUT"))),
  );
  const isOfJobs = (route: Route): boolean =>
    (route.params.length > 0 || !DATA.test(route.path)) &&
    writtenBy(route).size > 0 &&
    [...writtenBy(route)].every((db) => jobDbs.has(db)) &&
    /job|result|status|worker/i.test(route.path);
  const loaders = writes.filter((route) => !isOfJobs(route));
  const changing = loaders.filter(({ method }) => method !== "GET");
  // A GET that writes loads the data only where nothing else does.
  const chosen = changing.length > 0 ? changing : loaders.filter(({ path }) => DATA.test(path));
  return rank(chosen, (route) => [
    route.params.length === 0 ? 1 : 0,
    writtenBy(route).size > 0 ? 1 : 0,
    route.path === "/data" ? 1 : 0,
    DATA.test(route.path) ? 1 : 0,
  ]);
}

/** The highest key first; equals stay in their order. */
export function rank<T>(items: readonly T[], key: (item: T) => readonly number[]): T[] {
  return [...items].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    const n = left.findIndex((value, at) => value !== right[at]);
    return n === -1 ? 0 : (right[n] ?? 0) - (left[n] ?? 0);
  });
}
