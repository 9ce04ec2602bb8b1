import { type Choices } from "./choices.js";

function environment({ hostVariable, redisService }: Choices): string {
  const variables = hostVariable === "both" ? ["REDIS_IP", "REDIS_HOST"] : [hostVariable];
  return `    environment:\n${variables.map((variable) => `      ${variable}: ${redisService}`).join("\n")}`;
}

/** docker-compose.yml: Redis, the API and a worker. */
export function composeFile(choices: Choices): string {
  const { redisService, apiFile } = choices;
  return `\
services:
  ${redisService}:
    image: redis:7
    ports:
      - "6379:6379"

  api:
    build: .
    command: ["python", "${apiFile}.py"]
${environment(choices)}
    ports:
      - "5000:5000"
    depends_on:
      - ${redisService}

  worker:
    build: .
    command: ["python", "worker.py"]
${environment(choices)}
    depends_on:
      - ${redisService}
`;
}

export function dockerfile({ layout }: Choices): string {
  return `\
FROM python:3.14
WORKDIR /code
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY ${layout === "" ? "*.py sightings.json" : `${layout}/`} ./
`;
}

export function requirements({ framework }: Choices): string {
  const web = framework === "flask" ? ["Flask==3.1.3"] : ["fastapi==0.165.0", "uvicorn==0.54.0"];
  return [...web, "hotqueue==0.2.8", "redis==8.1.0", ""].join("\n");
}
