import { posix, relative, sep } from "node:path";
import { type ImageFiles, readImageFiles } from "../../../compose/image-files.js";
import { type Program, programsOf } from "../../../compose/programs.js";
import { type ComposeProject } from "../../../compose/project.js";
import { imageName } from "../../../compose/redis-image.js";
import { type Service } from "../../../compose/service.js";
import { type Module } from "../names/modules.js";
import { type Project } from "../project.js";
import { type Launch, readLaunch } from "./launch.js";

/** A service that runs the student's code, as far as that can be told. */
export interface Part {
  service: Service;
  files: ImageFiles;
  /** What its command starts, one after the other. */
  programs: readonly Program[];
  launch: Launch | null;
  /** The student's file that it runs; null where none is meant, or none found. */
  module: Module | null;
  role: "api" | "worker";
}

/** The parts of a jobs API in its Compose file. */
export interface Parts {
  redis: readonly Service[];
  apis: readonly Part[];
  workers: readonly Part[];
  /** What stands beside them: proxies, tools, tests. */
  others: readonly Service[];
}

/** Images that are never the student's program. */
const TOOLS =
  /nginx|traefik|caddy|haproxy|httpd|insight|commander|exporter|adminer|grafana|prometheus|postgres|mysql|mariadb|mongo|rabbitmq|memcached|portainer|redis-client|jupyter/i;

export function findParts(compose: ComposeProject, project: Project): Parts {
  const redis = compose.services.filter(({ isRedis }) => isRedis);
  const rest = compose.services.filter(({ isRedis }) => !isRedis);
  const others: Service[] = [];
  const parts: Part[] = [];
  for (const service of rest) {
    const part = readPart(service, project);
    if (isTool(part)) others.push(service);
    else parts.push(part);
  }
  // Two that run the API are often meant for the API and the worker: which is which, their names say.
  return {
    redis,
    apis: parts.filter(({ role }) => role === "api"),
    workers: parts.filter(({ role }) => role === "worker"),
    others,
  };
}

function isTool({ service, programs }: Part): boolean {
  if (service.build === null && TOOLS.test(service.image)) return true;
  if (/^(?:sleep|tail|pytest|redis-cli)$/.test(programs.at(-1)?.name ?? "")) return true;
  // A plain Python to work in.
  const { image, build, runs, mounts } = service;
  return build === null && imageName(image) === "python" && runs === null && mounts.length === 0;
}

function readPart(service: Service, project: Project): Part {
  const files = readImageFiles(service);
  const programs = programsOf(service.runs ?? [], service.folder);
  const launch = readLaunch(programs, (name) => service.environment.get(name)?.value);
  const module = launch && findModule(launch, files, service, project);
  return { service, files, programs, launch, module, role: roleOf(service, launch, module, project) };
}

function roleOf(
  { name, ports }: Service,
  launch: Launch | null,
  module: Module | null,
  { api, worker }: Project,
): Part["role"] {
  if (module !== null && module === worker) return "worker";
  if ((module !== null && module === api) || launch?.server) return "api";
  if (/worker|wrk|consumer/i.test(name)) return "worker";
  return ports.length > 0 || /(?:^|[-_])(?:api|web|app|flask)/i.test(name) ? "api" : "worker";
}

/** The student's module that a command means; null where it means none, or none that is in the container. */
function findModule(launch: Launch, files: ImageFiles, service: Service, project: Project): Module | null {
  const inside = pathsOf(launch, service);
  for (const path of inside) {
    const host = files.files.get(path);
    const found = host === undefined ? null : moduleAt(host, project);
    if (found) return found;
  }
  if (!files.isOpen) return null;
  // Of an image that nobody knows, the name has to do.
  const names = new Set(inside.map((path) => posix.basename(path)));
  return project.modules.find(({ file }) => names.has(posix.basename(file))) ?? null;
}

/** Where a file or a module may lie inside. */
export function pathsOf(
  { file, module, server, program }: Launch,
  { environment, folder }: Service,
): string[] {
  if (file !== "") return [file];
  const dotted = module.replaceAll(".", "/");
  const paths = program.variables["PYTHONPATH"] ?? environment.get("PYTHONPATH")?.value ?? "";
  const at = program.args.findIndex((word) => /^--(?:app-dir|chdir)$/.test(word));
  const told = at === -1 ? [] : [program.args[at + 1] ?? ""];
  const start = program.folder || folder || "/";
  const bases = [...told, "", ...paths.split(":")].map((base) => posix.resolve(start, base));
  const names =
    dotted === ""
      ? server === "flask"
        ? ["app", "wsgi"]
        : server === "fastapi"
          ? ["main", "app", "api"]
          : []
      : [dotted];
  return bases.flatMap((base) =>
    names.flatMap((name) =>
      [`${name}.py`, `${name}/__init__.py`, `${name}/__main__.py`].map((one) => posix.join(base, one)),
    ),
  );
}

function moduleAt(host: string, { folder, modules }: Project): Module | null {
  const path = relative(folder, host).split(sep).join("/");
  return modules.find(({ file }) => file === path) ?? null;
}
