import { coverPairs } from "../pairwise.js";
import { writeApi } from "./api.js";
import { writeContainers } from "./containers.js";
import { dataFile, urlOf, webFile } from "./data.js";
import { writeJobs } from "./jobs.js";
import { placesOf } from "./places.js";
import { type FormChoices, TABLE } from "./ways.js";
import { writeWorker } from "./worker.js";

/** A correct system that nobody wrote for tq. */
export interface Form {
  name: string;
  choices: FormChoices;
  /** By path, from the project's folder. */
  files: Readonly<Record<string, string>>;
  /** The folder that is checked, "" for the project's own. */
  checked: string;
  /** Whether tq is told something, in a tq.yaml. */
  isTold: boolean;
}

/** Always the same. The first hold every pair of choices; the rest are more of those of whom nothing is told. */
export function listForms(): Form[] {
  const all = coverPairs(TABLE, 80);
  const ways = { ...TABLE.ways, data: ["file", "beside", "code", "start"] as const };
  const known = new Set(all.map((choices) => JSON.stringify(choices)));
  const more = coverPairs({ ...TABLE, ways }, 1).filter((choices) => !known.has(JSON.stringify(choices)));
  return [...all, ...more.slice(0, MORE)].map((choices, n) => ({
    name: nameOf(choices, n + 1),
    choices,
    files: writeFiles(choices),
    checked: placesOf(choices).checked,
    isTold: tell(choices) !== null,
  }));
}

const MORE = 20;

/** As many as are played each time. */
export function listSampleForms(): Form[] {
  return listForms().slice(0, 8);
}

function nameOf({ framework, layout, job, body, result }: FormChoices, n: number): string {
  const words = [framework, layout, job, body, result].join("-").replaceAll(/[^a-z]+/g, "-");
  return `${String(n).padStart(3, "0")}-${words.replace(/-$/, "")}`;
}

function writeFiles(choices: FormChoices): Record<string, string> {
  const places = placesOf(choices);
  const hasFile = ["file", "beside", "start"].includes(choices.data);
  const told = tell(choices);
  const { name, text } = webFile(choices);
  const checked = places.checked === "" ? "" : `${places.checked}/`;
  return {
    [places.api]: writeApi(choices),
    [places.jobs]: writeJobs(choices),
    [places.worker]: writeWorker(choices),
    ...(hasFile && { [places.dataFile]: dataFile(choices) }),
    ...writeContainers(choices),
    ...(told !== null && { [`${checked}tq.yaml`]: told }),
    ...(choices.data === "web" && { [`${checked}samples/${name}`]: text }),
  };
}

/** tq.yaml, where something is not to be found in the code; null where nothing is. */
function tell(choices: FormChoices): string | null {
  if (choices.data === "none") return "data: none\n";
  if (choices.data !== "web") return null;
  const { name } = webFile(choices);
  return `web:\n  - {url: "${urlOf(choices)}", file: samples/${name}}\n`;
}
