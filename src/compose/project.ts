import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { asFields, asText, type Fields, isFields, type Path } from "../text/fields.js";
import { type SourceLine } from "../text/finding.js";
import { type Dockerfile, readDockerfile } from "./dockerfile.js";
import { checkReferences } from "./check-references.js";
import { normaliseService } from "./merge.js";
import { type ComposeProblem, lineOf, shownFrom } from "./document.js";
import { readEnvironmentFile } from "./environment-file.js";
import { type Lookup } from "./interpolate.js";
import { type Loaded, loadFiles } from "./load.js";
import { readService, type Service } from "./service.js";

/** The names under which Compose finds its file, in its order. */
const NAMES = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/** A student's Compose project: its files read as Compose reads them, and without Compose. */
export interface ComposeProject {
  /** Its first file, relative to the student's folder, with /: docker-compose.yml, ../compose.yaml, docker/compose.yml. */
  name: string;
  /** Absolute path of that file. */
  path: string;
  /** The absolute folder from which its paths begin. */
  folder: string;
  /** The student's folder, absolute: the files of all places are relative to it. */
  root: string;
  /** All files that it is made of, as `name`. */
  files: readonly string[];
  /** Why Compose cannot read it, or would refuse it; null where nothing is known against it. */
  problem: ComposeProblem | null;
  /** What it says, in one form: variables filled in, overrides, extends and include followed. */
  content: Fields;
  services: readonly Service[];
  /** Those beside the file and in the student's folder: images that no service builds may be made of them. */
  nearDockerfiles: readonly Dockerfile[];
  /** The profiles that `COMPOSE_PROFILES` asks for. */
  activeProfiles: readonly string[];
  /** The same with what Compose itself makes of the files; nothing is against it then. */
  withContent: (content: Fields) => ComposeProject;
  /** The line of a field at its top, such as `["networks", "back"]`. */
  at: (path: Path) => SourceLine;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The path of the Compose file of a folder; undefined where it has none. */
export function composeFileIn(folder: string): string | undefined {
  return NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** The project of the Compose file in the student's folder; null where there is none. Does not throw. */
export function readComposeProject(root: string, env: Environment = {}): ComposeProject | null {
  const path = composeFileIn(root) ?? toldFiles(root, lookupIn(root, env))?.[0];
  return path === undefined ? null : readProjectAt(path, root, env);
}

/** The project of a Compose file. `root` is the student's folder, which may be another one. */
export function readProjectAt(path: string, root: string, env: Environment = {}): ComposeProject {
  const folder = dirname(path);
  const lookup = lookupIn(folder, env);
  const loaded = loadFiles(filesOf(path, lookup), { root, folder, lookup, depth: 0 });
  return describeProject(loaded, { path, folder, root, lookup });
}

/** What variables are worth there: in the environment, else in the folder's `.env`. */
function lookupIn(folder: string, env: Environment): Lookup {
  const inFile = readEnvironmentFile(join(folder, ".env"), (name) => env[name]);
  return (name) => env[name] ?? inFile?.get(name)?.value;
}

/** The files that `COMPOSE_FILE` names; undefined where it names none, or not all of them are there. */
function toldFiles(folder: string, lookup: Lookup): string[] | undefined {
  const told = lookup("COMPOSE_FILE");
  if (told === undefined || told === "") return undefined;
  const separator = lookup("COMPOSE_PATH_SEPARATOR") ?? (process.platform === "win32" ? ";" : ":");
  const files = told.split(separator).map((one) => (isAbsolute(one) ? one : join(folder, one)));
  return files.every((one) => existsSync(one)) ? files : undefined;
}

/** The file and its override, or what `COMPOSE_FILE` names. */
function filesOf(path: string, lookup: Lookup): string[] {
  const told = toldFiles(dirname(path), lookup);
  if (told) return told;
  const [, stem = ""] = /^(.*)\.ya?ml$/.exec(path) ?? [];
  const override = [".override.yml", ".override.yaml"]
    .map((end) => `${stem}${end}`)
    .find((one) => existsSync(one));
  return override === undefined ? [path] : [path, override];
}

interface ProjectPlace {
  path: string;
  folder: string;
  root: string;
  lookup: Lookup;
}

/** The project that has been loaded, with other content where Compose itself has said what it makes of it. */
function describeProject(loaded: Loaded, place: ProjectPlace): ComposeProject {
  const { content, origins, tops, files } = loaded;
  const { path, folder, root, lookup } = place;
  const all = Object.entries(asFields(content["services"])).filter(([, fields]) => isFields(fields));
  const project = {
    path,
    folder,
    root,
    files,
    content,
    problem: loaded.problem,
    name: shownFrom(root, path),
    services: all.map(([name, fields]) =>
      readService(name, asFields(fields), { origins: origins.get(name) ?? [], root, lookup }),
    ),
    nearDockerfiles: dockerfilesNear([folder, root], root),
    activeProfiles: (lookup("COMPOSE_PROFILES") ?? "").split(",").filter((one) => one !== ""),
    at: (field: Path) => lineOf(tops, ...field),
    withContent: (said: Fields) =>
      describeProject({ ...loaded, content: joinContent(content, said, folder), problem: null }, place),
  };
  return { ...project, problem: loaded.problem ?? checkReferences(project) };
}

/** What Compose says, in the one form, the services in the order of the files; which env_file there is it does not say. */
function joinContent(own: Fields, said: Fields, folder: string): Fields {
  const before = asFields(own["services"]);
  const now = asFields(said["services"]);
  const names = new Set([...Object.keys(before).filter((name) => name in now), ...Object.keys(now)]);
  const services = [...names].map((name) => {
    const { env_file: files } = asFields(before[name]);
    const fields = normaliseService(asFields(now[name]), folder);
    return [name, { ...(files !== undefined && { env_file: files }), ...fields }];
  });
  return {
    ...said,
    ...("version" in own && { version: own["version"] }),
    services: Object.fromEntries(services) as Fields,
  };
}

const NEAR = [
  "Dockerfile",
  "docker/Dockerfile",
  "src/Dockerfile",
  "docker/Dockerfile.api",
  "docker/Dockerfile.worker",
];

function dockerfilesNear(folders: readonly string[], root: string): Dockerfile[] {
  const paths = new Set(folders.flatMap((folder) => NEAR.map((name) => join(folder, name))));
  return [...paths].flatMap((path) => readDockerfile(path, { root }) ?? []);
}

/** What Compose calls the project of this folder, unless it is told another name on its command line. */
export function projectName(folder: string, project: ComposeProject | null, env: Environment): string {
  const name = (env["COMPOSE_PROJECT_NAME"] ?? asText(project?.content["name"])) || basename(folder);
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}
