import { type Traceback } from "../python/traceback.js";

/** A request to a web API, and what came of it. */
export interface Exchange {
  /** As a person reads it: POST /jobs {"start": 1}. */
  request: string;
  /** Null where no answer came; `problem` says why. */
  status: number | null;
  problem: string | null;
  /** The body of the answer. */
  text: string;
  /** What that is as JSON; undefined where it is none. */
  json: unknown;
  durationMs: number;
  /** Seconds that the student's code slept meanwhile, as it asked for; they were shortened. */
  slept: number;
  /** What the API wrote to standard error meanwhile. */
  traceback: Traceback | null;
}

export interface Request {
  method: "GET" | "POST";
  path: string;
  /** Sent as it is where it is text, else as JSON. */
  body?: unknown;
}

/** Milliseconds for an answer. */
const PATIENCE = 5000;

/** Asks a web API that runs somewhere. Never rejects but when it is stopped. */
export async function ask(
  url: string,
  { method, path, body }: Request,
  given?: AbortSignal,
): Promise<Exchange> {
  const sent = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  const began = performance.now();
  const facts = {
    request: `${method} ${path}${sent === null ? "" : ` ${sent}`}`,
    problem: null,
    text: "",
    json: undefined,
    traceback: null,
    slept: 0,
  };
  const since = (): number => Math.round(performance.now() - began);
  // Not AbortSignal.timeout: its timer lets the process end while the answer is still awaited.
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(new DOMException("no answer", "TimeoutError"));
  }, PATIENCE);
  try {
    const answer = await fetch(`${url}${path}`, {
      method,
      redirect: "follow",
      signal: AbortSignal.any([late.signal, ...(given ? [given] : [])]),
      ...(sent !== null && { body: sent, headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    return { ...facts, status: answer.status, text, json: readJson(text), durationMs: since() };
  } catch (error) {
    return { ...facts, status: null, problem: explain(error), durationMs: since() };
  } finally {
    clearTimeout(timer);
  }
}

function explain(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return `no answer within ${PATIENCE / 1000} s`;
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
