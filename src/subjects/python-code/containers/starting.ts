import { posix } from "node:path";
import { commandLine } from "../../../compose/service.js";
import { type SourceLine } from "../../../text/finding.js";
import { findSimilar } from "../../../text/similar.js";
import { type ContainerFault, fault } from "./fault.js";
import { type Project } from "../project.js";
import { type Part, type Parts, pathsOf } from "./parts.js";

/** What keeps a container from running its part of the code. */
export function findStartFaults(parts: Parts, project: Project): ContainerFault[] {
  const all = [...parts.apis, ...parts.workers];
  return [...all.flatMap(findMisspelled), ...all.flatMap(findAbsent), ...findSameProgram(parts, project)];
}

const PROGRAMS = [
  "python",
  "python3",
  "flask",
  "uvicorn",
  "gunicorn",
  "fastapi",
  "celery",
  "hypercorn",
  "poetry",
  "pipenv",
  "bash",
];

function findMisspelled({ service, programs }: Part): ContainerFault[] {
  return programs.flatMap(({ name }) => {
    if (name.length < 4 || PROGRAMS.includes(name) || /\.|^python/.test(name)) return [];
    const meant = findSimilar(name, PROGRAMS) ?? swapped(name);
    if (meant === null) return [];
    return [
      fault(
        "command-misspelled",
        service.runsAt,
        `${service.name} runs ${name}, and there is no such program`,
        `write ${meant}`,
      ),
    ];
  });
}

/** Two letters that changed places. */
function swapped(name: string): string | null {
  const sorted = (word: string): string => word.split("").sort().join("");
  return PROGRAMS.find((one) => one !== name && sorted(one) === sorted(name)) ?? null;
}

/** The file or the module that a command names is not in the container. */
function findAbsent(part: Part): ContainerFault[] {
  const { service, launch, files, module } = part;
  if (!launch || module || files.isOpen) return [];
  if (launch.file === "" && (launch.module === "" || !isOwn(launch.module, part))) return [];
  const paths = pathsOf(launch, service);
  if (paths.some((path) => files.files.has(path))) return [];
  // A package below src is found where the image installs the project.
  const below = `/src/${launch.module.replaceAll(".", "/")}`;
  const isPackaged = (path: string): boolean =>
    path.endsWith(`${below}.py`) || path.endsWith(`${below}/__main__.py`);
  if (launch.module !== "" && [...files.files.keys()].some(isPackaged)) return [];
  const wanted = launch.file === "" ? `the module ${launch.module}` : launch.file;
  const python = [...files.files.keys()].filter((path) => path.endsWith(".py"));
  if (python.length === 0) {
    const { dockerfile } = service;
    const at: SourceLine = dockerfile?.copies[0] ?? dockerfile?.baseAt ?? service;
    return [
      fault(
        "copies-nothing",
        at,
        `nothing of your code is in the image of ${service.name}, and it runs ${wanted}`,
        "copy it above CMD: COPY *.py ./   (or COPY . .)",
      ),
    ];
  }
  const name = posix.basename(paths[0] ?? "");
  const same = python.find((path) => posix.basename(path) === name);
  const similar = same ?? python.find((path) => findSimilar(name, [posix.basename(path)]) !== null);
  return [
    fault(
      "not-in-image",
      service.runsAt,
      `${service.name} runs ${wanted}, which is not in its container: there ${python.length === 1 ? "is" : "are"} ${python.slice(0, 6).join(", ")}`,
      similar === undefined
        ? "name one of these, or copy the file in the Dockerfile"
        : same === undefined
          ? `the file is called ${posix.basename(similar)}`
          : `it lies at ${similar}: name that path, or set WORKDIR to ${posix.dirname(similar)}`,
    ),
  ];
}

/** The student means a file of their own; what pip installs can be run too. */
function isOwn(module: string, { files }: Part): boolean {
  const [top = ""] = module.split(".");
  return [...files.files.keys()].some((path) => {
    const parts = path.split("/");
    return (
      parts.includes(top) ||
      findSimilar(`${top}.py`, [parts.at(-1) ?? ""]) !== null ||
      parts.at(-1) === `${top}.py`
    );
  });
}

/** The service of the worker runs the API too, because its image does. */
function findSameProgram({ apis, workers }: Parts, { worker }: Project): ContainerFault[] {
  if (workers.length > 0) return [];
  const twin =
    apis.find(({ service }) => /worker|wrk|consumer/i.test(service.name)) ??
    apis.find(({ service }) => service.ports.length === 0);
  if (!twin || apis.length < 2) return [];
  const { service } = twin;
  const own = service.command !== null || service.entrypoint !== null;
  const said = commandLine(service.runs);
  return [
    fault(
      "same-program",
      service,
      own
        ? `${service.name} runs ${said}, which is the API again`
        : `${service.name} has no command of its own, so it runs what its image runs: ${said}, the API`,
      `give ${service.name} the line   command: ["python", "${posix.basename(worker?.file ?? "worker.py")}"]`,
    ),
  ];
}
