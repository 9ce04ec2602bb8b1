import { randomUUID } from "node:crypto";
import { type CommandEvent } from "../../redis/observe/event.js";
import { type Exchange } from "../../lab/http/exchange.js";
import {
  type Answers,
  askAll,
  chooseResult,
  chooseStatus,
  findJobRoutes,
  type JobRoute,
  type JobRoutes,
  meantForStatus,
  type ResultEvidence,
} from "./job-routes.js";
import { type Asked, type JobAnswers } from "./run-result.js";
import { statusIn } from "./status-answers.js";
import { type Ask, type System } from "./system.js";

/** How one job is asked for: its routes, and what they answered while it waited. */
export interface JobView {
  id: string;
  routes: JobRoutes;
  /** The route of the status; null where none tells it, or none is to. */
  status: JobRoute | null;
  isNone: { status: boolean; result: boolean };
  /** What each route answered right after the job was submitted, and to an id that no job has. */
  early: Answers;
  unknown: Answers;
  list: Exchange | null;
}

export async function viewJob(
  system: System,
  id: string,
  { ofData, words }: { ofData: readonly string[]; words: readonly string[] | undefined },
): Promise<JobView> {
  const { send } = system;
  const routes = findJobRoutes(system, ofData);
  const early = await askAll(routes, send, id);
  const status = chooseStatus(routes, early, { id, words }) ?? meantForStatus(routes, early);
  const unknown = await askAll({ ...routes, lists: [] }, send, randomUUID());
  const lists = routes.lists.flatMap((route) => early.get(route) ?? []);
  const listing = lists.find(({ text }) => text.includes(id));
  const meant = routes.lists.find(({ name }) => /^GET \/jobs\/?$/.test(name));
  return {
    id,
    routes,
    status,
    isNone: { status: routes.status === null, result: routes.result === null },
    early,
    unknown,
    list: listing ?? (meant ? (early.get(meant) ?? null) : null),
  };
}

/** The route of the result, when the job is done. */
export async function findResult(
  view: JobView,
  send: Ask,
  {
    events,
    isOfResult,
  }: { events: () => Promise<readonly CommandEvent[]>; isOfResult: (event: CommandEvent) => boolean },
): Promise<{ result: JobRoute | null; late: Answers; reads: readonly CommandEvent[] }> {
  const late = new Map<JobRoute, Exchange>();
  const evidence: ResultEvidence[] = [];
  const { routes, id } = view;
  const told = routes.result ? [routes.result] : [];
  for (const route of new Set([...(view.status ? [view.status] : []), ...told, ...routes.ofJob])) {
    const before = (await events()).length;
    const exchange = await send(route.request(id));
    late.set(route, exchange);
    evidence.push({
      route,
      early: view.early.get(route),
      late: exchange,
      reads: (await events()).slice(before),
    });
  }
  const found = (result: JobRoute | null) => ({
    result,
    late,
    reads: evidence.find(({ route }) => route === result)?.reads ?? [],
  });
  if (routes.result !== undefined) return found(routes.result);
  const chosen = chooseResult(evidence, view.status, isOfResult);
  if (chosen) return found(chosen);
  const { status } = view;
  const hasResult = status && hasMore(view.early.get(status), late.get(status), id);
  return found(hasResult ? status : null);
}

/** The record itself has something new beside status and times: the result. */
function hasMore(early: Exchange | undefined, late: Exchange | undefined, id: string): boolean {
  const [before, after] = [early, late].map((one) => new Map(fieldsOf(one?.json, id)));
  if (!before || !after) return false;
  return [...after].some(
    ([name, value]) =>
      !/status|state|time|start|end|date|updated|worker/i.test(name) &&
      value !== before.get(name) &&
      !/^(?:null|""|\[\]|\{\})$/.test(value),
  );
}

function fieldsOf(json: unknown, id: string): [string, string][] {
  if (Array.isArray(json))
    return json.flatMap((one) => (JSON.stringify(one).includes(id) ? fieldsOf(one, id) : []));
  if (typeof json === "string" && /^\s*\{/.test(json)) return fieldsOf(JSON.parse(json), id);
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([name, value]): [string, string][] => {
    if (
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      JSON.stringify(value).includes(id)
    )
      return fieldsOf(value, id);
    return [[name, JSON.stringify(value)]];
  });
}

export function answersOf(answers: Answers, status: JobRoute | null, result: JobRoute | null): JobAnswers {
  return {
    status: (status && answers.get(status)) ?? null,
    results: (result && answers.get(result)) ?? null,
  };
}

export function askedOf(route: JobRoute | null, told: JobRoute | null | undefined): Asked | null {
  if (told === null) return null;
  return {
    route: route?.name ?? null,
    by: told === undefined ? "found" : "tq.yaml",
    isList: route?.isList ?? false,
  };
}

/** Adds the status of an answer to those that were seen, where it is another than the last. */
export function noteStatus(
  statuses: string[],
  exchange: Exchange | null,
  known: { id: string | null; words?: readonly string[] },
): void {
  const status = exchange && statusIn(exchange, known);
  if (status && statuses.at(-1) !== status) statuses.push(status);
}
