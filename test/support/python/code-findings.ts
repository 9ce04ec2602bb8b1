import { type Finding } from "../../../src/subjects/python-code/finding.js";
import { readProject } from "../../../src/subjects/python-code/project.js";
import { PLAIN, type Ways } from "./jobs-api.js";
import { writeProject } from "./python-project.js";

export async function findingsOf(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  await using project = await writeProject(files);
  return (await readProject(project.folder)).findings;
}

export const show = ({ kind, file, line, text, says }: Finding): string =>
  `${kind} ${file}:${line} ${text} (${says})`;

const CONFIG = {
  ...PLAIN,
  layout: "source",
  api: "iss_api.py",
  record: "json",
  key: "{}",
  start: "function",
} as const;

/** Each of the choices that a mistake may depend on is taken in at least three. */
export const WAYS: Ways[] = [
  PLAIN,
  {
    ...PLAIN,
    framework: "fastapi",
    layout: "",
    imports: "names",
    decorator: "@q.worker()",
    start: "main",
    host: "or",
  },
  { ...CONFIG, host: "config", imports: "names", databases: { records: 2, queue: 4 } },
  {
    ...PLAIN,
    framework: "fastapi",
    api: "main.py",
    record: "hmset",
    clients: "own module",
    host: "function",
  },
  { ...CONFIG, framework: "fastapi", layout: "", host: "guard", decorator: "@q.worker()" },
  { ...PLAIN, api: "app.py", imports: "names", host: "REDIS_HOST", record: "hmset", start: "main" },
  { ...PLAIN, framework: "fastapi", key: "job:{}", start: "function", databases: { records: 0, queue: 10 } },
];

export const COMPOSE = (worker: string, image = "redis:7"): string => `services:
  redis-db:
    image: ${image}
    ports:
      - 6379:6379
  api:
    build: .
    command: ["python", "api.py"]
    environment:
      - REDIS_IP=redis-db
      - REDIS_HOST=redis-db
  worker:
    build: .
    command: python worker.py
${worker}`;
