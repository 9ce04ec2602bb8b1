import { both, file, type Files, text } from "./lesson-files.js";

/** What Compose takes and the exercise does not, with the name of the mistake. */
export const OTHERWISE: Readonly<Record<string, readonly [string, Files]>> = {
  "Redis under another name": [
    "service-name",
    { "docker-compose.yml": text({}).replace("redis-db:", "redis:") },
  ],
  "no second Python": [
    "python-services-missing",
    { "docker-compose.yml": text({}).split("  python2:")[0] ?? "" },
  ],
  "another image for Redis": [
    "service-name",
    file({ redis: { image: "    image: rediscommander/redis-commander\n" } }),
  ],
  "another image for Python": [
    "python-services-missing",
    file(both("    image: pypy:3\n    command: sleep 99999\n")),
  ],
  "a volume of Docker's": [
    "no-volume",
    file({ redis: { volumes: "    volumes: [data:/data]\n" }, after: "volumes:\n  data:\n" }),
  ],
  "a read-only volume": ["no-volume", file({ redis: { volumes: "    volumes: ['./data:/data:ro']\n" } })],
  "another folder inside": ["no-volume", file({ redis: { volumes: "    volumes: ['./data:/var/data']\n" } })],
  "another folder outside": ["no-volume", file({ redis: { volumes: "    volumes: ['./redis:/data']\n" } })],
  "no port": ["port-not-published", file({ redis: { ports: "" } })],
  "a port that is not published": [
    "port-not-published",
    file({ redis: { ports: "    expose: ['6379']\n" } }),
  ],
  "the ports the wrong way round": [
    "port-not-published",
    file({ redis: { ports: '    ports: ["6379:6380"]\n' } }),
  ],
  "no user": ["wrong-user", file({ redis: { user: "" } })],
  "another user": ["wrong-user", file({ redis: { user: '    user: "1001:1001"\n' } })],
  "a user in base sixty": ["wrong-user", file({ redis: { user: "    user: root\n" } })],
  "no command": ["no-save-command", file({ redis: { command: "" } })],
  "another rule for saving": ["no-save-command", file({ redis: { command: "    command: --save 60 1\n" } })],
  "saves after many changes": ["no-save-command", file({ redis: { command: "    command: --save 1 10\n" } })],
  "no sleep": ["sleep-missing", file({ python2: "    image: python:3.14\n" })],
  "a short sleep": ["sleep-missing", file(both("    image: python:3.14\n    command: sleep 5\n"))],
  "an override that takes the command away": [
    "sleep-missing",
    file({}, { "docker-compose.override.yml": "services:\n  python2:\n    command: python --version\n" }),
  ],
};
