import { type Judgement, notYet, passed, type Place, shellWord } from "../../../src/course/authoring.js";
import {
  type Client,
  type Definition,
  editionOf,
  type Module,
  type Project,
} from "../../../src/subjects/python-code/probe.js";
import { judgeClasses } from "./classes.js";
import { at, type Fault, judgeFaults, showLine } from "./line.js";
import { fileOf, partsOf, plain, type Role, roleOf } from "./parts.js";

const EXPECTED = "each fragment stands in the module that it belongs to, and in no other";

/** 4.1: each name is where it belongs, and only there. */
export function judgePlacement(project: Project, place: Place): Judgement {
  const roles: Role[] = ["api", "jobs", "worker"];
  const lacking = roles.filter((role) => project[role] === null);
  if (lacking.length > 0) {
    const files = lacking.map((role) => `${role}.py`).join(", ");
    const found = project.modules.map(({ file }) => file).join(", ");
    return notYet({
      expected: "three modules: api.py, jobs.py and worker.py",
      observed:
        found === "" ? `no Python file in ${place.folder}` : `there are ${found}; not found: ${files}`,
      probe: `ls ${allFiles(project, place)}`,
      next: `write ${files}; the fragments are laid out by: ${place.tq("exercise 4 --start")}`,
      mistake: "module-missing",
    });
  }
  const misnamed = roles
    .map((role) => ({ file: fileOf(role, project), name: `${role}.py` }))
    .find(({ file, name }) => baseName(file) !== name && baseName(file).toLowerCase() === name);
  if (misnamed) {
    const { file, name } = misnamed;
    return notYet({
      expected: `a file ${name}`,
      observed: `the file is called ${file}`,
      probe: `ls ${place.file(file)}`,
      cause: `import ${name.replace(".py", "")} looks for ${name}: on Linux, and so in every container, capitals count`,
      next: `rename it: mv ${place.file(file)} ${place.file(file.replace(/[^/]*$/, name))}`,
      mistake: "file-name-in-capitals",
    });
  }
  const faults = [
    ...judgeClients(project, place),
    ...judgeFunctions(project, place),
    ...judgeClasses(project, place),
    ...judgeApi(project, place),
  ];
  const crowded = judgeCrowded(project, place);
  return (
    judgeFaults(crowded ? [crowded] : faults, EXPECTED) ??
    passed(
      `${fileOf("api", project)} has the server, ${fileOf("jobs", project)} the jobs, ${fileOf("worker", project)} the execution; nothing stands twice`,
    )
  );
}

/** Where all is in one file, one sentence serves better than nine. */
function judgeCrowded(project: Project, place: Place): Fault | null {
  for (const module of project.modules) {
    if (module === project.jobs) continue;
    const inner = module.definitions.filter(
      ({ kind, name }) => kind === "function" && partsOf(project).functions[plain(name)] === "jobs",
    );
    const [first] = inner;
    if (!first || inner.length < 4) continue;
    return {
      observed: `${inner.length} functions of jobs stand in ${module.file}: ${inner.map(({ name }) => name).join(", ")}`,
      probe: `grep -n 'def ' ${place.file(module.file)}`,
      cause: "a module that does everything: importing its names into the others moves nothing",
      next: `move what deals with jobs in Redis and on the queue to ${fileOf("jobs", project)}`,
      mistake: "all-in-one",
    };
  }
  return null;
}

/** A module of their own is a good place for them too. */
function judgeClients(project: Project, place: Place): Fault[] {
  const faults: Fault[] = [];
  const { client: redisName } = partsOf(project);
  for (const kind of ["redis", "queue"] as const) {
    const all = project.clients.filter((client) => client.kind === kind);
    const misplaced = all.filter(({ module }) => [project.api?.name, project.worker?.name].includes(module));
    for (const client of misplaced) faults.push(describeClient(client, all, project, place));
    const [first, second] = all.filter((client) => !misplaced.includes(client));
    const what = kind === "queue" ? "queue object" : "Redis client";
    if (all.length === 0 && isWhole(project.jobs)) {
      faults.push({
        observed: `no ${what} (${kind === "queue" ? "q" : redisName}) is made in ${fileOf("jobs", project)}`,
        probe: `grep -n ${kind === "queue" ? "HotQueue" : "Redis"} ${place.file(fileOf("jobs", project))}`,
        next: `put the fragment with ${kind === "queue" ? "q = HotQueue(...)" : `${redisName} = redis.Redis(...)`} there`,
        mistake: "fragment-missing",
      });
    }
    if (kind === "queue" && first && second && first.made.file !== second.made.file) {
      faults.push({
        observed: `the queue object is made twice: ${at(first)}; and ${at(second)}`,
        probe: showLine(second, place),
        next: "keep one, and import it into the other module",
        mistake: "made-twice",
      });
    }
  }
  return faults;
}

function describeClient(client: Client, all: readonly Client[], project: Project, place: Place): Fault {
  const name = client.name || (client.kind === "queue" ? "q" : partsOf(project).client);
  const also = all.some(({ module }) => module === project.jobs?.name);
  const home = fileOf("jobs", project);
  return {
    observed: `${also ? `${name} is made a second time` : `${name} is made`} in ${at(client)}`,
    probe: showLine(client, place),
    cause: `api and worker both need it, so it belongs into the module that both import: ${home}`,
    next: also
      ? `remove this line, and import ${name} from ${home}`
      : `move the line to ${home}, and import ${name} from there`,
    mistake: also ? "made-twice" : "client-misplaced",
  };
}

function judgeFunctions(project: Project, place: Place): Fault[] {
  const faults: Fault[] = [];
  const { functions, free } = partsOf(project);
  for (const [name, role] of Object.entries(functions)) {
    const found = project.modules.flatMap((module) =>
      module.definitions
        .filter((one) => one.kind === "function" && plain(one.name) === name)
        .map((definition) => ({ module, definition })),
    );
    const there = found.filter(({ module }) => roleOf(module, project) === role);
    const [elsewhere] = found.filter(({ module }) => roleOf(module, project) !== role);
    if (elsewhere) faults.push(describeFunction(elsewhere, there.length > 0, role, project, place));
    const [first, second] = there;
    if (first && second) {
      faults.push({
        observed: `${name} is defined twice in ${first.module.file}, in lines ${first.definition.line} and ${second.definition.line}`,
        probe: `grep -n ${shellWord(name)} ${place.file(first.module.file)}`,
        next: "keep one of the two: the second takes the place of the first",
        mistake: "made-twice",
      });
    }
    if (found.length === 0 && !mayLack(name, free, project) && isWhole(project[role])) {
      faults.push({
        observed: `${name} is defined nowhere`,
        probe: `grep -n ${shellWord(name)} ${allFiles(project, place)}`,
        next: `put the fragment with def ${name} into ${fileOf(role, project)}`,
        mistake: "fragment-missing",
      });
    }
  }
  return faults;
}

/** Some are free; and in the newest edition what executes a job has a name of the student's own. */
function mayLack(name: string, free: readonly string[], project: Project): boolean {
  if (free.includes(name)) return true;
  const isFree = name === "execute_job" && editionOf(project) !== "classic";
  return isFree && (project.worker?.definitions.some(({ kind }) => kind === "function") ?? false);
}

function describeFunction(
  { definition, module }: { definition: Definition; module: Module },
  isTwice: boolean,
  role: Role,
  project: Project,
  place: Place,
): Fault {
  const home = fileOf(role, project);
  const why = {
    api: "it answers requests",
    jobs: "it deals with jobs in Redis and on the queue, whoever asks for it",
    worker: "it executes jobs, and that is what the worker is for",
  }[role];
  return {
    observed: `${at(definition)}${isTwice ? `, and again in ${home}` : ""}`,
    probe: showLine(definition, place),
    cause: `${plain(definition.name)} belongs in ${home}: ${why}`,
    next: isTwice
      ? `remove it from ${module.file}, and import it where it is needed`
      : `move it to ${home}, and import it where it is needed`,
    mistake: isTwice ? "made-twice" : "function-misplaced",
  };
}

function judgeApi(project: Project, place: Place): Fault[] {
  const { api, app, modules } = project;
  if (!api || !isWhole(api)) return [];
  const faults: Fault[] = [];
  const home = modules.find(({ name }) => name === app?.module);
  if (!app || !home) {
    faults.push({
      observed: `no Flask or FastAPI application is made in ${api.file}`,
      probe: `grep -n 'Flask(\\|FastAPI(' ${place.file(api.file)}`,
      next: "put the fragment with app = Flask(__name__) or app = FastAPI() there",
      mistake: "fragment-missing",
    });
  } else if (["jobs", "worker"].includes(roleOf(home, project) ?? "")) {
    faults.push(
      describeWeb(
        { file: home.file, line: app.line, text: home.source.lineText(app.line).trim() },
        api.file,
        place,
      ),
    );
  }
  const routes = modules.flatMap((module) =>
    module.definitions.filter(isJobsRoute).map((route) => ({ module, route })),
  );
  const misplaced = routes.find(({ module }) => ["jobs", "worker"].includes(roleOf(module, project) ?? ""));
  if (misplaced) faults.push(describeWeb(misplaced.route, api.file, place));
  if (routes.length === 0) {
    faults.push({
      observed: `no route for POST /jobs in ${api.file}`,
      probe: `grep -n '@' ${place.file(api.file)}`,
      next: 'put the fragment with @app.route("/jobs", methods=["POST"]) or @app.post("/jobs") there',
      mistake: "fragment-missing",
    });
  }
  for (const module of [project.jobs, project.worker]) {
    const line =
      module?.source.text.split("\n").findIndex((text) => /^\s*(app|uvicorn)\.run\(/.test(text)) ?? -1;
    if (module && line !== -1) {
      faults.push(
        describeWeb(
          { file: module.file, line: line + 1, text: module.source.lineText(line + 1).trim() },
          api.file,
          place,
        ),
      );
    }
  }
  return faults;
}

function isJobsRoute({ decorators }: Definition): boolean {
  return decorators.some(
    (one) => /["']\/jobs\/?["']/.test(one) && (/\.post\(/.test(one) || /POST/i.test(one)),
  );
}

function describeWeb(line: { file: string; line: number; text: string }, home: string, place: Place): Fault {
  return {
    observed: at(line),
    probe: showLine(line, place),
    cause: "this is the web server's part, and nobody else needs a web server",
    next: `move it to ${home}`,
    mistake: "web-misplaced",
  };
}

/** Of a file that Python cannot read, what is missing cannot be said; another step names the line. */
function isWhole(module: Module | null): boolean {
  return module !== null && module.unreadable === null && module.report.syntax.length === 0;
}

function allFiles({ root }: Project, place: Place): string {
  const folder = place.file(root);
  return folder === "" ? "*.py" : `${folder}/*.py`;
}

function baseName(file: string): string {
  return file.split("/").at(-1) ?? file;
}
