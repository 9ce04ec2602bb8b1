import { type Choices } from "./choices.js";

/** The packages that the program imports, by name. */
export function writeRequirements({ framework }: Choices): string {
  const web = framework === "flask" ? ["flask"] : ["fastapi", "uvicorn"];
  return [...web, "hotqueue", "redis"].join("\n") + "\n";
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
