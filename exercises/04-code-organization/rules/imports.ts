import { type Judgement, passed, type Place } from "../../../src/course/authoring.js";
import { type Module, type Project } from "../../../src/subjects/python-code/probe.js";
import { type Fault, faultOf, judgeFaults } from "./line.js";
import { fileOf, partsOf } from "./parts.js";

const KINDS = ["circular-import", "jobs-imports-others", "worker-imports-api"] as const;

/** 4.3: api imports jobs, the worker imports from jobs, and jobs imports neither. */
export function judgeImports(project: Project, place: Place): Judgement {
  const { api, jobs, worker } = project;
  const found = KINDS.flatMap((kind) => project.findings.filter((finding) => finding.kind === kind));
  const faults = [
    ...found.map((finding) => faultOf(finding, place)),
    ...[api, worker].flatMap((module) => (module && jobs ? judgeLack(module, jobs, project, place) : [])),
  ];
  const expected = "api imports jobs, worker imports from jobs, jobs imports neither";
  return (
    judgeFaults(faults, expected) ??
    passed(
      `${fileOf("api", project)} and ${fileOf("worker", project)} import from ${fileOf("jobs", project)}, which imports ${describe(jobs)}`,
    )
  );
}

function judgeLack(module: Module, jobs: Module, project: Project, place: Place): Fault[] {
  if (module.imports.some(({ own }) => own === jobs.name)) return [];
  const isApi = module === project.api;
  return [
    {
      observed: `${module.file} imports nothing from ${jobs.file}`,
      probe: `grep -n import ${place.file(module.file)}`,
      cause: isApi
        ? "the route has to add a job, and add_job is in the other module"
        : `the worker needs ${partsOf(project).forWorker} of the other module`,
      next: isApi
        ? `write: from ${jobs.name} import add_job   (or: import ${jobs.name})`
        : `write: from ${jobs.name} import ${partsOf(project).forWorker}`,
      mistake: isApi ? "api-lacks-jobs" : "worker-lacks-jobs",
    },
  ];
}

function describe(jobs: Module | null): string {
  const own = [...new Set((jobs?.imports ?? []).flatMap(({ own }) => (own === null ? [] : [own])))];
  return own.length === 0 ? "none of yours" : own.join(", ");
}
