import { createHash } from "node:crypto";
import { type Traceback } from "../python/traceback.js";

/** A request to a web API, and what came of it. */
export interface Exchange {
  /** As a person reads it: POST /jobs {"start": 1}. */
  request: string;
  /** Null where no answer came; `problem` says why. */
  status: number | null;
  problem: string | null;
  /** The body of the answer; of a picture or another file, its type, size and fingerprint. */
  text: string;
  /** Its headers that may name what was made: Location, or where it was sent on to, and those of a job or an id. */
  headers: Readonly<Record<string, string>>;
  /** What that is as JSON; undefined where it is none. */
  json: unknown;
  durationMs: number;
  /** Seconds that the student's code slept meanwhile, as it asked for; they were shortened. */
  slept: number;
  /** What the API wrote to standard error meanwhile. */
  traceback: Traceback | null;
}

export interface Request {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** Sent as it is where it is text, else as JSON. */
  body?: unknown;
  /** Sent as a form, in place of a body. */
  form?: Readonly<Record<string, string>>;
}

/** Milliseconds for an answer. */
const PATIENCE = 5000;

/** Asks a web API that runs somewhere. Never rejects but when it is stopped. */
export async function ask(url: string, request: Request, given?: AbortSignal): Promise<Exchange> {
  const { method, path, form } = request;
  const sent = bodyOf(request);
  const began = performance.now();
  const facts = {
    request: showRequest(request),
    problem: null,
    text: "",
    json: undefined,
    headers: {},
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
      ...(sent !== null && { body: sent, headers: { "content-type": form ? FORM : "application/json" } }),
    });
    const text = readText(Buffer.from(await answer.arrayBuffer()), answer.headers.get("content-type"));
    const headers = Object.fromEntries([
      ...(answer.redirected ? [["location", answer.url] as const] : []),
      ...[...answer.headers].filter(([name]) => /^location$|job|\bid$/i.test(name)),
    ]);
    return { ...facts, status: answer.status, text, json: readJson(text), headers, durationMs: since() };
  } catch (error) {
    return { ...facts, status: null, problem: explain(error), durationMs: since() };
  } finally {
    clearTimeout(timer);
  }
}

/** As a person reads it: POST /run seq=AACDE. */
export function showRequest(request: Request): string {
  const sent = bodyOf(request);
  return `${request.method} ${request.path}${sent === null ? "" : ` ${sent}`}`;
}

const FORM = "application/x-www-form-urlencoded";

function bodyOf({ body, form }: Request): string | null {
  if (form) return new URLSearchParams(form).toString();
  if (body === undefined) return null;
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** What is no text is named by what tells it from another. */
function readText(bytes: Buffer, type: string | null): string {
  const text = bytes.toString();
  if (!/[\0\uFFFD]/.test(text)) return text;
  const print = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  return `(${type ?? "a file"}, ${bytes.length} bytes, ${print})`;
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
