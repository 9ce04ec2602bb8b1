import { blocked, type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { isFine, isNoRoute, saysSomething, type SystemRun } from "../../../src/subjects/jobs/probe.js";
import { copyOf, describe, explainError, isServerError, refusedHost, withRemarks } from "./words.js";

interface Fault {
  observed: string;
  cause: string;
  next: string;
  mistake: string;
}

type Data = SystemRun["data"];

/** 7.3: data is loaded, listed, searched and found by its id. */
export function judgeData(run: SystemRun, place: Place): Judgement {
  const { data, isCourse } = run;
  if (data.none) return passed("there are no data routes to be, as tq.yaml says: none were asked");
  const web = refusedHost(run);
  if (web && (data.failed || (data.records?.length ?? 0) === 0)) {
    const seen = data.failed ?? data.list;
    const where = web.at ? `${web.at.file}:${web.at.line} ` : "";
    return blocked(
      `${seen ? `${describe(seen)}; ` : ""}${where}wants to connect to ${web.target}, which is not let through`,
      copyOf(web.target),
    );
  }
  const fault =
    findLoadFault(run) ??
    findListFault(run) ??
    (isCourse ? (findOneFault(data) ?? findSearchFault(data)) : null);
  if (fault) {
    return notYet({
      expected: isCourse
        ? "POST /data loads; GET /data lists, ?search= chooses, /data/<id> gives one, an unknown id gets 404"
        : "the data is loaded, and can be listed",
      probe: place.again("7.3"),
      ...fault,
    });
  }
  return passed(withRemarks(summarize(data), isCourse ? [] : remarksOn(data)));
}

function summarize({ loads, list, records, one, search, unknown }: Data): string {
  const parts = [
    loads.length > 0 ? loads.map(({ exchange }) => exchange.request).join(", ") : null,
    list ? `${list.request}: ${records ? `${records.length} records` : "an answer that is no JSON"}` : null,
    one ? `${one.exchange.request} gives one` : null,
    search ? `${search.exchange.request} gives ${search.found?.length ?? 0}` : null,
    unknown?.status === 404 ? "an unknown id gets 404" : null,
  ];
  return parts.filter((part) => part !== null).join("; ");
}

function remarksOn(data: Data): (string | null)[] {
  const { list, records } = data;
  return [
    list === null ? "no route lists the data" : null,
    list && records === null ? `${list.request} gives no JSON list` : null,
    data.tried.length > 0 ? (findOneFault(data)?.observed ?? null) : null,
    findSearchFault(data)?.observed ?? null,
  ];
}

function findLoadFault({ data: { failed, loads, list }, routes }: SystemRun): Fault | null {
  if (loads.length === 0 && list === null) {
    return {
      observed: `no route loads or lists data; there are: ${routes?.join(", ") || "none"}`,
      cause: "the data routes are not written yet",
      next: "write them; where your assignment has no data routes, say so in tq.yaml:   data: none",
      mistake: "no-data-routes",
    };
  }
  if (!failed) return null;
  if (isServerError(failed))
    return {
      observed: describe(failed),
      mistake: "load-fails",
      ...explainError(failed, `mend what ${failed.request.split(" ").slice(0, 2).join(" ")} does`),
    };
  return {
    observed: describe(failed),
    cause: isNoRoute(failed)
      ? "there is no such route"
      : "the API says itself what it lacks: the request, or something that is to be there before",
    next: "let it load the file beside the code; what else it needs can be told in tq.yaml, under load:",
    mistake: "load-fails",
  };
}

function findListFault({ data: { loads, list, records }, isCourse }: SystemRun): Fault | null {
  if (list === null) return null;
  if (!isFine(list)) {
    return {
      observed: describe(list),
      mistake: "list-fails",
      ...explainError(list, "give back all records as a JSON list"),
    };
  }
  if (typeof list.json === "string" && isCourse) {
    return {
      observed: describe(list),
      cause: "the list is made JSON twice: what comes is one long text",
      next: "give the list back as it is: the framework makes JSON of it",
      mistake: "json-twice",
    };
  }
  if (records && records.length > 0) return null;
  if (!isCourse && records === null && saysSomething(list)) return null;
  const said = loads.map(({ exchange }) => `${describe(exchange)}; then `).join("");
  return {
    observed: `${said}${describe(list)}`,
    cause: `what is loaded is not what ${list.request} reads: another database, another key, or nothing saved`,
    next: "write and read the records with the same client and the same keys",
    mistake: "nothing-listed",
  };
}

function findOneFault({ one, tried, unknown }: Data): Fault | null {
  if (!one) {
    return {
      observed:
        tried.length === 0
          ? "there is no route for one record, such as GET /data/<id>"
          : `one record was not found by ${tried.slice(0, 4).join(", ")}`,
      cause: "the route looks under another key than the one under which the record was saved",
      next: "use one function for the key, when you save and when you read",
      mistake: "one-not-found",
    };
  }
  if (!unknown || unknown.status === 404) return null;
  return isServerError(unknown)
    ? {
        observed: describe(unknown),
        mistake: "unknown-data-as-500",
        ...explainError(unknown, "look whether there is a record, and answer 404 where there is none"),
      }
    : {
        observed: describe(unknown),
        cause: "what is not there is answered as if it were",
        next: "answer 404 where there is no such record, and say so",
        mistake: "unknown-data-not-404",
      };
}

function findSearchFault({ search, records }: Data): Fault | null {
  if (!search || !records) return null;
  const { word, exchange, found } = search;
  if (!isFine(exchange)) {
    return {
      observed: describe(exchange),
      mistake: "search-fails",
      ...explainError(exchange, "read the word from the query: request.args.get, or a parameter"),
    };
  }
  const holds = (record: Readonly<Record<string, string>>): boolean =>
    Object.values(record).join(" ").toLowerCase().includes(word.toLowerCase());
  const right = records.filter(holds).length;
  const seen = `${exchange.request} gives ${found?.length ?? 0} of ${records.length} records; ${right} hold the word`;
  if (!found || found.length === 0) {
    return {
      observed: seen,
      cause: "the search finds nothing: perhaps it wants a whole field, or the same capitals",
      next: "look for the word inside of the fields, without regard to capitals",
      mistake: "search-finds-nothing",
    };
  }
  return found.length === records.length && right < records.length
    ? {
        observed: seen,
        cause: "?search= is not looked at",
        next: 'read it from the query: request.args.get("search"), or a parameter search: str | None = None',
        mistake: "search-ignored",
      }
    : null;
}

/** The data are there, or none are to be: what a job is made of can be judged. */
export function hasData({ data }: SystemRun): boolean {
  const isEmpty = data.loads.length > 0 && data.records?.length === 0;
  return data.none || (data.failed === null && !isEmpty && (data.list === null || isFine(data.list)));
}
