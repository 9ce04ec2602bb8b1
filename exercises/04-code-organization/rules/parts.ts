import { type Module, type Project } from "../../../src/subjects/python-code/probe.js";

export type Role = "api" | "jobs" | "worker";

/** The functions of the page of fragments, and where each belongs; without the underscores that are to be decided. */
export const FUNCTIONS: Readonly<Record<string, Role>> = {
  generate_jid: "jobs",
  generate_job_key: "jobs",
  instantiate_job: "jobs",
  save_job: "jobs",
  queue_job: "jobs",
  add_job: "jobs",
  update_job_status: "jobs",
  get_job_by_id: "jobs",
  execute_job: "worker",
};

/** Those that only jobs itself calls; and those that are there for others. */
export const INNER = ["generate_jid", "generate_job_key", "instantiate_job", "save_job", "queue_job"];
export const OUTER = ["add_job", "update_job_status", "get_job_by_id"];

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
