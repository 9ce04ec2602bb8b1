import { stringify } from "yaml";
import { type Request } from "../../lab/http/exchange.js";
import { isFine } from "./system.js";
import { type Asked, type SystemRun } from "./run-result.js";

/** What was found out about a jobs API, in the form of a tq.yaml that can be corrected and put beside the files. */
export function describeFound(run: SystemRun): string {
  const { data, job, statusAsked, resultAsked } = run;
  const loads = data.loads.filter(({ exchange }) => isFine(exchange)).map(({ request }) => write(request));
  const list = data.raw.length > 0 ? data.list?.request : undefined;
  const words = run.statuses.length > 0 ? run.statuses : run.written;
  const [first, last] = [words[0], words.at(-1)];
  const found = {
    exercise: 7,
    ...(loads.length > 0 && { load: loads }),
    ...(data.none ? { data: "none" } : list !== undefined && { data: { list } }),
    ...(job?.isTaken && { job: write(job.request) }),
    ...(statusAsked?.isList !== true && { status: routeOf(statusAsked) }),
    result: routeOf(resultAsked),
    ...(run.late.done && first !== undefined && last !== undefined && { words: { first, last: [last] } }),
  };
  const text = stringify(found, { flowCollectionPadding: false, lineWidth: 0 });
  const missing = [
    job?.isTaken ? null : "# No request made a job. How one is made:   job: {request: POST /jobs, body: {…}}",
    run.routes === null ? null : `# Its routes: ${run.routes.join(", ")}`,
  ];
  return [...missing.filter((line) => line !== null), text.trimEnd()].join("\n");
}

function routeOf(asked: Asked | null): string | undefined {
  return asked === null ? "none" : (asked.route ?? undefined);
}

/** As a tq.yaml has it: the request alone, or with its body. */
function write({ method, path, body, form }: Request): string | object {
  const request = `${method} ${path}`;
  if (form !== undefined) return { request, form };
  return body === undefined ? request : { request, body };
}
