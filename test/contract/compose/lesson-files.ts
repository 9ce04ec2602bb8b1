/** A folder's files, by path. */
export type Files = Readonly<Record<string, string>>;

const IMAGE = "    image: redis:7\n";
const VOLUMES = "    volumes:\n      - ./data:/data\n";
const PORTS = '    ports:\n      - "6379:6379"\n';
const USER = '    user: "1000:1000"\n';
const COMMAND = '    command: ["--save", "1", "1"]\n';
const PYTHON = '    image: python:3.14\n    command: ["sleep", "9999999"]\n';

/** Lines of a file that differ from the solution's. */
interface Lines {
  before?: string;
  redis?: {
    image?: string;
    volumes?: string;
    ports?: string;
    user?: string;
    command?: string;
    more?: string;
  };
  python1?: string;
  python2?: string;
  after?: string;
}

/** The solution's text with other lines in it. */
export function text({
  before = "",
  redis = {},
  python1 = PYTHON,
  python2 = PYTHON,
  after = "",
}: Lines): string {
  const {
    image = IMAGE,
    volumes = VOLUMES,
    ports = PORTS,
    user = USER,
    command = COMMAND,
    more = "",
  } = redis;
  const first = `  redis-db:\n${image}${volumes}${ports}${user}${command}${more}`;
  return `${before}services:\n${first}  python1:\n${python1}  python2:\n${python2}${after}`;
}

export function file(lines: Lines, more: Files = {}): Files {
  return { "docker-compose.yml": text(lines), ...more };
}

export const both = (python: string): Lines => ({ python1: python, python2: python });

/** What the exercise asks for, written in other ways. */
export const RIGHT: Readonly<Record<string, Files>> = {
  "the solution": file({}),
  "an obsolete version": file({ before: 'version: "3.9"\n' }),
  "a name of its own": file({ before: "name: lesson\n" }),
  "a name with capitals": file({ before: "name: My Lesson\n" }),
  "compose.yaml": { "compose.yaml": text({}) },
  "compose.yml": { "compose.yml": text({}) },
  "docker-compose.yaml": { "docker-compose.yaml": text({}) },
  "a variable with a default": file({ redis: { image: "    image: redis:${REDIS_TAG:-7}\n" } }),
  "a variable from .env": file({ redis: { image: "    image: redis:$TAG\n" } }, { ".env": "TAG=7\n" }),
  "a variable in quotes from .env": file(
    { redis: { user: '    user: "${UID_GID}"\n' } },
    { ".env": '# who\nexport UID_GID="1000:1000"  # of the first user\n' },
  ),
  "ports by variables": file(
    { redis: { ports: '    ports: ["${PORT:?say which}:${INSIDE-6379}"]\n' } },
    { ".env": "PORT=6379\n" },
  ),
  "a default within a default": file({ redis: { image: "    image: ${IMAGE:-redis:${TAG:-7}}\n" } }),
  "another word where a variable is set": file(
    { redis: { image: "    image: redis:${ALPINE:+7-alpine}\n" } },
    { ".env": "ALPINE=yes\n" },
  ),
  "an image by its digest": file({ redis: { image: `    image: redis:7@sha256:${"ab".repeat(32)}\n` } }),
  "an image by its digest alone": file({ redis: { image: `    image: redis@sha256:${"0f".repeat(32)}\n` } }),
  "an image with its registry": file({ redis: { image: "    image: docker.io/library/redis:7-alpine\n" } }),
  "an image without a tag": file({ redis: { image: "    image: redis\n" } }),
  valkey: file({ redis: { image: "    image: valkey/valkey:8\n" } }),
  "a volume for SELinux": file({ redis: { volumes: "    volumes: [./data:/data:rw,z]\n" } }),
  "a volume with Z": file({ redis: { volumes: '    volumes:\n      - "./data:/data:Z"\n' } }),
  "a volume that ends in a slash": file({ redis: { volumes: "    volumes:\n      - ./data/:/data/\n" } }),
  "a volume by PWD": file({ redis: { volumes: "    volumes:\n      - ${PWD}/data:/data\n" } }),
  "a volume in the long form": file({
    redis: { volumes: "    volumes:\n      - type: bind\n        source: ./data\n        target: /data\n" },
  }),
  "a port in the long form": file({
    redis: { ports: '    ports:\n      - target: 6379\n        published: "6379"\n        protocol: tcp\n' },
  }),
  "a port on 127.0.0.1": file({ redis: { ports: '    ports: ["127.0.0.1:6379:6379/tcp"]\n' } }),
  "a port without quotes": file({ redis: { ports: "    ports:\n      - 6379:6379\n" } }),
  "another port outside": file({ redis: { ports: '    ports: ["6380:6379"]\n' } }),
  "the user as a number": file({ redis: { user: "    user: 1000:1000\n" } }),
  "the user without a group": file({ redis: { user: '    user: "1000"\n' } }),
  "the command as one string": file({ redis: { command: "    command: --save 1 1\n" } }),
  "the command with the server's name": file({
    redis: { command: "    command: redis-server --save 1 1\n" },
  }),
  "the command with quotes": file({
    redis: { command: '    command: redis-server "--save" "1" "1" --appendonly no\n' },
  }),
  "the save rule as one word": file({
    redis: { command: '    command: ["redis-server", "--save", "1 1"]\n' },
  }),
  "the command over several lines": file({
    redis: { command: "    command: >\n      redis-server\n      --save 1 1\n" },
  }),
  "the command in a shell": file({ redis: { command: '    command: sh -c "redis-server --save 1 1"\n' } }),
  "a terminal instead of sleep": file(both("    image: python:3.14\n    tty: true\n")),
  "an open input instead of sleep": file(
    both("    image: python:3.14\n    stdin_open: true\n    tty: true\n"),
  ),
  "tail instead of sleep": file(both("    image: python:3.14\n    command: tail -f /dev/null\n")),
  "sleep infinity": file(both("    image: python:3.12-slim\n    command: sleep infinity\n")),
  "sleep in a shell": file(both('    image: python:3.14\n    command: ["sh", "-c", "sleep infinity"]\n')),
  "sleep as the entrypoint": file(both('    image: python:3.14\n    entrypoint: ["sleep", "9999999"]\n')),
  "sleep and its seconds apart": file(
    both('    image: python:3.14\n    entrypoint: sleep\n    command: "9999999"\n'),
  ),
  "an image of its own with sleep": file(both("    build: .\n"), {
    Dockerfile: 'FROM python:3.14\nRUN pip install redis hotqueue\nCMD ["sleep", "infinity"]\n',
  }),
  "extends within the file": file({ python2: "    extends:\n      service: python1\n" }),
  "extends another file": file(both("    extends:\n      file: base.yml\n      service: python\n"), {
    "base.yml": `services:\n  python:\n${PYTHON}`,
  }),
  "an included file": {
    "docker-compose.yml": `include:\n  - redis.yml\nservices:\n  python1:\n${PYTHON}  python2:\n${PYTHON}`,
    "redis.yml": `services:\n  redis-db:\n${IMAGE}${VOLUMES}${PORTS}${USER}${COMMAND}`,
  },
  "an override that adds the port": file(
    { redis: { ports: "" } },
    { "docker-compose.override.yml": `services:\n  redis-db:\n${PORTS}` },
  ),
  "an override that replaces the command": file(
    { redis: { command: "    command: redis-server\n" } },
    { "docker-compose.override.yml": `services:\n  redis-db:\n${COMMAND}` },
  ),
  "COMPOSE_FILE in .env": { ".env": "COMPOSE_FILE=lesson.yml\n", "lesson.yml": text({}) },
  "an anchor for the Pythons": file({
    python1: PYTHON.replace(/^/, "    <<: &python {stdin_open: true}\n"),
    python2: `    <<: *python\n${PYTHON}`,
  }),
  "an extension that both merge": file({
    before: 'x-python: &python\n  image: python:3.14\n  command: ["sleep", "9999999"]\n',
    ...both("    <<: *python\n"),
  }),
  "a network of their own": file({
    redis: { more: "    networks: [lesson]\n" },
    ...both(`${PYTHON}    networks: [lesson]\n`),
    after: "networks:\n  lesson:\n",
  }),
  "a health check and what waits for it": file({
    redis: { more: '    healthcheck:\n      test: ["CMD", "redis-cli", "ping"]\n      interval: 5s\n' },
    ...both(`${PYTHON}    depends_on:\n      redis-db:\n        condition: service_healthy\n`),
  }),
  "container names, restarts and labels": file({
    redis: { more: "    container_name: my-redis\n    restart: unless-stopped\n    labels: {of: lesson}\n" },
  }),
  "environment in both forms": file({
    python1: `${PYTHON}    environment:\n      - REDIS_IP=redis-db\n      - DEBUG\n`,
    python2: `${PYTHON}    environment:\n      REDIS_IP: redis-db\n      TRIES: 3\n`,
  }),
  "a fourth service behind a profile": file({
    after: "  extra:\n    image: alpine:3\n    profiles: [later]\n",
  }),
  "JSON in place of YAML": {
    "docker-compose.yml": JSON.stringify({
      services: {
        "redis-db": {
          image: "redis:7",
          volumes: ["./data:/data"],
          ports: ["6379:6379"],
          user: "1000:1000",
          command: ["--save", "1", "1"],
        },
        python1: { image: "python:3.14", command: ["sleep", "9999999"] },
        python2: { image: "python:3.14", command: ["sleep", "9999999"] },
      },
    }),
  },
  "Windows' line ends": { "docker-compose.yml": text({}).replaceAll("\n", "\r\n") },
  "a byte order mark": { "docker-compose.yml": `\ufeff${text({})}` },
};

/** What Compose itself refuses. */
export const REFUSED: Readonly<Record<string, Files>> = {
  "a version that is a number": file({ before: "version: 3\n" }),
  "a version with a point and no quotes": file({ before: "version: 3.9\n" }),
  "a field that it does not know": file({ redis: { more: "    imge: redis\n" } }),
  "volume for volumes": file({ redis: { volumes: "    volume:\n      - ./data:/data\n" } }),
  "port for ports": file({ redis: { ports: '    port:\n      - "6379:6379"\n' } }),
  "commands for command": file({ redis: { command: '    commands: ["--save", "1", "1"]\n' } }),
  "users for user": file({ redis: { user: '    users: "1000:1000"\n' } }),
  "service for services": { "docker-compose.yml": text({}).replace("services:", "service:") },
  "services as a list": { "docker-compose.yml": text({}).replace(/^ {2}(?=[a-z])/gm, "  - ") },
  "a service on the top level": { "docker-compose.yml": text({}).replace("  python2:", "python2:") },
  "ports as a text": file({ redis: { ports: '    ports: "6379:6379"\n' } }),
  "volumes as a text": file({ redis: { volumes: "    volumes: ./data:/data\n" } }),
  "volumes as a mapping": file({ redis: { volumes: "    volumes:\n      ./data: /data\n" } }),
  "numbers in the command": file({ redis: { command: '    command: ["--save", 1, 1]\n' } }),
  "a command that is a number": file(both("    image: python:3.14\n    command: 9999999\n")),
  "a user that is a number": file({ redis: { user: "    user: 1000\n" } }),
  "tty as a word": file(both("    image: python:3.14\n    tty: maybe\n")),
  "a port that is none": file({ redis: { ports: '    ports: ["6379:redis"]\n' } }),
  "a port that is too great": file({ redis: { ports: '    ports: ["63790000:6379"]\n' } }),
  "a volume that nothing declares": file({ redis: { volumes: "    volumes: [data:/data]\n" } }),
  "a network that nothing declares": file({ redis: { more: "    networks: [lesson]\n" } }),
  "depends on nobody": file({ python1: `${PYTHON}    depends_on: [redis]\n` }),
  "depends on itself": file({ python1: `${PYTHON}    depends_on: [python1]\n` }),
  "depends in a circle": file({
    python1: `${PYTHON}    depends_on: [python2]\n`,
    python2: `${PYTHON}    depends_on: [python1]\n`,
  }),
  "extends a service that is not there": file({ python2: "    extends:\n      service: python\n" }),
  "extends a file that is not there": file({
    python2: "    extends:\n      file: base.yml\n      service: python\n",
  }),
  "extends itself": file({ python2: "    extends:\n      service: python2\n" }),
  "includes a file that is not there": file({ before: "include:\n  - redis.yml\n" }),
  "an env_file that is not there": file({ python1: `${PYTHON}    env_file: python.env\n` }),
  "a volume of a variable that nothing sets": file({
    redis: { volumes: "    volumes: ['${DATA}:/data']\n" },
  }),
  "a variable that must be set": file({ redis: { image: "    image: redis:${TAG:?say which}\n" } }),
  "a variable that does not end": file({ redis: { image: "    image: redis:${TAG\n" } }),
  "a dollar before a digit": file({ redis: { image: "    image: redis:${7}\n" } }),
  "an override with a field that it does not know": file(
    {},
    { "docker-compose.override.yml": "services:\n  redis-db:\n    prots: []\n" },
  ),
  "an override that is no YAML": file(
    {},
    { "docker-compose.override.yml": "services:\n  redis-db:\n    ports: [\n" },
  ),
  "an override with a service of nothing": file(
    {},
    { "docker-compose.override.yml": 'services:\n  other:\n    ports: ["1:1"]\n' },
  ),
  "a service without image and build": file({ after: "  extra:\n    command: sleep 1\n" }),
  "a service with nothing below it": file({ after: "  extra:\n" }),
  "the same service twice": file({ after: `  python2:\n${PYTHON}` }),
  "a key twice": file({ redis: { more: "    image: redis:8\n" } }),
  "an anchor that nobody set": file({ python2: "    <<: *python\n" }),
  "environment as a list of mappings": file({
    python1: `${PYTHON}    environment:\n      - REDIS_IP: redis-db\n`,
  }),
  "environment as a text": file({ python1: `${PYTHON}    environment: REDIS_IP=redis-db\n` }),
  "a restart that is a flag": file({ redis: { more: "    restart: true\n" } }),
  "a health check without CMD": file({
    redis: { more: '    healthcheck:\n      test: ["redis-cli", "ping"]\n' },
  }),
  "a condition that is none": file({
    python1: `${PYTHON}    depends_on:\n      redis-db:\n        condition: ready\n`,
  }),
  "a tab": { "docker-compose.yml": text({}).replace("    image: redis", "\timage: redis") },
  "no space after a colon": { "docker-compose.yml": text({}).replace("image: redis", "image:redis") },
  "a line that stands too far left": { "docker-compose.yml": text({}).replace("    user:", "   user:") },
  "a bracket that stays open": file({ redis: { command: '    command: ["--save", "1", "1"\n' } }),
  "an empty file": { "docker-compose.yml": "" },
  "a service name with a blank": file({ after: "  my service:\n    image: alpine:3\n" }),
};
