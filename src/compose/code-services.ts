import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ComposeFile, readComposeFile } from "./compose-file.js";
import { type SourceLine } from "../text/finding.js";

/** A service as far as it matters to the Python in it. */
export interface ComposeService extends SourceLine {
  name: string;
  /** Command and entrypoint; "" where the image decides. */
  command: string;
  /** The variables that it sets, with the line of each. */
  environment: ReadonlyMap<string, SourceLine>;
  /** It takes variables from elsewhere too: a file, the whole of another service. */
  setsMore: boolean;
  /** It is in the host's network, where localhost is the machine itself. */
  onHost: boolean;
  isRedis: boolean;
  /** A Redis whose port is published: the Docker bridge's address reaches it too. */
  publishes: boolean;
  /** The names under which others reach it. */
  reachedAs: readonly string[];
}

export interface ComposeServices {
  services: readonly ComposeService[];
  /** Variables that an image's Dockerfile sets. */
  fromImages: ReadonlySet<string>;
}

/** The Compose file beside the student's code; null where there is none that can be read. */
export async function readCompose(folder: string): Promise<ComposeServices | null> {
  let file: ComposeFile | null;
  let lines: string[];
  try {
    file = readComposeFile(folder);
    if (!file?.content) return null;
    lines = readFileSync(join(folder, file.name), "utf8").split(/\r?\n/);
  } catch {
    return null; // no file after all, or more aliases than YAML's reader follows
  }
  const { name } = file;
  const services = Object.entries(asRecord(file.content["services"])).map(([service, content]) =>
    readService(service, asRecord(content), { file: name, lines }),
  );
  return services.length === 0 ? null : { services, fromImages: await variablesOfImages(folder) };
}

function readService(
  name: string,
  content: Readonly<Record<string, unknown>>,
  { file, lines }: { file: string; lines: readonly string[] },
): ComposeService {
  const place = (line: number): SourceLine => ({ file, line: line + 1, text: lines[line]?.trim() ?? "" });
  const at = Math.max(
    0,
    lines.findIndex((line) => new RegExp(`^\\s+["']?${escape(name)}["']?\\s*:`).test(line)),
  );
  const environment = new Map<string, SourceLine>();
  for (const variable of variablesOf(content["environment"])) {
    const pattern = new RegExp(`^\\s*-?\\s*["']?${escape(variable)}["']?\\s*([:=]|$)`);
    const line = lines.findIndex((one, n) => n > at && pattern.test(one));
    environment.set(variable, place(line === -1 ? at : line));
  }
  const image = asText(content["image"]);
  const container = asText(content["container_name"]);
  const networks = Object.values(asRecord(content["networks"])).flatMap((one) =>
    asList(asRecord(one)["aliases"]),
  );
  const isRedis =
    /(^|\/)(redis|valkey)([:/-]|$)/.test(image) ||
    (/redis|valkey/i.test(name) && content["build"] === undefined);
  return {
    ...place(at),
    name,
    environment,
    isRedis,
    command: [content["entrypoint"], content["command"]].flatMap(asList).join(" "),
    setsMore: content["env_file"] !== undefined || content["extends"] !== undefined,
    onHost: content["network_mode"] === "host",
    publishes: asList(content["ports"]).length > 0,
    reachedAs: [name, container, asText(content["hostname"]), ...networks].filter((one) => one !== ""),
  };
}

function variablesOf(environment: unknown): string[] {
  if (Array.isArray(environment)) return environment.map((one) => String(one).split("=")[0]?.trim() ?? "");
  return Object.keys(asRecord(environment));
}

/** Those of all Dockerfiles near: which service has which is for Docker to know. */
async function variablesOfImages(folder: string): Promise<Set<string>> {
  const found = new Set<string>();
  const names = await readdir(folder, { recursive: false }).catch(() => []);
  for (const name of [
    ...names,
    "docker/Dockerfile",
    "src/Dockerfile",
    "docker/Dockerfile.api",
    "docker/Dockerfile.worker",
  ]) {
    if (!/dockerfile/i.test(name)) continue;
    const text = await readFile(join(folder, name), "utf8").catch(() => "");
    for (const [, variable = ""] of text.matchAll(/^\s*(?:ENV|ARG)\s+(\w+)/gim)) found.add(variable);
  }
  return found;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function asList(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === null ? [] : [asText(value)];
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
