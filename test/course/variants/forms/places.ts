import { topicOf } from "./topics.js";
import { type FormChoices } from "./ways.js";

/** Where a program's files lie, seen from the project's folder, and how it is started. */
export interface Places {
  /** The folder that is checked, "" for the project's own. */
  checked: string;
  api: string;
  jobs: string;
  worker: string;
  /** The JSON file of its data, and how the API opens it. */
  dataFile: string;
  dataPath: string;
  /** The modules' names in an import or after `python -m`. */
  apiModule: string;
  jobsModule: string;
  workerModule: string;
  /** The folder from which it is started, and whether by `python -m`. */
  startedIn: string;
  byName: boolean;
  /** What must be on the path, seen from there, where nothing installs the package. */
  path: string | null;
  /** Where the Compose file and the Dockerfile lie. */
  composeIn: string;
  dockerIn: string;
  /** What an image is built from. */
  context: string;
}

/** The API's module, without .py. */
function apiName({ topic }: FormChoices): string {
  switch (topic) {
    case "lighthouses":
    case "comets":
      return "api";
    case "glaciers":
      return "app";
    case "owls":
      return "owls_api";
  }
}

export function placesOf(choices: FormChoices): Places {
  const { layout, compose } = choices;
  const { package: name } = topicOf(choices);
  // One level above means: above the folder of the modules that name it, or above the whole program.
  const isFolder = compose === "above" && layout !== "from-above";
  const base = isFolder ? `${name}-app/` : "";
  const modules = modulesOf(choices);
  const at = (path: string): string => `${base}${path}`;
  return {
    ...modules,
    api: at(modules.api),
    jobs: at(modules.jobs),
    worker: at(modules.worker),
    dataFile: at(modules.dataFile),
    startedIn: at(modules.startedIn).replace(/\/$/, ""),
    checked: compose === "above" ? (isFolder ? base.slice(0, -1) : "src") : "",
    composeIn: compose === "docker" ? "docker/" : "",
    dockerIn: compose === "docker" ? "docker/" : base,
    context: base.slice(0, -1),
  };
}

type Modules = Omit<Places, "checked" | "composeIn" | "dockerIn" | "context">;

function modulesOf(choices: FormChoices): Modules {
  const { package: name } = topicOf(choices);
  switch (choices.layout) {
    case "flat":
      return inFolder(choices, "", "");
    case "src":
      return inFolder(choices, "src/", "");
    case "web_app":
      return inFolder(choices, "web_app/", "");
    case "from-above":
      return inFolder(choices, "src/", "src.");
    case "package":
      return { ...inFolder(choices, `src/${name}/`, `${name}.`), path: "src" };
    case "folders": {
      const api = apiName(choices);
      const file = `data/${choices.topic}.json`;
      return {
        ...inFolder(choices, "", "x."),
        api: `api/${api}.py`,
        jobs: "common/jobs.py",
        worker: "worker/worker.py",
        apiModule: `api.${api}`,
        jobsModule: "common.jobs",
        workerModule: "worker.worker",
        dataFile: file,
        dataPath: dataPath(choices, file, `../${file}`),
      };
    }
  }
}

/** All modules in one folder; where their names begin with `from`, they are started from outside. */
function inFolder(choices: FormChoices, folder: string, from: string): Modules {
  const api = apiName(choices);
  const file = `${choices.topic}.json`;
  return {
    api: `${folder}${api}.py`,
    jobs: `${folder}jobs.py`,
    worker: `${folder}worker.py`,
    apiModule: `${from}${api}`,
    jobsModule: `${from}jobs`,
    workerModule: `${from}worker`,
    dataFile: `${folder}${file}`,
    dataPath: dataPath(choices, from === "" ? file : `${folder}${file}`, file),
    startedIn: from === "" ? folder : "",
    byName: from !== "",
    path: null,
  };
}

/** Seen from where the program is started, or from the module. */
function dataPath({ data, layout }: FormChoices, fromStart: string, fromModule: string): string {
  // A package is installed, and is not found from where it is started.
  return data === "file" && layout !== "package"
    ? `'${fromStart}'`
    : `os.path.join(os.path.dirname(os.path.abspath(__file__)), '${fromModule}')`;
}
