/** A jobs API with its containers, in one of the ways of students. */
export interface JobsProject {
  name: string;
  files: Record<string, string>;
  /** The folder of the code that is checked, relative to the project; "" where it is the project. */
  folder: string;
  /** Path of the Compose file. */
  compose: string;
  choices: Choices;
}

const WAYS = {
  layout: ["beside", "src", "above", "docker", "docker-beside"],
  server: [
    "app.run",
    "flask run",
    "uvicorn",
    "gunicorn",
    "fastapi run",
    "uvicorn.run",
    "python -m flask",
    "port variable",
  ],
  image: [
    "build",
    "build map",
    "own dockerfiles",
    "target",
    "anchor",
    "extends",
    "named",
    "image only",
    "inline",
    "mounted",
  ],
  worker: ["list", "string", "shell", "python3 -u", "entrypoint", "whole path", "module", "wait-for-it"],
  copy: ["*.py", ".", "named", "folder"],
  install: ["requirements", "names", "mount", "pinned file"],
  host: ["map", "list", "env_file", "default", ".env", "image", "fallback"],
  ports: ["short", "long", "other", "address", "variable", "proxy"],
  network: ["default", "one", "two", "alias"],
  more: ["nothing", "debug", "insight", "profile", "names", "replicas", "health"],
} as const;

type Way = keyof typeof WAYS;
type Choices = { -readonly [W in Way]: (typeof WAYS)[W][number] };

/** Every choice of every way at least five times, each time beside others. */
export function listJobsProjects(): JobsProject[] {
  return Array.from({ length: 56 }, (_, n) => {
    const chosen = Object.entries(WAYS).map(([way, all], at) => {
      const step = Math.floor(n / all.length);
      return [way, all[(n + step * (at + 1)) % all.length]];
    });
    return writeProjectOf(n, Object.fromEntries(chosen) as Choices);
  });
}

function writeProjectOf(n: number, choices: Choices): JobsProject {
  const { layout } = choices;
  const code = layout === "src" || layout === "above" ? "src/" : "";
  const at = layout === "docker" ? "docker/" : "";
  const compose = `${at}${["docker-compose.yml", "compose.yaml", "docker-compose.yaml"][n % 3] ?? ""}`;
  const files: Record<string, string> = {
    ...writeCode(choices, code),
    [compose]: writeCompose(choices, code),
    ...writeImages(choices, code),
  };
  if (choices.image === "extends") {
    const dockerfile = layout === "docker" ? "docker/Dockerfile" : "Dockerfile";
    files[`${at}base.yml`] =
      `services:\n  code:\n    build: {context: ${contextOf(choices)}, dockerfile: ${dockerfile}}\n`;
  }
  if (choices.host === ".env") files[`${at}.env`] = "REDIS_HOST_NAME=redis-db\n";
  if (choices.host === "env_file") files[`${at}app.env`] = "# where Redis is\nREDIS_IP=redis-db\n";
  const name = `${n}: ${Object.values(choices).join(", ")}`;
  return { name, files, compose, choices, folder: layout === "above" ? "src" : "" };
}

const isFlask = ({ server }: Choices): boolean =>
  ["app.run", "flask run", "gunicorn", "python -m flask", "port variable"].includes(server);

function writeCode(choices: Choices, code: string): Record<string, string> {
  const { host, server } = choices;
  const fallback = host === "fallback" ? "redis-db" : "127.0.0.1";
  const jobs = `import os
import redis
from hotqueue import HotQueue

host = os.environ.get("REDIS_IP", "${fallback}")
rd = redis.Redis(host=host, port=6379, db=0)
q = HotQueue("queue", host=host, port=6379, db=1)
`;
  const flaskRun =
    server === "port variable"
      ? 'app.run(host=os.environ.get("FLASK_HOST", "127.0.0.1"), port=int(os.environ.get("API_PORT", "8888")))'
      : 'app.run(debug=True, host="0.0.0.0")';
  const api = isFlask(choices)
    ? `import os
from flask import Flask
from jobs import q, rd
app = Flask(__name__)

@app.route("/jobs", methods=["POST"])
def create():
    return {}

if __name__ == "__main__":
    ${flaskRun}
`
    : `import uvicorn
from fastapi import FastAPI
from jobs import q, rd
app = FastAPI()

@app.post("/jobs")
def create():
    return {}

if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=5000)
`;
  const worker = `from jobs import q, rd

@q.worker
def work(jid):
    rd.set(jid, "complete")

work()
`;
  return { [`${code}api.py`]: api, [`${code}jobs.py`]: jobs, [`${code}worker.py`]: worker };
}

function apiCommand({ server }: Choices): string {
  switch (server) {
    case "flask run":
      return '["flask", "--app", "api", "run", "--host=0.0.0.0"]';
    case "python -m flask":
      return '["python", "-m", "flask", "--app", "api.py", "run", "-h", "0.0.0.0", "-p", "5000"]';
    case "uvicorn":
      return '["uvicorn", "api:app", "--host", "0.0.0.0", "--port", "5000"]';
    case "gunicorn":
      return '["gunicorn", "-b", "0.0.0.0:5000", "--workers", "2", "api:app"]';
    case "fastapi run":
      return '["fastapi", "run", "api.py", "--port", "5000"]';
    default:
      return '["python", "api.py"]';
  }
}

function workerCommand({ worker }: Choices): string {
  switch (worker) {
    case "string":
      return "command: python worker.py";
    case "shell":
      return 'command: sh -c "sleep 3 && exec python worker.py"';
    case "python3 -u":
      return 'command: ["python3", "-u", "worker.py"]';
    case "entrypoint":
      return 'entrypoint: ["python"]\n    command: ["worker.py"]';
    case "whole path":
      return "command: python /app/worker.py";
    case "module":
      return "command: [python, -m, worker]";
    case "wait-for-it":
      return 'command: ["wait-for-it", "redis-db:6379", "--", "python", "worker.py"]';
    default:
      return 'command: ["python", "worker.py"]';
  }
}

/** Where the build begins, seen from the Compose file. */
function contextOf({ layout }: Choices): string {
  return layout === "docker" ? ".." : ".";
}

function writeImages(choices: Choices, code: string): Record<string, string> {
  const { image, install } = choices;
  if (image === "mounted" || image === "image only") return {};
  const files: Record<string, string> = {
    "requirements.txt": "flask\nfastapi[standard]\nhotqueue\nredis\nuvicorn\ngunicorn\n",
  };
  if (install === "names") delete files["requirements.txt"];
  const body = dockerfileBody(choices, code);
  const path = choices.layout === "docker" ? "docker/Dockerfile" : "Dockerfile";
  if (image === "own dockerfiles") {
    files["Dockerfile.api"] = `${body}CMD ${apiCommand(choices)}\n`;
    files["Dockerfile.worker"] = `${body}CMD python worker.py\n`;
  } else if (image === "target") {
    files[path] =
      body.replace(/^FROM (\S+)/, "FROM $1 AS base") +
      `FROM base AS api\nCMD ${apiCommand(choices)}\nFROM base AS worker\nCMD ["python", "worker.py"]\n`;
  } else if (image !== "inline") files[path] = `${body}EXPOSE 5000\nCMD ${apiCommand(choices)}\n`;
  return files;
}

function dockerfileBody({ copy, install, host }: Choices, code: string): string {
  const requirements = {
    requirements: "COPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n",
    names: "RUN pip install flask 'fastapi[standard]' uvicorn gunicorn \\\n    hotqueue redis\n",
    mount: "RUN --mount=type=bind,source=requirements.txt,target=/tmp/r.txt pip install -r /tmp/r.txt\n",
    "pinned file":
      "ADD requirements.txt /tmp/requirements.txt\nRUN pip3 install -r /tmp/requirements.txt && pip3 cache purge\n",
  }[install];
  const from = code === "" ? "" : "src/";
  const files = {
    "*.py": `COPY ${from}*.py ./\n`,
    ".": code === "" ? "COPY . .\n" : "COPY src .\n",
    named: `COPY ${from}api.py ${from}jobs.py ${from}worker.py /app/\n`,
    folder: code === "" ? "COPY . /app\n" : "COPY ./src/ /app/\n",
  }[copy];
  const variable =
    host === "image" ? "ENV REDIS_IP=redis-db PYTHONUNBUFFERED=1\n" : "ENV PYTHONUNBUFFERED 1\n";
  return `FROM python:3.14-slim\n# the code lives here\nWORKDIR /app\n${requirements}${files}${variable}`;
}

function writeCompose(choices: Choices, code: string): string {
  const { image, host, ports, network, more, layout, server } = choices;
  const context = contextOf(choices);
  const dockerfile = layout === "docker" ? "docker/Dockerfile" : "Dockerfile";
  const own = (name: "api" | "worker"): string => {
    switch (image) {
      case "own dockerfiles":
        return `build:\n      context: ${context}\n      dockerfile: Dockerfile.${name}`;
      case "target":
        return `build: {context: ${context}, dockerfile: ${dockerfile}, target: ${name}}`;
      case "anchor":
        return "<<: *code";
      case "extends":
        return "extends: {file: base.yml, service: code}";
      case "named":
        return `build: {context: ${context}, dockerfile: ${dockerfile}}\n    image: me/jobs:1.0`;
      case "image only":
        return "image: me/jobs:1.0";
      case "inline":
        return `build:\n      context: ${context}\n      dockerfile_inline: |\n        ${dockerfileBody(choices, code).trimEnd().replaceAll("\n", "\n        ")}`;
      case "mounted":
        return `image: python:3.14\n    working_dir: /app\n    volumes: ["${context}/${code}:/app"]`;
      case "build":
        return layout === "docker" ? `build: {context: .., dockerfile: ${dockerfile}}` : "build: .";
      default:
        return `build: {context: ${context}, dockerfile: ${dockerfile}}`;
    }
  };
  const variables: string[] = [];
  let environment = "";
  if (server === "port variable") variables.push("FLASK_HOST=0.0.0.0", "API_PORT=5000");
  switch (host) {
    case "list":
    case "map":
      variables.push("REDIS_IP=redis-db");
      break;
    case "default":
      variables.push("REDIS_IP=${REDIS_HOST_NAME:-redis-db}");
      break;
    case ".env":
      variables.push("REDIS_IP=${REDIS_HOST_NAME}");
      break;
    case "env_file":
      environment += "    env_file: app.env\n";
      break;
    case "image":
      // Of an image that nobody builds here, somebody has to say it.
      if (["image only", "mounted"].includes(image)) variables.push("REDIS_IP=redis-db");
      break;
    default:
  }
  if (variables.length > 0) {
    environment +=
      host === "list"
        ? `    environment: [${variables.map((one) => `"${one}"`).join(", ")}]\n`
        : `    environment:\n${variables.map((one) => `      ${one.replace("=", ": ").replace("API_PORT: 5000", 'API_PORT: "5000"')}\n`).join("")}`;
  }
  const published = {
    short: '["5000:5000"]',
    long: "[{target: 5000, published: 8080, protocol: tcp}]",
    other: '["8000:5000/tcp"]',
    address: '["127.0.0.1:5000:5000"]',
    variable: '["${PORT_OUTSIDE:-5000}:5000"]',
    proxy: "",
  }[ports];
  const on = {
    default: "",
    one: "    networks: [back]\n",
    two: "    networks: [back, front]\n",
    alias: "    networks:\n      back:\n",
  }[network];
  const names = {
    default: "",
    one: "networks:\n  back:\n",
    two: "networks:\n  back: {}\n  front:\n",
    alias: "networks:\n  back:\n    driver: bridge\n",
  }[network];
  const redisOn =
    network === "two"
      ? "    networks: [back]\n"
      : network === "alias"
        ? "    networks:\n      back:\n        aliases: [store]\n"
        : on;
  const command = image === "own dockerfiles" || image === "target" ? "" : `    ${workerCommand(choices)}\n`;
  const apiRuns = ["image only", "inline", "mounted"].includes(image)
    ? `    command: ${apiCommand(choices)}\n`
    : "";
  const redisImage = [
    "redis:7",
    "redis:7-alpine",
    "valkey/valkey:8",
    "redis/redis-stack-server",
    "docker.io/library/redis:7.4",
  ];
  const at = Object.values(choices).join("").length % redisImage.length;
  return `${image === "anchor" ? `x-code: &code\n  build: {context: ${context}, dockerfile: ${dockerfile}}\n` : ""}services:
  redis-db:
    image: ${redisImage[at] ?? ""}
    command: ["--save", "1", "1"]
    volumes: ["redis-data:/data"]
${redisOn}${more === "health" ? '    healthcheck: {test: ["CMD", "redis-cli", "ping"], interval: 1s}\n' : ""}${more === "names" ? "    container_name: my-redis\n" : ""}  api:
    ${own("api")}
${apiRuns}${environment}${published === "" ? "" : `    ports: ${published}\n`}${on}${more === "health" ? "    depends_on: {redis-db: {condition: service_healthy}}\n" : "    depends_on: [redis-db]\n"}${more === "names" ? "    container_name: my-api\n" : ""}  worker:
    ${own("worker")}
${command}${environment}${on}    depends_on:
      - redis-db
${more === "replicas" ? "    deploy: {replicas: 3}\n" : "    restart: unless-stopped\n"}${extra(choices, on)}${ports === "proxy" ? `  nginx:\n    image: nginx:1.27\n    ports: ["80:80"]\n${on}` : ""}${names}volumes:
  redis-data:
`;
}

function extra({ more }: Choices, on: string): string {
  switch (more) {
    case "debug":
      return `  python-debug:\n    image: python:3.14\n    command: ["sleep", "9999999"]\n${on}`;
    case "insight":
      return `  look:\n    image: redis/redisinsight\n    ports: ["5540:5540"]\n${on}`;
    case "profile":
      return `  test:\n    image: me/tests\n    profiles: [test]\n    command: [pytest]\n${on}`;
    default:
      return "";
  }
}
