import { bodyOf } from "./bodies.js";
import { type FormChoices } from "./ways.js";

/** The route that makes a job, its path as Flask writes it. */
export function jobPath({ job, ...choices }: FormChoices): string {
  switch (job) {
    case "query":
      return "/jobs";
    case "/jobs/request/<word>":
      return `/jobs/request/<${bodyOf({ ...choices, job }).fields[0]?.name ?? ""}>`;
    default:
      return job;
  }
}

/** A request of a client's. */
export interface Asked {
  method: "GET" | "POST";
  path: string;
  json?: unknown;
  form?: Readonly<Record<string, string>>;
}

/** One of the two jobs that differ, as a client submits it. */
export function submission(choices: FormChoices, which: 0 | 1): Asked {
  const { examples } = bodyOf(choices);
  const values = examples[which];
  switch (choices.job) {
    case "/run":
      return { method: "POST", path: "/run", form: asTexts(values) };
    case "query":
      return { method: "POST", path: `/jobs?${new URLSearchParams(asTexts(values)).toString()}` };
    case "/jobs/request/<word>":
      return { method: "POST", path: `/jobs/request/${String(Object.values(values)[0])}` };
    case "/jobs/<function>":
      return { method: "POST", path: "/jobs/mean", json: values };
    case "/jobs":
    case "/jobs/image":
    case "/submit":
      return { method: "POST", path: choices.job, json: values };
  }
}

function asTexts(values: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** Where the status of a job is asked for; `id` may be a parameter. */
export function statusPath({ status }: FormChoices, id: string): string {
  switch (status) {
    case "/jobs/<id>":
    case "text":
      return `/jobs/${id}`;
    case "/status/<id>":
      return `/status/${id}`;
    case "/jobs/status/<id>":
      return `/jobs/status/${id}`;
    case "/job_status":
      return `/job_status?job_id=${id}`;
    case "list":
      return "/jobs";
  }
}

/** Where the result is asked for; null where the record has it. */
export function resultPath({ result }: FormChoices, id: string): string | null {
  switch (result) {
    case "/results/<id>":
    case "/download/<id>":
    case "/jobs/results/<id>":
    case "/jobs/<id>/results":
      return result.replace("<id>", id);
    case "/output":
      return `/output?jid=${id}`;
    case "none":
      return null;
  }
}

/** The requests that load the data, in their order. */
export function loading({ data, load, topic }: FormChoices): Asked[] {
  if (data === "none" || data === "start") return [];
  switch (load) {
    case "/data":
      return [{ method: "POST", path: "/data" }];
    case "body":
      return [{ method: "POST", path: "/data", json: { year: 1800 } }];
    case "/set":
      return [{ method: "GET", path: "/set" }];
    case "things-first":
      return [
        { method: "POST", path: `/${topic}` },
        { method: "POST", path: "/data" },
      ];
  }
}

/** The routes of the data: the list, one record, and a search where there is one. */
export function dataPaths({ dataRoutes, topic }: FormChoices): { list: string; one: string } {
  switch (dataRoutes) {
    case "course":
      return { list: "/data", one: "/data/<one_id>" };
    case "things":
      return { list: `/${topic}`, one: `/${topic}/<one_id>` };
    case "few":
      return { list: "/data", one: `/${topic}/<one_id>` };
  }
}
