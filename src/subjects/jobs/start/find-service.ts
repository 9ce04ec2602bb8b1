import { posix } from "node:path";
import { type ComposeProject } from "../../../compose/project.js";
import { commandLine, type Service } from "../../../compose/service.js";
import { type Module, type Project } from "../../python-code/project.js";
import { readCommand } from "./program-command.js";

const NAMES = { api: /api|web|flask|app|server|fastapi/i, worker: /worker|wrk|consumer/i } as const;

/** The service that runs a file: by its command, else by its name. */
export function findService(
  { services }: ComposeProject,
  { file }: Module,
  role: "api" | "worker",
  { api, worker }: Project,
): Service | null {
  const ours = services.filter(({ isRedis }) => !isRedis);
  const running = ours.filter((service) => runs(service, file));
  const named = (among: readonly Service[]): Service | undefined =>
    among.find(({ name }) => NAMES[role].test(name));
  if (running.length > 0) return named(running) ?? running[0] ?? null;
  const other = role === "api" ? worker?.file : api?.file;
  const free = ours.filter((service) => other === undefined || !runs(service, other));
  // The command that stands there starts something that is not known here.
  return named(free) ?? (free.length === 1 && ours.length > 1 ? (free[0] ?? null) : null);
}

/** Its command names the file, or the module of that name. */
function runs(service: Service, file: string): boolean {
  const target = readCommand(commandLine(service.runs))?.target;
  if (!target) return false;
  const stem = file.replace(/\.py$/, "");
  if (target.kind === "file") return posix.basename(target.path) === posix.basename(file);
  const name = target.kind === "module" ? target.name : target.module;
  const written = name.replaceAll(".", "/");
  return stem === written || stem.endsWith(`/${written}`) || written.endsWith(`/${stem}`);
}
