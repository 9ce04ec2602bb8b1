import { apiModule } from "./api.js";
import { type Choices } from "./choices.js";

/** The variable that Compose sets, of those that the code reads. */
function variableOf({ host }: Choices): "REDIS_IP" | "REDIS_HOST" {
  return host === "REDIS_IP" ? "REDIS_IP" : "REDIS_HOST";
}

export function writeCompose(choices: Choices): string {
  const { service } = choices;
  return `services:
  ${service}:
    image: redis:7
    command: ["--save", "1", "1"]
    user: "1000:1000"
    volumes:
      - ./data:/data
    ports:
      - "6379:6379"
  api:
    build: .
    command: ${apiCommand(choices)}
    depends_on:
      - ${service}
    environment:
${setVariable(choices)}
    ports:
      - "5000:5000"
  worker:
    build: .
    command: python worker.py
    depends_on:
      - ${service}
    environment:
${setVariable(choices)}
`;
}

/** Compose has two forms for it. */
function setVariable(choices: Choices): string {
  const { service, layout } = choices;
  const variable = variableOf(choices);
  return layout === "src" ? `      ${variable}: ${service}` : `      - ${variable}=${service}`;
}

function apiCommand(choices: Choices): string {
  const module = apiModule(choices);
  if (choices.server === "file") return `python ${module}.py`;
  return choices.framework === "flask"
    ? `flask --app ${module} run --host 0.0.0.0`
    : `uvicorn ${module}:app --host 0.0.0.0 --port 5000`;
}
