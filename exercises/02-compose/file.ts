import { type Judgement, notYet, passed, type Place, shellCommand } from "../../src/course/authoring.js";
import { type ComposeFile } from "../../src/subjects/containers/probe.js";

type Service = Record<string, unknown>;

/** What a service lacks, as a person would say it. */
interface Lack {
  observed: string;
  next: string;
  cause?: string;
  mistake: string;
}

const REDIS = "redis-db";
const PYTHONS = ["python1", "python2"];
const expected = "three services, redis-db, python1 and python2, as the step lists them";

/** 2.1: the file says what the exercise asks for. */
export function judgeFile(file: ComposeFile | null, { folder, tq }: Place): Judgement {
  if (!file) {
    return notYet({
      expected: `a file docker-compose.yml in ${folder}`,
      observed: "there is none",
      probe: shellCommand("ls", folder),
      next: `${tq("exercise 2 --start")}   lays out a beginning`,
    });
  }
  const { name, problem, content } = file;
  if (problem) {
    return notYet({
      expected: `${name} is a file that Compose can read`,
      observed: `line ${problem.line}, column ${problem.column}: ${problem.message}`,
      probe: "docker compose config",
      cause: /tab/i.test(problem.message)
        ? "a tab stands where YAML wants spaces"
        : "the indentation, or a sign that is missing",
      next: `look at line ${problem.line} of ${name}: two spaces for each level, no tabs`,
      mistake: "bad-yaml",
    });
  }
  const services = asMapping(content?.["services"]);
  const lack = services
    ? findLack(services)
    : {
        observed: "it has no services:",
        next: "begin it with services:",
        mistake: "python-services-missing",
      };
  if (lack) return notYet({ expected, probe: "docker compose config", ...lack });
  const note = content && "version" in content ? " (its line version: is obsolete, and does no harm)" : "";
  return passed(`${name} has ${[REDIS, ...PYTHONS].join(", ")} as asked for${note}`);
}

function findLack(services: Record<string, unknown>): Lack | null {
  const names = Object.keys(services);
  const redis = asMapping(services[REDIS]);
  if (!redis) {
    const other = names.find((name) => text(asMapping(services[name])?.["image"]).includes("redis"));
    return {
      observed:
        other === undefined
          ? `no service ${REDIS}; there are: ${names.join(", ") || "none"}`
          : `the service with Redis is called ${other}`,
      ...(other !== undefined && { cause: "the service's name is the name by which the others find it" }),
      next: `call it ${REDIS}`,
      mistake: other === undefined ? "python-services-missing" : "service-name",
    };
  }
  const missing = PYTHONS.filter((name) => !asMapping(services[name]));
  if (missing.length > 0) {
    return {
      observed: `no service ${missing.join(" and ")}; there are: ${names.join(", ")}`,
      next: `add ${missing.join(" and ")}: image python:3.14, command ["sleep", "9999999"]`,
      mistake: "python-services-missing",
    };
  }
  return (
    findRedisLack(redis) ??
    PYTHONS.map((name) => findPythonLack(name, asMapping(services[name]) ?? {})).find(
      (lack) => lack !== null,
    ) ??
    null
  );
}

function findRedisLack(redis: Service): Lack | null {
  if (!/(^|\/)redis(:|$)/.test(text(redis["image"]))) {
    return {
      observed: `${REDIS} has the image ${show(redis["image"])}`,
      next: "image: redis:7",
      mistake: "service-name",
    };
  }
  if (!volumes(redis).some((volume) => /^\.?\/?.*data\/?:\/data(:\w+)?$/.test(volume))) {
    return {
      observed: `${REDIS} has the volumes ${show(redis["volumes"])}`,
      cause: "what Redis saves would stay in the container and go with it",
      next: "volumes: with the line   - ./data:/data",
      mistake: "no-volume",
    };
  }
  if (ports(redis).length === 0) {
    return {
      observed: `${REDIS} has the ports ${show(redis["ports"])}`,
      cause: "without a published port nothing outside the containers reaches Redis",
      next: 'ports: with the line   - "6379:6379"',
      mistake: "port-not-published",
    };
  }
  if (!/^1000(:1000)?$/.test(text(redis["user"]))) {
    return {
      observed: `${REDIS} runs as ${redis["user"] === undefined ? "the image's user" : show(redis["user"])}`,
      cause: "files in data would belong to another user than you",
      next: 'user: "1000:1000"',
      mistake: "wrong-user",
    };
  }
  if (!/--save\s+1\s+1/.test(words(redis["command"]).join(" "))) {
    return {
      observed: `${REDIS} has the command ${show(redis["command"])}`,
      cause: "without it Redis saves only once an hour, or after many changes",
      next: 'command: ["--save", "1", "1"]',
      mistake: "no-save-command",
    };
  }
  return null;
}

function findPythonLack(name: string, service: Service): Lack | null {
  if (!/(^|\/)python(:|$)/.test(text(service["image"])) && service["build"] === undefined) {
    return {
      observed: `${name} has the image ${show(service["image"])}`,
      next: "image: python:3.14",
      mistake: "python-services-missing",
    };
  }
  if (!/\bsleep\b|\btail\b|infinity/.test(words(service["command"] ?? service["entrypoint"]).join(" "))) {
    return {
      observed: `${name} has the command ${show(service["command"])}`,
      cause: "a Python container without a terminal has nothing to do, and ends at once",
      next: 'command: ["sleep", "9999999"]',
      mistake: "sleep-missing",
    };
  }
  return null;
}

function asMapping(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** A plain value as text; "" for anything else. */
function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined || value === null ? [] : [value];
}

/** A command as a list of words, whichever way it is written. */
function words(value: unknown): string[] {
  return asList(value).flatMap((part) => String(part).split(/\s+/));
}

/** "source:target", also where it is written as a mapping. */
function volumes(service: Service): string[] {
  return asList(service["volumes"]).map((volume) => {
    const mapping = asMapping(volume);
    return mapping ? `${String(mapping["source"])}:${String(mapping["target"])}` : String(volume);
  });
}

/** Ports of the host that lead to 6379 inside. */
function ports(service: Service): number[] {
  return asList(service["ports"]).flatMap((port) => {
    const mapping = asMapping(port);
    if (mapping) return Number(mapping["target"]) === 6379 ? [Number(mapping["published"])] : [];
    const parts = String(port).split("/")[0]?.split(":") ?? [];
    return parts.length >= 2 && parts.at(-1) === "6379" ? [Number(parts.at(-2))] : [];
  });
}

function show(value: unknown): string {
  return value === undefined || value === null
    ? "(none)"
    : typeof value === "string"
      ? value
      : JSON.stringify(value);
}
