import { apiFile } from "./api-file.js";
import { type Choices } from "./choices.js";
import { clientsFile } from "./clients-file.js";
import { composeFile, dockerfile, requirements } from "./container-files.js";
import { coverPairs } from "./cover-pairs.js";
import { jobsFile } from "./jobs-file.js";
import { workerFile } from "./worker-file.js";

/** Correct code of the jobs API, written in one of the ways of students. */
export interface Variant {
  /** Such as "07 src/app.py, fastapi, REDIS_HOST". */
  name: string;
  choices: Choices;
  /** By path in the student's folder. */
  files: Record<string, string>;
}

const LEAST = 40;

const SIGHTINGS = [
  { id: "s1", day: "2026-03-01", bird: "robin", count: 2 },
  { id: "s2", day: "2026-03-02", bird: "wren", count: 1 },
  { id: "s3", day: "2026-03-04", bird: "robin", count: 3 },
  { id: "s4", day: "2026-03-09", bird: "coot", count: 5 },
];

/** Every pair of choices stands together in at least one of them; the same list each time. */
export function listVariants(): Variant[] {
  return coverPairs(LEAST).map((choices, n) => ({
    name: `${String(n + 1).padStart(2, "0")} ${pathOf(choices, `${choices.apiFile}.py`)}, ${choices.framework}, ${choices.hostVariable}`,
    choices,
    files: filesOf(choices),
  }));
}

/** Where a Python file stands in the student's folder. */
export function pathOf({ layout }: Choices, file: string): string {
  return layout === "" ? file : `${layout}/${file}`;
}

function filesOf(choices: Choices): Record<string, string> {
  const code: Record<string, string> = {
    [`${choices.apiFile}.py`]: apiFile(choices),
    "jobs.py": jobsFile(choices),
    "worker.py": workerFile(choices),
    "sightings.json": JSON.stringify(SIGHTINGS),
  };
  if (choices.clients === "in a module") code["redis_clients.py"] = clientsFile(choices);
  return {
    ...Object.fromEntries(Object.entries(code).map(([file, text]) => [pathOf(choices, file), text])),
    "docker-compose.yml": composeFile(choices),
    Dockerfile: dockerfile(choices),
    "requirements.txt": requirements(choices),
  };
}
