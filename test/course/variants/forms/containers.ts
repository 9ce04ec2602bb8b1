import { environmentOf } from "./clients.js";
import { placesOf } from "./places.js";
import { topicOf } from "./topics.js";
import { type FormChoices } from "./ways.js";

/** What follows `python` to start the API, and the worker. */
export function commandsOf(choices: FormChoices): { api: string[]; worker: string[] } {
  const { byName, api, worker, apiModule, workerModule } = placesOf(choices);
  const file = (path: string): string => path.replace(/.*\//, "");
  const serve =
    choices.framework === "flask"
      ? ["-m", "flask", "--app", apiModule, "run", "--host", "0.0.0.0", "--port", "5000"]
      : ["-m", "uvicorn", `${apiModule}:app`, "--host", "0.0.0.0", "--port", "5000"];
  return {
    api: choices.server === "command" ? serve : byName ? ["-m", apiModule] : [file(api)],
    worker: [
      ...(byName ? ["-m", workerModule] : [file(worker)]),
      ...(choices.others === "argument" ? ["one"] : []),
    ],
  };
}

/** The command as Compose and Dockerfile have it: the framework's own is a program, and uv runs either. */
function inContainer({ image }: FormChoices, command: readonly string[]): string[] {
  const [first, second, ...rest] = command;
  const isServer = second === "flask" || second === "uvicorn";
  const plain = isServer ? [second, ...rest] : ["python", ...command];
  return image === "uv" ? ["uv", "run", ...(first === "-m" && isServer ? ["--"] : []), ...plain] : plain;
}

/** The Compose file, Dockerfiles and what they need, by path. */
export function writeContainers(choices: FormChoices): Record<string, string> {
  const { composeIn, dockerIn, context } = placesOf(choices);
  const { setIn, layout } = choices;
  const environment = environmentOf(choices);
  const asLines = Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
  const base = context === "" ? "" : `${context}/`;
  return {
    [`${composeIn}docker-compose.yml`]: writeCompose(choices),
    ...(layout === "folders"
      ? {
          [dockerfileOf(choices, "api")]: writeDockerfile(choices, "api"),
          [dockerfileOf(choices, "worker")]: writeDockerfile(choices, "worker"),
        }
      : { [`${dockerIn}Dockerfile`]: writeDockerfile(choices, null) }),
    ...(choices.image === "pip" && {
      [`${base}requirements.txt`]: requirementsOf(choices).join("\n") + "\n",
    }),
    ...(setIn === "env_file" && { [`${composeIn}app.env`]: asLines }),
    ...(setIn === ".env" && { [`${composeIn}.env`]: asLines }),
    ...((layout === "package" || choices.image === "uv") && {
      [`${base}pyproject.toml`]: writeProject(choices),
    }),
    ...(layout === "package" && { [`${base}src/${topicOf(choices).package}/__init__.py`]: "" }),
  };
}

function requirementsOf({ framework, data, fetch }: FormChoices): string[] {
  return [
    ...(framework === "flask" ? ["flask"] : ["fastapi", "uvicorn"]),
    ...["hotqueue==0.2.8", "redis<8"],
    ...(data === "web" && fetch === "requests" ? ["requests"] : []),
  ];
}

function writeProject(choices: FormChoices): string {
  const needs = requirementsOf(choices).map((one) => `  "${one}",`);
  return `[project]
name = "${topicOf(choices).package}"
version = "0.1.0"
requires-python = ">=3.10"
dependencies = [
${needs.join("\n")}
]
${choices.layout === "package" ? BUILT : ""}`;
}

const BUILT = `
[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[tool.setuptools.packages.find]
where = ["src"]

[tool.setuptools.package-data]
"*" = ["*.json"]
`;

/** With a Dockerfile for each of two programs, it lies beside its program, or with the Compose file. */
function dockerfileOf(choices: FormChoices, part: "api" | "worker"): string {
  const { context } = placesOf(choices);
  return choices.compose === "docker"
    ? `docker/Dockerfile.${part}`
    : `${context === "" ? "" : `${context}/`}${part}/Dockerfile`;
}

/** The path of a file, as seen from what the image is built from. */
function fromContext(choices: FormChoices, path: string): string {
  const { context } = placesOf(choices);
  return context === "" ? path : path.slice(context.length + 1);
}

function writeDockerfile(choices: FormChoices, part: "api" | "worker" | null): string {
  const { setIn, layout, image } = choices;
  const sets =
    setIn === "dockerfile"
      ? Object.entries(environmentOf(choices)).map(([name, value]) => `ENV ${name}=${value}`)
      : [];
  const isPackage = layout === "package";
  return `${[
    "FROM python:3.12",
    "",
    ...(image === "uv" ? ["COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/"] : []),
    ...sets,
    "WORKDIR /app",
    ...(image === "pip"
      ? ["COPY requirements.txt ./", "RUN pip install -r requirements.txt"]
      : ["COPY pyproject.toml ./", ...(isPackage ? [] : ["RUN uv sync"])]),
    ...(isPackage && image === "pip" ? ["COPY pyproject.toml ./"] : []),
    ...copied(choices, part).map((one) => `COPY ${one}`),
    ...(isPackage ? [image === "pip" ? "RUN pip install ." : "RUN uv sync"] : []),
    ...(part === null ? [] : [`CMD ${JSON.stringify(inContainer(choices, commandsOf(choices)[part]))}`]),
  ].join("\n")}\n`;
}

/** What the image's folder gets. */
function copied(choices: FormChoices, part: "api" | "worker" | null): string[] {
  const { api, jobs, worker, dataFile } = placesOf(choices);
  const hasFile = ["file", "beside", "start"].includes(choices.data);
  switch (choices.layout) {
    case "flat": {
      const files = [api, jobs, worker, ...(hasFile ? [dataFile] : [])];
      return [`${files.map((path) => fromContext(choices, path)).join(" ")} ./`];
    }
    case "src":
      return ["src/ ./"];
    case "web_app":
      return ["web_app/ ./"];
    case "from-above":
    case "package":
      return ["src/ ./src/"];
    case "folders":
      return ["common/ ./common/", `${part ?? ""}/ ./${part ?? ""}/`, ...(hasFile ? ["data/ ./data/"] : [])];
  }
}

function writeCompose(choices: FormChoices): string {
  const commands = commandsOf(choices);
  const service = (part: "api" | "worker", ports: string): string => `  ${part}:
${buildOf(choices, part)}${choices.layout === "folders" ? "" : `    command: ${inContainer(choices, commands[part]).join(" ")}\n`}    depends_on:
      - redis-db
${setVariables(choices)}${ports}`;
  return `services:
  redis-db:
    image: redis:7
    volumes:
      - ${choices.compose === "docker" ? "../data" : "./data"}:/data
${service("api", '    ports:\n      - "5000:5000"\n')}${service("worker", "")}`;
}

function buildOf(choices: FormChoices, part: "api" | "worker"): string {
  const { compose, layout } = choices;
  const { context } = placesOf(choices);
  const folder = compose === "docker" ? ".." : context === "" ? "." : `./${context}`;
  const file =
    compose === "docker"
      ? layout === "folders"
        ? `docker/Dockerfile.${part}`
        : "docker/Dockerfile"
      : layout === "folders"
        ? `${part}/Dockerfile`
        : null;
  return file === null
    ? `    build: ${folder}\n`
    : `    build:\n      context: ${folder}\n      dockerfile: ${file}\n`;
}

function setVariables(choices: FormChoices): string {
  const all = Object.entries(environmentOf(choices));
  switch (choices.setIn) {
    case "list":
      return `    environment:\n${all.map(([name, value]) => `      - ${name}=${value}\n`).join("")}`;
    case "map":
      return `    environment:\n${all.map(([name, value]) => `      ${name}: "${value}"\n`).join("")}`;
    case ".env":
      return `    environment:\n${all.map(([name]) => `      ${name}: \${${name}}\n`).join("")}`;
    case "env_file":
      return "    env_file: app.env\n";
    case "dockerfile":
      return "";
  }
}
