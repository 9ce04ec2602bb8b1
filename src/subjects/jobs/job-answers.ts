import { randomUUID } from "node:crypto";
import { type Exchange, type Request } from "../../lab/http/exchange.js";
import { statusIn } from "./status-answers.js";

export type Ask = (request: Request) => Promise<Exchange>;

/** What an API says of one job. */
export interface JobAnswers {
  status: Exchange;
  results: Exchange;
}

/** What it says right after a job was submitted. */
export interface EarlyAnswers {
  id: string | null;
  early: JobAnswers;
  /** GET /jobs. */
  list: Exchange;
  /** An id that no job has. */
  unknown: JobAnswers;
}

export async function askEarly(send: Ask, id: string | null): Promise<EarlyAnswers> {
  const early = await askBoth(send, id);
  const list = await send({ method: "GET", path: "/jobs" });
  return { id, early, list, unknown: await askBoth(send, randomUUID()) };
}

export async function askBoth(send: Ask, id: string | null): Promise<JobAnswers> {
  const status = await send({ method: "GET", path: `/jobs/${id ?? "none"}` });
  return { status, results: await send({ method: "GET", path: `/jobs/${id ?? "none"}/results` }) };
}

/** Adds the status of an answer to those that were seen, where it is another than the last. */
export function noteStatus(statuses: string[], exchange: Exchange | null): void {
  const status = exchange && statusIn(exchange);
  if (status && statuses.at(-1) !== status) statuses.push(status);
}
