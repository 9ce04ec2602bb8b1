import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ComposeFile } from "../../compose/compose-file.js";

/** A service of a Compose file, as far as it tells which part of the stack it is. */
export interface StackService {
  name: string;
  /** Under which other containers find it: its own name first. */
  names: readonly string[];
  /** "" where it is built. */
  image: string;
  build: { context: string; dockerfile: string } | null;
  /** The command, or the one of its Dockerfile; as one line. */
  command: string;
  /** What it finds in its environment: of the Compose file, its env_file, and the Dockerfile. */
  environment: Readonly<Record<string, string>>;
  /** Ports inside that are published, and where. */
  ports: readonly { inside: number; outside: number | null }[];
  /** The services that it waits for, and until when: service_started, service_healthy. */
  waitsFor: Readonly<Record<string, string>>;
  hasHealthCheck: boolean;
}

/** The four parts of the stack, by the names that the exercise gives, else by what they run. */
export interface StackServices {
  all: readonly StackService[];
  web: StackService | null;
  worker: StackService | null;
  broker: StackService | null;
  store: StackService | null;
}

type Mapping = Record<string, unknown>;

/** Null where there is no Compose file that can be read. */
export function readServices(
  file: ComposeFile | null,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): StackServices | null {
  const services = asMapping(file?.content?.["services"]);
  if (!services) return null;
  const all = Object.entries(services).map(([name, service]) =>
    describe(name, asMapping(service) ?? {}, folder, env),
  );
  const broker = all.find(({ image }) => /(?:^|\/)rabbitmq(?:[:@]|$)/.test(image)) ?? null;
  const store = all.find(({ image }) => /(?:^|\/)(?:redis|valkey)(?:[:@]|$)/.test(image)) ?? null;
  const ours = all.filter((service) => service !== broker && service !== store);
  const worker =
    ours.find(({ name }) => name === "celery") ?? ours.find(({ command }) => /\bceler\w*\b/.test(command));
  const others = ours.filter((service) => service !== worker);
  const web =
    others.find(({ name }) => name === "falcon-web") ??
    others.find(({ command }) => /gunicorn|uvicorn|waitress|falcon/.test(command)) ??
    others.find(({ ports }) => ports.length > 0);
  return { all, broker, store, worker: worker ?? null, web: web ?? null };
}

function describe(
  name: string,
  service: Mapping,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): StackService {
  const build = readBuild(service["build"]);
  const lines = build === null ? [] : readLines(join(folder, build.context, build.dockerfile));
  const words = service["command"] ?? service["entrypoint"];
  const depends = service["depends_on"];
  return {
    name,
    names: [name, text(service["container_name"]), text(service["hostname"])].filter(Boolean),
    image: build === null ? text(service["image"]) : "",
    build,
    command: words === undefined ? commandOf(lines) : asList(words).map(text).join(" "),
    environment: {
      ...dockerfileVariables(lines),
      ...Object.fromEntries(
        asList(service["env_file"]).flatMap((path) => readVariables(join(folder, text(path)))),
      ),
      ...readEnvironment(service["environment"], env),
    },
    ports: asList(service["ports"]).flatMap(readPort),
    waitsFor: Array.isArray(depends)
      ? Object.fromEntries(depends.map((one) => [text(one), "service_started"]))
      : Object.fromEntries(
          Object.entries(asMapping(depends) ?? {}).map(([one, how]) => [
            one,
            text(asMapping(how)?.["condition"]) || "service_started",
          ]),
        ),
    hasHealthCheck: asMapping(service["healthcheck"]) !== null,
  };
}

function readBuild(value: unknown): StackService["build"] {
  if (typeof value === "string") return { context: value, dockerfile: "Dockerfile" };
  const build = asMapping(value);
  if (!build) return null;
  return { context: text(build["context"]) || ".", dockerfile: text(build["dockerfile"]) || "Dockerfile" };
}

/** The last command of a Dockerfile. */
function commandOf(lines: readonly string[]): string {
  const said = lines.flatMap((line) => /^\s*(?:CMD|ENTRYPOINT)\s+(.*)$/i.exec(line)?.[1] ?? []);
  const last = said.at(-1) ?? "";
  try {
    return (JSON.parse(last) as string[]).join(" ");
  } catch {
    return last; // as a shell reads it
  }
}

function dockerfileVariables(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines
      .flatMap((line) => /^\s*ENV\s+(.*)$/i.exec(line)?.[1] ?? [])
      .flatMap((rest) =>
        rest.includes("=")
          ? [...rest.matchAll(/(\w+)=("[^"]*"|\S*)/g)].map(([, name = "", value = ""]) => [
              name,
              unquoted(value),
            ])
          : [[rest.split(/\s+/)[0] ?? "", rest.split(/\s+/).slice(1).join(" ")]],
      ),
  );
}

function readVariables(path: string): [string, string][] {
  return readLines(path).flatMap((line) => {
    const [, name, value = ""] = /^\s*(\w+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, unquoted(value.trim())]];
  });
}

function readEnvironment(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const pairs = Array.isArray(value)
    ? value.map(text).map((line) => line.split(/=(.*)/s).slice(0, 2))
    : Object.entries(asMapping(value) ?? {}).map(([name, one]) => [name, text(one)]);
  return Object.fromEntries(pairs.map(([name = "", given = ""]) => [name, fillIn(given, env)]));
}

/** `${NAME}` and `${NAME:-default}`, as Compose fills them in. */
function fillIn(value: string, env: Readonly<Record<string, string | undefined>>): string {
  return value.replace(
    /\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)/g,
    (_, long: string | undefined, otherwise: string | undefined, short: string | undefined) =>
      env[long ?? short ?? ""] ?? otherwise ?? "",
  );
}

function readPort(value: unknown): StackService["ports"][number][] {
  const mapping = asMapping(value);
  if (mapping) return [{ inside: Number(mapping["target"]), outside: Number(mapping["published"]) || null }];
  const parts = text(value).split("/")[0]?.split(":") ?? [];
  const inside = Number(parts.at(-1));
  return Number.isInteger(inside) ? [{ inside, outside: Number(parts.at(-2)) || null }] : [];
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8")
      .replace(/\\\r?\n/g, " ")
      .split(/\r?\n/);
  } catch {
    return []; // there is none: Compose says so when it builds
  }
}

function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, "$2");
}

function asMapping(value: unknown): Mapping | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Mapping) : null;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined || value === null ? [] : [value];
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}
