import {
  type Edition,
  editionOf,
  type Module,
  type Project,
} from "../../../src/subjects/python-code/probe.js";

export type Role = "api" | "jobs" | "worker";

/** The fragments of one edition of the page; without the underscores that are to be decided. */
interface Parts {
  /** The functions, and where each belongs. */
  functions: Readonly<Record<string, Role>>;
  /** Classes that both programs need. */
  classes: readonly string[];
  /** Those that only jobs itself calls; and those that are there for others. */
  inner: readonly string[];
  outer: readonly string[];
  /** May be left out, or have another name. */
  free: readonly string[];
  /** What the Redis client is called, and what the worker needs of jobs. */
  client: string;
  forWorker: string;
}

const PARTS: Readonly<Record<Edition, Parts>> = {
  classic: {
    functions: {
      generate_jid: "jobs",
      generate_job_key: "jobs",
      instantiate_job: "jobs",
      save_job: "jobs",
      queue_job: "jobs",
      add_job: "jobs",
      update_job_status: "jobs",
      get_job_by_id: "jobs",
      execute_job: "worker",
    },
    classes: [],
    inner: ["generate_jid", "generate_job_key", "instantiate_job", "save_job", "queue_job"],
    outer: ["add_job", "update_job_status", "get_job_by_id"],
    free: ["get_job_by_id"],
    client: "rd",
    forWorker: "q, update_job_status",
  },
  "2026": {
    functions: {
      generate_jid: "jobs",
      save_job: "jobs",
      queue_job: "jobs",
      add_job: "jobs",
      start_job: "jobs",
      update_job_status: "jobs",
      get_job_by_id: "jobs",
      execute_job: "worker",
    },
    classes: ["Job", "JobStatus"],
    inner: ["generate_jid", "save_job", "queue_job"],
    outer: ["add_job", "start_job", "update_job_status", "get_job_by_id"],
    free: ["generate_jid", "get_job_by_id", "start_job"],
    client: "jdb",
    forWorker: "q, start_job, update_job_status",
  },
};

export function partsOf(project: Project): Parts {
  return PARTS[editionOf(project)];
}

export function plain(name: string): string {
  return name.replace(/^_+/, "");
}

export function roleOf(module: Module, project: Project): Role | null {
  const roles: Role[] = ["api", "jobs", "worker"];
  return roles.find((role) => project[role] === module) ?? null;
}

/** A place with the file's own name, such as jobs.py. */
export function fileOf(role: Role, project: Project): string {
  return project[role]?.file ?? `${role}.py`;
}

/** Some other module imports the name, or asks its module for it. */
export function isUsedOutside(name: string, home: Module, { modules }: Project): boolean {
  return modules.some(
    (other) =>
      other !== home &&
      other.imports.some(
        (one) =>
          one.own === home.name &&
          (one.name === name ||
            (one.name === "*" && new RegExp(`\\b${name}\\b`).test(other.source.text)) ||
            (one.name === null && new RegExp(`\\b${one.as}\\.${name}\\b`).test(other.source.text))),
      ),
  );
}
