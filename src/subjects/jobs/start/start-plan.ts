import { join } from "node:path";
import { type ComposeProject } from "../../../compose/project.js";
import { commandLine, type Service } from "../../../compose/service.js";
import { readEnvironmentFile } from "../../../compose/environment-file.js";
import { type SystemFile } from "../../../lab/system-file/system-file.js";
import { type Module, type Project } from "../../python-code/project.js";
import { folderOf } from "../../python-code/layout.js";
import { startByCode } from "./code-start.js";
import { type ContainerFacts, filesOfImage, filesOfService, insideOf } from "./container-files.js";
import { findComposeNear } from "./near-compose.js";
import { type ProgramCommand, readCommand } from "./program-command.js";
import { type ProgramStart, shownCommand } from "./program-start.js";
import { findVariables, type HostVariable } from "./start-variables.js";
import { startByCommand } from "./command-start.js";
import { findService } from "./find-service.js";

/** How the programs of a student's system are started, each as its Compose file, image or code says. */
export interface StartPlan {
  api: ProgramStart;
  worker: ProgramStart | null;
  hosts: readonly HostVariable[];
  /** Folders of the copy that the programs find there: volumes. */
  folders: readonly string[];
  /** What was taken from where, a sentence each. */
  said: readonly string[];
}

export function planStart(project: Project, api: Module, system: SystemFile | null): StartPlan {
  const compose = findComposeNear(project.folder);
  const said: string[] = [];
  const hosts = new Map<string, HostVariable>();
  const plan = (role: "api" | "worker", module: Module): ProgramStart => {
    const service = compose && findService(compose, module, role, project);
    const container = containerOf(service, compose, project);
    const given = system?.start?.[role];
    const line = given ?? (service ? commandLine(service.runs) : "");
    const command = readCommand(line);
    const from = given === undefined ? undefined : (system?.start?.from ?? "");
    const started = command && startByCommand(command, { module, project, container, from });
    const by = started ?? startByCode(module, project);
    const variables = findVariables({
      ...reachedOf(module, project),
      given: givenFor(service, project, system, command),
    });
    for (const host of variables.hosts) hosts.set(host.name, host);
    for (const { name, value } of variables.guessed)
      say(`nothing sets ${name}: the check gives it "${value}"`);
    const start: ProgramStart = {
      ...by,
      args: command?.args ?? [],
      variables: variables.values,
      places: placesOf(container, by.within, system, project.folder),
      containerFolder: container.folder,
    };
    const isPlain = start.target.kind === "file" && start.args.length === 0;
    const says = given !== undefined ? (system?.shown ?? "tq.yaml") : placeOf(service);
    if (started && (given !== undefined || !isPlain)) say(`${role}: ${shownCommand(start)}, as ${says} says`);
    return start;
  };
  const say = (sentence: string): void => {
    if (!said.includes(sentence)) said.push(sentence);
  };
  const programs = { api: plan("api", api), worker: project.worker && plan("worker", project.worker) };
  const places = [programs.api, ...(programs.worker ? [programs.worker] : [])].flatMap((one) => one.places);
  const folders = places.filter(({ isShared }) => isShared).map(({ to }) => to);
  return { ...programs, hosts: [...hosts.values()], folders: [...new Set(folders)], said };
}

function placeOf(service: Service | null): string {
  return service ? `${service.runsAt.file}:${service.runsAt.line}` : "";
}

/** What the container of a service sees; of an image alone, what its Dockerfile copies. */
function containerOf(
  service: Service | null,
  compose: ComposeProject | null,
  { folder }: Project,
): ContainerFacts {
  if (service) return filesOfService(service, folder);
  const image = compose?.nearDockerfiles[0];
  return image
    ? { folder: image.folder, places: filesOfImage(image, folder, folder) }
    : { folder: "", places: [] };
}

/** Its working folder is the one in which it runs here; what tq.yaml says of a file wins. */
function placesOf(
  { folder, places }: ContainerFacts,
  within: string,
  system: SystemFile | null,
  root: string,
): ProgramStart["places"] {
  const told = Object.entries(system?.files ?? {}).map(([from, path]) => ({
    from,
    to: insideOf(root, path) ?? path,
    isShared: false,
  }));
  const isKnown = places.some(({ from }) => from === folder);
  const working =
    folder === "" || folder === "/" || isKnown ? [] : [{ from: folder, to: within, isShared: false }];
  return [...told, ...places.filter(({ from }) => from !== "/"), ...working];
}

function reachedOf(module: Module, { modules, clients, environment }: Project) {
  const found = new Set([module]);
  // Grows while it is gone through.
  for (const one of found) {
    for (const { own } of one.imports) {
      const next = modules.find(({ name }) => name === own);
      if (next) found.add(next);
    }
  }
  const names = new Set([...found].map(({ name }) => name));
  return {
    clients: clients.filter((one) => names.has(one.module)),
    environment: environment.filter((one) => names.has(one.module)),
  };
}

function givenFor(
  service: Service | null,
  { folder, root }: Project,
  system: SystemFile | null,
  command: ProgramCommand | null,
): ReadonlyMap<string, string>[] {
  const composed = [...(service?.environment ?? [])].map(([name, { value }]) => [name, value] as const);
  const files = [...new Set(["", root, folderOf(root)])].map((place) => {
    const found = readEnvironmentFile(join(folder, place, ".env"), () => undefined);
    return new Map([...(found ?? [])].map(([name, { value }]) => [name, value] as const));
  });
  return [
    new Map(Object.entries(system?.env ?? {})),
    new Map(Object.entries(command?.variables ?? {})),
    new Map(composed),
    ...files,
  ];
}
