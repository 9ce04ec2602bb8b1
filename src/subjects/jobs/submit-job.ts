import { type Request, showRequest } from "../../lab/http/exchange.js";
import { addWhatLacks } from "./body/from-answer.js";
import { otherRequests, requestsFor, requestWithoutData } from "./body/job-requests.js";
import { fieldNamed } from "./body/values.js";
import { type RawRecord } from "./data-records.js";
import { nameOf, type Route, toRequest } from "./routes/route.js";
import { jobIdOf } from "./job-id.js";
import { savedBy, type Submission } from "./submission.js";
import { isFine, type System } from "./system.js";

/** How a job came to be made, or what was tried for it. */
export interface JobSent {
  /** The request that was taken; where none was, the first that was tried. */
  request: Request;
  /** As a person writes its route: POST /run; null where there is none that makes jobs. */
  route: Pick<Route, "method" | "path" | "function" | "file" | "line" | "saver"> | null;
  submission: Submission;
  /** The message that it put on a queue. */
  message: string | null;
  /** All that was sent, as it is read. */
  tried: string[];
  /** It was taken: a message is on a queue, or the answer says so. */
  isTaken: boolean;
  /** How it was found. */
  by: "tq.yaml" | "--job" | "found";
  /** Other jobs that should come to something else. */
  others: readonly Request[];
}

export interface SubmitOptions {
  system: System;
  /** `--job`: the body, where it was given. */
  given: unknown;
  records: readonly RawRecord[];
  submit: (request: Request) => Promise<Submission>;
  /** Messages that were put on queues so far; null where nobody sees them. */
  messages: (() => Promise<readonly string[]>) | null;
  /** So many requests that were taken are passed over: the jobs that they made came to nothing. */
  skip: number;
}

/** So many routes are tried. */
const MOST_ROUTES = 4;

interface Candidate {
  request: Request;
  route: JobSent["route"];
}

/** Submits the first of the requests that is taken. */
export async function submitJob(options: SubmitOptions): Promise<JobSent> {
  const { system, messages } = options;
  system.report("looking for a request that makes a job");
  const candidates = listCandidates(options);
  const tried: string[] = [];
  const all: Candidate[] = [...candidates];
  let first: JobSent | undefined;
  let fine: JobSent | undefined;
  let { skip } = options;
  let extra: Candidate | null = null;
  for (let next = all.shift(); next !== undefined; next = all.shift()) {
    const known = new Set(await messages?.());
    const submission = await options.submit(next.request);
    tried.push(showRequest(next.request));
    const message = (await messages?.())?.find((one) => !known.has(one)) ?? null;
    const sent: JobSent = {
      ...next,
      submission,
      message,
      tried,
      by: byOf(options),
      isTaken: isTaken(submission, message, messages === null),
      others: othersOf(next, candidates, options),
    };
    if (sent.isTaken && skip === 0) return sent;
    if (sent.isTaken) skip -= 1;
    first ??= sent;
    if (isFine(submission.exchange)) fine ??= sent;
    const better: Request | null = extra === null ? addWhatLacks(next.request, submission.exchange) : null;
    if (better && !tried.includes(showRequest(better))) {
      extra = { request: better, route: next.route };
      all.push(extra);
    }
  }
  const kept = fine ?? first;
  if (!kept) throw new Error("there is nothing to try");
  return kept;
}

/** Jobs that should come to something else; the second of them to nothing, as there are no data for it. */
function othersOf(
  { request, route }: Candidate,
  candidates: readonly Candidate[],
  { system: { sorted, told, range }, given, records }: SubmitOptions,
): Request[] {
  const all = candidates.filter((one) => one.route === route).map((one) => one.request);
  const [first, ...others] = otherRequests(request, all);
  const maker = told?.job || given !== undefined ? undefined : sorted.makers.find((one) => one === route);
  const none = maker ? requestWithoutData(maker, { records, range }) : null;
  return [first, none ?? undefined, ...others].filter((one) => one !== undefined);
}

function byOf({ system: { told }, given }: SubmitOptions): JobSent["by"] {
  return given !== undefined ? "--job" : told?.job ? "tq.yaml" : "found";
}

/** On a queue it is seen; without, an answer that says yes, and something that was saved, or an id, must do. */
function isTaken(submission: Submission, message: string | null, isOutside: boolean): boolean {
  if (message !== null) return true;
  if (!isFine(submission.exchange)) return false;
  const id = jobIdOf(submission);
  return isOutside ? id !== null : savedBy(submission, id).length > 0;
}

function listCandidates({ system, given, records }: SubmitOptions): Candidate[] {
  const { told, sorted, range } = system;
  const [route = null] = sorted.makers;
  if (told?.job) {
    const { method, path } = told.job;
    const known = sorted.makers.find((one) => one.method === method && one.path === path) ?? null;
    const request = toRequest(told.job);
    const own = known ?? { method, path, function: "", file: "", line: 0 };
    const sent = given === undefined ? request : { method: request.method, path: request.path, body: given };
    return [sent, ...varied(sent, told.job.vary ?? [], records)].map((one) => ({ request: one, route: own }));
  }
  if (given !== undefined) {
    const { method, path } = route ?? { method: "POST", path: "/jobs" };
    return [{ request: { method, path, body: given }, route }];
  }
  if (route === null) return [{ request: { method: "POST", path: "/jobs" }, route: null }];
  return sorted.makers
    .slice(0, MOST_ROUTES)
    .flatMap((one) => requestsFor(one, { records, range }).map((request) => ({ request, route: one })));
}

/** The same with other values for the parts that are to vary: as the data have them, else another number or text. */
function varied(request: Request, vary: readonly string[], records: readonly RawRecord[]): Request[] {
  const values = (request.form ?? request.body) as Readonly<Record<string, unknown>> | undefined;
  if (typeof values !== "object") return [];
  const fields = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return vary.flatMap((name) => {
    const now = values[name];
    const field = fieldNamed(name, fields);
    const other =
      (field === null ? undefined : records.map((record) => record[field]).find((one) => one !== now)) ??
      (typeof now === "number"
        ? now + 1
        : typeof now === "string"
          ? now.slice(0, -1) || `${now}A`
          : undefined);
    if (other === undefined) return [];
    const all = { ...values, [name]: other };
    return [request.form ? { ...request, form: all as Record<string, string> } : { ...request, body: all }];
  });
}

/** The route that made it, in words. */
export function makerOf({ route, request }: Pick<JobSent, "route" | "request">): string {
  return route ? nameOf(route) : `${request.method} ${request.path}`;
}
