import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type DefaultRun, type WorkRun } from "../../../src/subjects/jobs/probe.js";
import { type Project } from "../../../src/subjects/python-code/probe.js";

/** The course's variable. */
const VARIABLE = "REDIS_IP";

const LINE = `host = os.environ.get("${VARIABLE}", "127.0.0.1"), for both q and rd`;

/** 6.6: the host of Redis comes from the environment, and there is a default. */
export function judgeHost(
  run: WorkRun,
  without: DefaultRun | null,
  project: Project,
  place: Place,
): Judgement {
  const expected = `with ${VARIABLE} both q and rd use the host that it names; without it, a default`;
  const probe = place.again("6.6");
  const others = run.connects.filter(({ host }) => host !== run.host);
  if (others.length > 0) {
    const hosts = [...new Set(others.map(({ host, db }) => `${host} for database ${db}`))].join(", ");
    const all = others.length === run.connects.length;
    const observed = `${VARIABLE}=${run.host}; asked for ${hosts}${all ? "" : `, and for ${run.host} for the others`}`;
    return notYet({
      expected,
      probe,
      observed,
      next: LINE,
      ...explainOthers(
        all,
        others.map(({ db }) => db),
        project,
      ),
    });
  }
  const { api, worker, connects = [] } = without ?? {};
  const error = (api?.up === false ? api.traceback : worker?.traceback)?.error;
  if (error !== undefined) {
    return notYet({
      expected,
      probe,
      next: `os.environ.get("${VARIABLE}", "127.0.0.1")`,
      observed: `without ${VARIABLE} the program ended: ${error}`,
      cause: error.includes(VARIABLE)
        ? `os.environ["${VARIABLE}"] is an error where the variable is not set`
        : `the host is ${connects[0]?.host ?? "missing"} where the variable is not set`,
      mistake: "no-default",
    });
  }
  const defaults = [...new Set(connects.map(({ host }) => host))];
  const empty = defaults.some((host) => host === "None" || host === "");
  return passed(
    `with ${VARIABLE}=${run.host} all ${run.connects.length} connections asked for it; without, for ${defaults.map((host) => (host === "None" ? "no host at all" : host)).join(", ")}${empty ? ' (an empty host happens to mean this machine; a default says so: os.environ.get("REDIS_IP", "127.0.0.1"))' : ""}`,
  );
}

function explainOthers(
  all: boolean,
  dbs: readonly number[],
  project: Project,
): { cause: string; mistake: string } {
  const clients = project.clients.filter(({ db, host }) => {
    const isOurs = db.kind === "literal" ? dbs.includes(Number(db.value)) : true;
    return isOurs && !(host.kind === "env" && host.variable === VARIABLE);
  });
  const where = clients.map(({ file, line, text }) => `${file}:${line}: ${text.trim()}`).join("\n");
  const variables = new Set(clients.flatMap(({ host }) => (host.kind === "env" ? [host.variable] : [])));
  const [variable] = variables;
  if (variable !== undefined) {
    return {
      cause: `the code reads ${variable}; the exercise's variable is ${VARIABLE}. Elsewhere yours would be as good\n${where}`,
      mistake: "other-variable",
    };
  }
  return all
    ? { cause: `the host is written into the code\n${where}`.trim(), mistake: "host-literal" }
    : {
        cause: `one of the two has the host written into the code\n${where}`.trim(),
        mistake: "hosts-differ",
      };
}
