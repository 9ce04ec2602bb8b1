import { type Finding, type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type SystemRun } from "../../../src/subjects/jobs/probe.js";
import { type Project } from "../../../src/subjects/python-code/probe.js";
import { isOfItsLine, isPassedBy } from "./ran.js";

/** What stands in the code and is judged elsewhere: where the containers are, and where a job is done. */
const OF_OTHERS = new Set<string>([
  "status-not-as-asked",
  "host-literal",
  "hosts-differ",
  "compose-variable-missing",
  "compose-variable-ignored",
]);

/**
 * What is wrong in the code, whether it keeps the program from working or not. `run` is asked for where only that tells: a line that
 * is never come to is said, and keeps nothing.
 */
export async function judgeCode(
  project: Project,
  place: Place,
  run: () => Promise<SystemRun | null>,
): Promise<Judgement> {
  const breaking = findBreaking(project);
  if (breaking.length === 0 || !breaking.every(isOfItsLine) || !project.api || !project.worker)
    return judgeFindings(project, place, breaking, []);
  const ran = await run();
  const [passedBy, met] = [true, false].map((isPassed) =>
    breaking.filter((finding) => (ran !== null && isPassedBy(finding, ran)) === isPassed),
  );
  return judgeFindings(project, place, met ?? [], passedBy ?? []);
}

function findBreaking(project: Project): Finding[] {
  return (
    project.findings
      // A file that cannot be read may be the very one that seems to be missing.
      .filter(({ breaks, kind, file }) => breaks && !OF_OTHERS.has(kind) && isUsed(file, project))
      // That no worker is found may follow from what is wrong elsewhere.
      .sort((a, b) => Number(isAboutWorker(a)) - Number(isAboutWorker(b)))
  );
}

/** 7.1: nothing in the code keeps it from working. `dead` is what stands in lines that were never run. */
function judgeFindings(
  project: Project,
  place: Place,
  breaking: readonly Finding[],
  dead: readonly Finding[],
): Judgement {
  const expected =
    "an API and a worker, in code that can work: names, imports, calls and queues fit together";
  const probe = place.again("7.1");
  const { api, worker, modules, findings } = project;
  const [first, ...others] = breaking;
  if (first) {
    return notYet({
      expected,
      probe,
      next: first.next,
      mistake: first.kind,
      observed: breaking.map(show).join("\n"),
      cause: others.length === 0 ? first.says : `the first of ${breaking.length}: ${first.says}`,
    });
  }
  if (!api || !worker) {
    const names = modules.map(({ file }) => file).join(", ");
    return notYet({
      expected,
      probe,
      mistake: api ? "no-worker" : "no-api",
      observed: `no ${api ? "worker" : "Flask or FastAPI application"} in ${place.folder}; Python files: ${names || "none"}`,
      next: api
        ? "write worker.py: a function with @q.worker, and its call"
        : `lay out the starter: ${place.tq("exercise 7 --start")}   or name your folder: tq exercise 7 <folder> --check`,
    });
  }
  const remarks = findings.filter(({ breaks, kind }) => !breaks && !OF_OTHERS.has(kind));
  const found = `API ${api.file}, worker ${worker.file}, ${modules.length} modules`;
  return passed(
    [
      found,
      ...dead.map((one) => `it would break where this line is run, and it was not: ${show(one)}`),
      ...remarks.map((remark) => `it works, and could be better: ${show(remark)}`),
    ].join("\n"),
  );
}

/** The API, the worker, or what they import; where one of them was not found, it may be any. */
function isUsed(file: string, { modules, api, worker }: Project): boolean {
  if (!api || !worker) return true;
  const used = new Set([api.name, worker.name]);
  // Grows while it is gone through.
  for (const name of used) {
    for (const { own } of modules.find((module) => module.name === name)?.imports ?? [])
      if (own !== null) used.add(own);
  }
  return (
    modules.every((module) => module.file !== file) ||
    modules.some((module) => module.file === file && used.has(module.name))
  );
}

function isAboutWorker({ kind }: Finding): boolean {
  return kind === "worker-not-started" || kind === "worker-not-decorated";
}

function show({ file, line, text, says }: Finding): string {
  return `${file}:${line}: ${text}   (${says})`;
}
