import { join } from "node:path";
import { type Judgement, notYet, passed, type Place, shellCommand } from "../../src/course/authoring.js";
import {
  commandLine,
  type ComposeProject,
  imageName,
  type Service,
} from "../../src/subjects/containers/probe.js";

/** What a service lacks, as a person would say it. */
interface Lack {
  observed: string;
  next: string;
  cause?: string;
  mistake: string;
}

const REDIS = "redis-db";
const PYTHONS = ["python1", "python2"];
const REDIS_PORT = 6379;
const expected = "three services, redis-db, python1 and python2, as the step lists them";

/** 2.1: the file says what the exercise asks for. */
export function judgeFile(file: ComposeProject | null, { folder, tq }: Place): Judgement {
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
  const lack = content["services"]
    ? findLack(file)
    : {
        observed: "it has no services:",
        next: "begin it with services:",
        mistake: "python-services-missing",
      };
  if (lack) return notYet({ expected, probe: "docker compose config", ...lack });
  const note = "version" in content ? " (its line version: is obsolete, and does no harm)" : "";
  return passed(`${name} has ${[REDIS, ...PYTHONS].join(", ")} as asked for${note}`);
}

function findLack({ services, root }: ComposeProject): Lack | null {
  const names = services.map(({ name }) => name);
  const redis = services.find(({ name }) => name === REDIS);
  if (!redis) {
    const other = services.find(({ isRedis }) => isRedis)?.name;
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
  const missing = PYTHONS.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    return {
      observed: `no service ${missing.join(" and ")}; there are: ${names.join(", ")}`,
      next: `add ${missing.join(" and ")}: image python:3.14, command ["sleep", "9999999"]`,
      mistake: "python-services-missing",
    };
  }
  const pythons = services.filter(({ name }) => PYTHONS.includes(name));
  return (
    findRedisLack(redis, join(root, "data")) ??
    pythons.map(findPythonLack).find((lack) => lack !== null) ??
    null
  );
}

function findRedisLack(redis: Service, data: string): Lack | null {
  if (!redis.isRedis) {
    return {
      observed: `${REDIS} has the image ${redis.image || "(none)"}`,
      next: "image: redis:7",
      mistake: "service-name",
    };
  }
  const mount = redis.mounts.find(({ target }) => /^\/data\/?$/.test(target));
  if (mount?.isBind !== true || !samePath(mount.source, data) || mount.readOnly) {
    return {
      observed: `${REDIS} has the volumes ${show(redis.fields["volumes"], describeMounts(redis))}`,
      cause: explainMount(mount),
      next: "volumes: with the line   - ./data:/data",
      mistake: "no-volume",
    };
  }
  if (!redis.ports.some(({ inside, outside }) => inside === REDIS_PORT && outside !== null)) {
    return {
      observed: `${REDIS} has the ports ${show(redis.fields["ports"])}`,
      cause: "without a published port nothing outside the containers reaches Redis",
      next: 'ports: with the line   - "6379:6379"',
      mistake: "port-not-published",
    };
  }
  const { user } = redis.fields;
  if (!/^1000(:1000)?$/.test(String(user))) {
    return {
      observed: `${REDIS} runs as ${user === undefined ? "the image's user" : show(user)}`,
      cause: "files in data would belong to another user than you",
      next: 'user: "1000:1000"',
      mistake: "wrong-user",
    };
  }
  if (!/--save\s+1\s+1(?!\d)/.test(commandLine(redis.runs))) {
    return {
      observed: `${REDIS} has the command ${show(redis.fields["command"])}`,
      cause: "without it Redis saves only once an hour, or after many changes",
      next: 'command: ["--save", "1", "1"]',
      mistake: "no-save-command",
    };
  }
  return null;
}

function explainMount(mount: Service["mounts"][number] | undefined): string {
  if (mount?.isBind === false) return "that is a volume of Docker's, and no folder that you can look into";
  if (mount?.readOnly === true) return "read-only, Redis cannot save there";
  return mount
    ? "that is another folder than data beside the Compose file"
    : "what Redis saves would stay in the container and go with it";
}

function findPythonLack(service: Service): Lack | null {
  const { name, image, build, fields } = service;
  if (imageName(image) !== "python" && build === null) {
    return {
      observed: `${name} has the image ${image || "(none)"}`,
      next: "image: python:3.14",
      mistake: "python-services-missing",
    };
  }
  const command = commandLine(service.runs);
  const hasInput = fields["tty"] === true || fields["stdin_open"] === true;
  if (endsAtOnce(command, hasInput)) {
    return {
      observed: `${name} has the command ${show(fields["command"], command)}`,
      cause: "a Python container without a terminal has nothing to do, and ends at once",
      next: 'command: ["sleep", "9999999"]',
      mistake: "sleep-missing",
    };
  }
  return null;
}

/** Of commands that somebody means to last, the step about running containers tells more. */
function endsAtOnce(command: string, hasInput: boolean): boolean {
  const [, seconds] = /^(?:\S*\/)?sleep ([\d.]+)s?$/.exec(command) ?? [];
  if (seconds !== undefined) return Number(seconds) < 60;
  if (/^(?:\S*\/)?(?:(?:ba|da|a)?sh|i?python[\d.]*)?(?: -[il]+)?$/.test(command)) return !hasInput;
  const isShort = /^(?:echo|printf|ls|true|pip[\d.]*|python[\d.]* (?:-V|--version|-m pip|-c))\b/.test(
    command,
  );
  return isShort && !/sleep|while|input|wait|tail|&&/.test(command);
}

/** Paths of two spellings, such as with a / at the end. */
function samePath(one: string, other: string): boolean {
  return join(one, ".") === join(other, ".");
}

function describeMounts({ mounts }: Service): string {
  return mounts.map(({ source, target }) => (source === "" ? target : `${source}:${target}`)).join(", ");
}

/** As it is written; `otherwise` where that says no more. */
function show(value: unknown, otherwise = ""): string {
  if (value === undefined || value === null) return "(none)";
  return otherwise || (typeof value === "string" ? value : JSON.stringify(value));
}
