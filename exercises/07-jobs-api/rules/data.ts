import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { isFine, type SystemRun } from "../../../src/subjects/jobs/probe.js";
import { describe, explainError, isServerError } from "./words.js";

interface Fault {
  observed: string;
  cause: string;
  next: string;
  mistake: string;
}

/** 7.3: data is loaded, listed, searched and found by its id. */
export function judgeData({ data, refused }: SystemRun, place: Place): Judgement {
  const fault =
    findLoadFault(data, refused) ?? findListFault(data) ?? findOneFault(data) ?? findSearchFault(data);
  if (fault) {
    return notYet({
      expected:
        "POST /data loads; GET /data lists, ?search= chooses, /data/<id> gives one, an unknown id gets 404",
      probe: place.again("7.3"),
      ...fault,
    });
  }
  const { records, one, search } = data;
  return passed(
    `${records?.length ?? 0} records; /data/${one?.id ?? ""} gives one; ?search=${search?.word ?? ""} gives ${search?.found?.length ?? 0}; an unknown id gets 404`,
  );
}

function findLoadFault({ load }: SystemRun["data"], refused: SystemRun["refused"]): Fault | null {
  if (isFine(load)) return null;
  const web = refused.find(({ kind }) => kind === "network");
  if (web) {
    return {
      observed: `${describe(load)}; it wanted to connect to ${web.target}`,
      cause: `${web.at?.file ?? "the API"}:${web.at?.line ?? "?"}: it loads its data from the web`,
      next: "keep a copy of the data beside the code; or let it through: --allow-network",
      mistake: "data-from-the-web",
    };
  }
  if (isServerError(load)) {
    return {
      observed: describe(load),
      mistake: "load-fails",
      ...explainError(load, "mend what POST /data does"),
    };
  }
  return {
    observed: describe(load),
    cause:
      load.status === 404 || load.status === 405
        ? "there is no route for POST /data"
        : "POST /data wants something else than nothing",
    next: "let POST /data load the file beside the code, without a body",
    mistake: "load-fails",
  };
}

function findListFault({ load, list, records }: SystemRun["data"]): Fault | null {
  if (!isFine(list)) {
    return {
      observed: describe(list),
      mistake: "list-fails",
      ...explainError(list, "give back all records as a JSON list"),
    };
  }
  if (typeof list.json === "string") {
    return {
      observed: describe(list),
      cause: "the list is made JSON twice: what comes is one long text",
      next: "give the list back as it is: the framework makes JSON of it",
      mistake: "json-twice",
    };
  }
  if (records && records.length > 0) return null;
  return {
    observed: `${describe(load)}; then ${describe(list)}`,
    cause:
      "what POST /data loads is not what GET /data reads: another database, another key, or nothing saved",
    next: "write and read the records with the same client and the same keys",
    mistake: "nothing-listed",
  };
}

function findOneFault({ one, tried, unknown }: SystemRun["data"]): Fault | null {
  if (!one) {
    return {
      observed: `GET /data/<id> gave nothing for ${tried.slice(0, 4).join(", ") || "any value"} of the first record`,
      cause: "the route looks under another key than the one under which the record was saved",
      next: "use one function for the key, when you save and when you read",
      mistake: "one-not-found",
    };
  }
  if (unknown.status === 404) return null;
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

function findSearchFault({ search, records }: SystemRun["data"]): Fault | null {
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
  const seen = `GET /data?search=${word} gives ${found?.length ?? 0} of ${records.length} records; ${right} hold the word`;
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
