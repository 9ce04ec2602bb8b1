import { apiModule, writeApi } from "./api.js";
import { type Choices, TABLE, ways } from "./choices.js";
import { CLIENTS_MODULE } from "./python-file.js";
import { writeClients } from "./clients.js";
import { writeCompose } from "./compose.js";
import { dataInApi } from "./data-in-api.js";
import { writeDockerfile, writeRequirements } from "./dockerfile.js";
import { writeJobs } from "./jobs.js";
import { coverPairs } from "./pairwise.js";
import { writeWorker } from "./worker.js";

/** A correct jobs API, in one of the ways of students. */
export interface Variant {
  name: string;
  choices: Choices;
  /** By path. */
  files: Readonly<Record<string, string>>;
}

/** At least 40, always the same; together they hold every pair of choices. */
export function listVariants(): Variant[] {
  return coverPairs(TABLE, 40).map((choices, n) => ({
    name: `${String(n + 1).padStart(2, "0")}-${choices.framework}-${apiModule(choices)}-${choices.layout || "flat"}`,
    choices,
    files: writeFiles(choices),
  }));
}

/** The first of them, which together make every choice: as many as are played each time. */
export function listSample(): Variant[] {
  return listVariants().slice(0, 12);
}

/** The path of a file in the folder of the modules. */
export function pathOf({ layout }: Choices, name: string): string {
  return layout === "" ? name : `${layout}/${name}`;
}

function writeFiles(choices: Choices): Record<string, string> {
  const inFolder: Record<string, string> = {
    [`${apiModule(choices)}.py`]: writeApi(choices),
    "jobs.py": writeJobs(choices),
    "worker.py": writeWorker(choices),
    ...(choices.clientsIn === "module" && { [`${CLIENTS_MODULE}.py`]: writeClients(choices) }),
    ...dataInApi(choices).files,
  };
  return {
    ...Object.fromEntries(Object.entries(inFolder).map(([name, text]) => [pathOf(choices, name), text])),
    Dockerfile: writeDockerfile(choices, Object.keys(inFolder)),
    "docker-compose.yml": writeCompose(choices),
    "requirements.txt": writeRequirements(choices),
  };
}

/** For a test's message: the choices in one line. */
export function describeChoices(choices: Choices): string {
  return ways.map((way) => `${way}=${String(choices[way])}`).join(" ");
}
