import { apiCommand, type Choices, contextOf, workerCommand } from "./jobs-choices.js";

export function writeCompose(choices: Choices, code: string): string {
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

export function dockerfileBody({ copy, install, host }: Choices, code: string): string {
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
