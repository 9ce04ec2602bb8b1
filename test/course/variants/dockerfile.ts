import { type Choices } from "./choices.js";

/** The packages that the program imports. From version 8 on, redis gives up a worker's wait after some seconds. */
export function writeRequirements({ framework }: Choices): string {
  const web = framework === "flask" ? ["flask"] : ["fastapi", "uvicorn"];
  return [...web, "hotqueue==0.2.8", "redis<8"].join("\n") + "\n";
}

/** One image for the API and the worker; `files` are those of the modules' folder, by name. */
export function writeDockerfile({ layout }: Choices, files: readonly string[]): string {
  const copy = layout === "" ? `${files.join(" ")} ./` : `${layout}/ ./`;
  return `FROM python:3.14

WORKDIR /app
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY ${copy}
`;
}
