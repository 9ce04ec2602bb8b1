import { type Request } from "../../lab/http/exchange.js";
import { type DataRecord, isFine } from "./data-run.js";
import { type Ask } from "./job-answers.js";
import { type Submission } from "./submission.js";

/**
 * The bodies that POST /jobs may take, in the order in which they are tried: the one that was given; else what the API
 * itself declares (FastAPI's openapi.json), numbers, and days as they stand in the data.
 */
export async function listJobBodies(
  given: unknown,
  {
    range,
    records,
    send,
  }: { range: { start: number; end: number }; records: readonly DataRecord[] | null; send: Ask },
): Promise<unknown[]> {
  if (given !== undefined) return [given];
  const schema = await send({ method: "GET", path: "/openapi.json" });
  const declared = isFine(schema) ? declaredBody(schema.json, range) : null;
  const days = daysIn(records ?? []);
  return [declared, range, { start: days[0], end: days.at(-1) }].filter((body) => body !== null);
}

/** Submits the first of the bodies that is taken; where none is, the first answer tells. */
export async function firstAccepted(
  bodies: readonly unknown[],
  send: (request: Request) => Promise<Submission>,
): Promise<{ body: unknown; submission: Submission }> {
  let first: { body: unknown; submission: Submission } | undefined;
  for (const body of bodies) {
    const tried = { body, submission: await send({ method: "POST", path: "/jobs", body }) };
    if (isFine(tried.submission.exchange)) return tried;
    first ??= tried;
  }
  if (!first) throw new Error("there is no body to try");
  return first;
}

/** Bodies of jobs that should come to something else than the one that was taken: the rest, and shorter ranges. */
export function listOtherBodies(bodies: readonly unknown[], taken: unknown): unknown[] {
  const rest = bodies.filter((body) => body !== taken);
  return [taken, ...rest].flatMap((body) => [...(body === taken ? [] : [body]), ...shorter(body)]);
}

function shorter(body: unknown): unknown[] {
  if (!isSchema(body)) return [];
  const { start, end } = body;
  if (typeof start === "number" && typeof end === "number")
    return [{ ...body, end: start + Math.trunc((end - start) / 2) }];
  return typeof start === "string" && start !== end ? [{ ...body, end: start }] : [];
}

/** The days that stand in the data, in order; else some. */
function daysIn(records: readonly DataRecord[]): string[] {
  const found = records
    .flatMap((record) => Object.values(record))
    .flatMap((text) => /^\d{4}-\d\d-\d\d/.exec(text) ?? []);
  return found.length > 0 ? [...new Set(found)].sort() : ["2026-03-01", "2026-03-09"];
}

type Schema = Readonly<Record<string, unknown>>;

/** An example of the body that the API's own description declares for POST /jobs; null where it declares none. */
export function declaredBody(description: unknown, range: { start: number; end: number }): unknown {
  const at = (value: unknown, ...path: string[]): unknown =>
    path.reduce<unknown>((one, name) => (isSchema(one) ? one[name] : undefined), value);
  const content = at(
    description,
    "paths",
    "/jobs",
    "post",
    "requestBody",
    "content",
    "application/json",
    "schema",
  );
  const reference = at(content, "$ref");
  const schema =
    typeof reference === "string" ? at(description, ...reference.replace(/^#\//, "").split("/")) : content;
  const properties = at(schema, "properties");
  if (!isSchema(properties)) return null;
  return Object.fromEntries(
    Object.entries(properties).map(([name, one], n) => [
      name,
      example(name, isSchema(one) ? one : {}, n, range),
    ]),
  );
}

function example(
  name: string,
  { type, example: shown, default: usual }: Schema,
  n: number,
  range: { start: number; end: number },
): unknown {
  if (shown !== undefined) return shown;
  const number =
    /end|stop|to$|max/i.test(name) || (n > 0 && !/start|from|begin|min/i.test(name))
      ? range.end
      : range.start;
  if (type === "string") return typeof usual === "string" ? usual : String(number);
  if (type === "boolean") return true;
  if (type === "array") return [number];
  return number;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
