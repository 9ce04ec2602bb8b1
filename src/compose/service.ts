import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { asFields, asList, asText, type Fields, isFields, type Path } from "../text/fields.js";
import { type SourceLine } from "../text/finding.js";
import { splitWords } from "../text/split-words.js";
import { type Dockerfile, parseDockerfile, readDockerfile } from "./dockerfile.js";
import { lineOf, type Origin, shownFrom } from "./document.js";
import { type Lookup } from "./interpolate.js";
import { asTexts, asVariables, isRemote, textOf } from "./merge.js";
import { readPort, type Port } from "./ports.js";
import { isRedisImage } from "./redis-image.js";
import { readVariables, type Variable } from "./variables.js";

/** Where an image is built. */
interface Build {
  /** Absolute folder; a url where it is fetched. */
  context: string;
  isRemote: boolean;
  /** Absolute path of the Dockerfile; "" where it is written into the Compose file, or fetched. */
  path: string;
  target: string;
}

/** A folder, a file or a volume that a container sees. */
interface Mount {
  /** An absolute path of this machine, or a volume's name; "" for one without. */
  source: string;
  /** Inside. */
  target: string;
  isBind: boolean;
  readOnly: boolean;
}

/** A service of a Compose file. Its place is the line of its name. */
export interface Service extends SourceLine {
  name: string;
  /** As it is given; "" where there is none. */
  image: string;
  build: Build | null;
  /** What its image is built with; null where it is not built, or no Dockerfile can be read. */
  dockerfile: Dockerfile | null;
  /** As the Compose file gives them, word by word; null where the image decides. */
  entrypoint: readonly string[] | null;
  command: readonly string[] | null;
  /** What its container runs, with what its Dockerfile says; null where only the image knows. */
  runs: readonly string[] | null;
  /** The line that says so; of what only the image knows, the service's. */
  runsAt: SourceLine;
  /** The folder in which it runs; "" where only the image knows. */
  folder: string;
  /** What it finds in its environment, and which of Dockerfile, env_file and environment says so. */
  environment: ReadonlyMap<string, Variable>;
  /** `shown` is the path from the student's folder. */
  envFiles: readonly { path: string; shown: string; required: boolean; isThere: boolean }[];
  ports: readonly Port[];
  mounts: readonly Mount[];
  /** The networks of the Compose file that it is on: `default` where it names none; none where `networkMode` says otherwise. */
  networks: readonly string[];
  /** Such as host, none, service:redis; "" where it is on networks. */
  networkMode: string;
  /** Only with one of these is it started; without any it always is. */
  profiles: readonly string[];
  /** The names under which others on its networks reach it: its own first. */
  names: readonly string[];
  /** A fixed name, which can be had only once; "" where it has none. */
  containerName: string;
  /** The services that it waits for, and until when: service_started, service_healthy. */
  waitsFor: Readonly<Record<string, string>>;
  hasHealthCheck: boolean;
  /** It is a Redis, or what stands in for one. */
  isRedis: boolean;
  /** All its fields, in one form. */
  fields: Fields;
  /** The line of a field of its own, or of the service where no line has it. */
  at: (...field: Path) => SourceLine;
}

export interface ServiceContext {
  origins: readonly Origin[];
  root: string;
  lookup: Lookup;
}

/** `fields` are in the form that `normaliseService` makes. */
export function readService(
  name: string,
  fields: Fields,
  { origins, root, lookup }: ServiceContext,
): Service {
  const at = (...field: Path): SourceLine => lineOf(origins, ...field);
  const build = readBuild(fields["build"]);
  const dockerfile = build && readFileOf(build, asFields(fields["build"]), root, at);
  const envFiles = asList(fields["env_file"]).map((one) => {
    const { path, required } = asFields(one);
    const file = asText(path);
    return {
      path: file,
      shown: shownFrom(root, file),
      required: required !== false,
      isThere: existsSync(file),
    };
  });
  const image = asText(fields["image"]);
  const entrypoint = readCommand(fields["entrypoint"]);
  const command = readCommand(fields["command"]);
  const { runs, runsAt } = whatRuns({ entrypoint, command, dockerfile, at });
  const networks = asFields(fields["networks"]);
  const networkMode = asText(fields["network_mode"]);
  const aliases = Object.values(networks).flatMap((one) => asTexts(asFields(one)["aliases"]));
  const containerName = asText(fields["container_name"]);
  const depends = asFields(fields["depends_on"]);
  const base = dockerfile?.base ?? (build === null ? image : "");
  return {
    ...at(),
    name,
    image,
    build,
    dockerfile,
    entrypoint,
    command,
    runs,
    runsAt,
    envFiles,
    networkMode,
    fields,
    at,
    folder: asText(fields["working_dir"]) || (dockerfile?.folder ?? ""),
    environment: readVariables({ fields, envFiles, dockerfile, origins, root, lookup }),
    ports: asList(fields["ports"]).flatMap((one, n) => readPort(one, at("ports", n))),
    mounts: asList(fields["volumes"]).map((one) => readMount(asFields(one))),
    networks:
      networkMode !== "" ? [] : Object.keys(networks).length > 0 ? Object.keys(networks) : ["default"],
    profiles: asTexts(fields["profiles"]),
    names: [name, containerName, asText(fields["hostname"]), ...aliases].filter((one) => one !== ""),
    containerName,
    waitsFor: Object.fromEntries(
      Object.entries(depends).map(([one, how]) => [
        one,
        asText(asFields(how)["condition"]) || "service_started",
      ]),
    ),
    hasHealthCheck: isFields(fields["healthcheck"]),
    isRedis: isRedis(name, base, build, runs),
  };
}

/** By its image, else by what it runs; a name alone says it only of an image that nobody knows. */
function isRedis(name: string, base: string, build: Build | null, runs: readonly string[] | null): boolean {
  const words = runs?.join(" ") ?? "";
  if (/\bpython[\d.]*\b|\.py\b|\bcelery\b|\bg?unicorn\b|\bflask\b/.test(words)) return false;
  if (isRedisImage(base) || /\b(?:redis|valkey)-server\b/.test(words)) return true;
  const beside =
    /insight|commander|exporter|sentinel|client|python|admin|browser|rabbitmq|memcached|postgres|mysql|mariadb|mongo|nginx/i;
  return build === null && /redis|valkey/i.test(name) && !beside.test(`${name} ${base}`);
}

function readBuild(value: unknown): Build | null {
  if (!isFields(value)) return null;
  const context = asText(value["context"]) || ".";
  const named = asText(value["dockerfile"]) || "Dockerfile";
  const isInline = asText(value["dockerfile_inline"]) !== "";
  const fetched = isRemote(context);
  const path = isAbsolute(named) ? named : join(context, named);
  return {
    context,
    isRemote: fetched,
    target: asText(value["target"]),
    path: fetched || isInline ? "" : path,
  };
}

function readFileOf(
  build: Build,
  fields: Fields,
  root: string,
  at: (...field: Path) => SourceLine,
): Dockerfile | null {
  const options = { root, target: build.target, args: asVariables(fields["args"]) };
  if (build.path !== "") return readDockerfile(build.path, options);
  const inline = asText(fields["dockerfile_inline"]);
  return inline === "" ? null : parseDockerfile(inline, join(root, at("build").file), options);
}

/** Compose splits a text as a shell would, and gives it to none. */
function readCommand(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return null;
  return Array.isArray(value) ? value.map(textOf) : splitWords(textOf(value));
}

interface CommandFacts {
  entrypoint: readonly string[] | null;
  command: readonly string[] | null;
  dockerfile: Dockerfile | null;
  at: (...field: Path) => SourceLine;
}

function whatRuns({ entrypoint, command, dockerfile, at }: CommandFacts): Pick<Service, "runs" | "runsAt"> {
  const own = entrypoint !== null || command !== null;
  const runsAt = own ? at(command === null ? "entrypoint" : "command") : (dockerfile?.runsAt ?? at());
  // Another entrypoint takes the image's command away.
  const rest = command ?? (entrypoint === null ? (dockerfile?.command ?? null) : []);
  const first = entrypoint ?? dockerfile?.entrypoint ?? [];
  const runs = rest === null && first.length === 0 ? null : [...first, ...(rest ?? [])];
  return { runs: runs?.length === 0 ? null : runs, runsAt };
}

function readMount(fields: Fields): Mount {
  return {
    source: asText(fields["source"]),
    target: asText(fields["target"]),
    isBind: fields["type"] === "bind",
    readOnly: fields["read_only"] === true,
  };
}

/** A command in one line, as a person says it: without the shell that an image puts around it. */
export function commandLine(words: readonly string[] | null): string {
  if (words === null) return "";
  const [shell = "", flag, line] = words;
  return /^(?:\/bin\/)?(?:ba|da)?sh$/.test(shell) && /^-\w*c$/.test(flag ?? "") && line !== undefined
    ? line
    : words.join(" ");
}
