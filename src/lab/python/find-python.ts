import { fileWord } from "../../text/shell-word.js";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { TqError } from "../../errors.js";
import { PYTHON_IMAGE, type PythonContainer } from "./python-container.js";
import { type StartPython } from "./python-process.js";
import { startHere } from "./start-here.js";

/** What `--python` says in place of a path, to have files run in a container although a Python here could. */
export const IN_A_CONTAINER = "container";

export interface PythonSearch {
  /** `--python`: a path, a command, or `container`. */
  wanted: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder of the student's files. */
  folder: string;
  /** tq's folder of progress and state. */
  home: string;
  /** Packages that it must have, such as hotqueue. */
  packages: readonly string[];
  /** What is taken where no Python of this machine has them. */
  container?: PythonContainer | undefined;
}

export interface Python {
  /** Its path, or in a container what a text calls it. */
  name: string;
  version: string;
  start: StartPython;
  /** Why this one: the words for brackets. */
  why: string;
}

interface Candidate {
  path: string;
  why: string;
  /** It was chosen by the student: where it lacks something, no other is taken in its stead. */
  chosen: boolean;
}

interface Answer {
  executable: string;
  version: string;
  missing: string[];
}

const QUESTION = `
import importlib.util, json, sys
missing = [name for name in sys.argv[1:] if importlib.util.find_spec(name) is None]
print(json.dumps({"executable": sys.executable, "version": sys.version.split()[0], "missing": missing}))
`;

/** What an environment made by tq has. */
const OWN = new Set(["hotqueue", "redis", "flask", "fastapi", "uvicorn", "pydantic", "celery", "falcon"]);

/** Milliseconds that a Python has for answering. */
const PATIENCE = 10_000;

/** Where tq's own Python environment is. */
export function ownEnvironment(home: string): string {
  return join(home, "python");
}

/**
 * The Python that runs a student's files: the one named, an active environment, a `.venv` beside the files, tq's
 * own, one on the PATH, or one in a container. Throws `TqError` (exit 3), with the command that helps, where none has
 * the packages.
 */
export async function findPython(search: PythonSearch): Promise<Python> {
  const { wanted, container } = search;
  if (wanted === IN_A_CONTAINER && container) return await inContainer(container, search, "--python");
  let lacking: Lacking | undefined;
  for (const candidate of listCandidates(search)) {
    const answer = await ask(candidate.path, search);
    if (!answer) {
      if (candidate.chosen) throw noPython(candidate);
      continue;
    }
    const { executable: name, version, missing } = answer;
    if (missing.length === 0) return { name, version, start: startHere(name), why: candidate.why };
    const found = { candidate, missing, path: name };
    if (candidate.chosen) throw lacksPackages(found);
    lacking ??= found;
  }
  const why = lacking ? `no Python here has ${list(lacking.missing)}` : "no Python was found here";
  try {
    if (container) return await inContainer(container, search, why);
  } catch (error) {
    if (!(error instanceof TqError)) throw error;
    if (!lacking) throw nowhere(error);
  }
  throw lacking ? lacksPackages(lacking) : nowhere();
}

interface Lacking {
  candidate: Candidate;
  missing: string[];
  path: string;
}

/** `inContainer` is why a container does not help either. */
function nowhere(inContainer?: TqError): TqError {
  return new TqError("no Python was found", {
    code: "no-python",
    exitCode: 3,
    hint: [
      "Install one (https://www.python.org, or your system's python3), or name it: --python <path>",
      ...(inContainer ? adviseOnContainer(inContainer) : []),
    ].join("\n"),
  });
}

function lacksPackages({ candidate, missing, path }: Lacking): TqError {
  return new TqError(`${path} (${candidate.why}) lacks ${list(missing)}`, {
    code: "python-packages",
    exitCode: 3,
    hint: [
      `${fileWord(path)} -m pip install ${missing.map(pipName).join(" ")}`,
      ...(missing.every((name) => OWN.has(name))
        ? ["or let tq make an environment of its own:  tq setup"]
        : []),
    ].join("\n"),
  });
}

async function inContainer(
  container: PythonContainer,
  { packages }: PythonSearch,
  why: string,
): Promise<Python> {
  const { version, modules } = await container.look();
  const missing = packages.filter((name) => !modules.has(name.split(".")[0] ?? name));
  if (missing.length === 0) {
    return { name: `a container from ${PYTHON_IMAGE}`, version, start: container.start, why };
  }
  throw new TqError(`the image ${PYTHON_IMAGE} lacks ${list(missing)}`, {
    code: "python-packages",
    exitCode: 3,
    hint: `In a Python of this machine:  python3 -m pip install ${missing.map(pipName).join(" ")}`,
  });
}

/** Whether Docker could help, and what that takes. */
function adviseOnContainer({ code, message, hint }: TqError): string[] {
  if (code === "no-python-image") return ["or let tq make a container that has one:  tq setup"];
  if (code === "docker-not-running") return ["or start Docker; a container does too:  tq setup"];
  return [`Nor in a container: ${message}`, ...(hint?.split("\n") ?? [])];
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat("en").format(names);
}

/** Packages that are installed under another name than they are imported. */
const PIP_NAMES: Readonly<Record<string, string>> = {
  bs4: "beautifulsoup4",
  cv2: "opencv-python",
  dateutil: "python-dateutil",
  dotenv: "python-dotenv",
  PIL: "pillow",
  sklearn: "scikit-learn",
  yaml: "pyyaml",
};

function pipName(module: string): string {
  return PIP_NAMES[module] ?? module;
}

function listCandidates({ wanted, env, folder, home }: PythonSearch): Candidate[] {
  if (wanted !== undefined) return [{ path: wanted, why: "--python", chosen: true }];
  const candidates: Candidate[] = [];
  for (const variable of ["VIRTUAL_ENV", "CONDA_PREFIX"]) {
    const root = env[variable];
    // Conda keeps it elsewhere on Windows; there an active environment is first on the PATH anyway.
    if (root && existsSync(interpreter(root)))
      candidates.push({ path: interpreter(root), why: variable, chosen: true });
  }
  for (const place of [folder, dirname(folder)]) {
    for (const name of [".venv", "venv"]) {
      candidates.push({ path: interpreter(join(place, name)), why: `${name} in ${place}`, chosen: false });
    }
  }
  candidates.push({ path: interpreter(ownEnvironment(home)), why: "made by tq setup", chosen: false });
  for (const name of ["python3", "python"])
    candidates.push({ path: name, why: "on the PATH", chosen: false });
  return candidates;
}

function interpreter(environment: string): string {
  return process.platform === "win32"
    ? join(environment, "Scripts", "python.exe")
    : resolve(environment, "bin", "python");
}

async function ask(path: string, { env, packages }: PythonSearch): Promise<Answer | null> {
  const result = await execa(path, ["-c", QUESTION, ...packages], {
    env,
    extendEnv: false,
    reject: false,
    timeout: PATIENCE,
    stdin: "ignore",
  });
  if (result.failed) return null;
  try {
    return JSON.parse(result.stdout) as Answer;
  } catch {
    return null; // whatever it is, it is no Python
  }
}

function noPython({ path, why }: Candidate): TqError {
  return new TqError(`${path} (${why}): this is no Python that runs`, {
    code: "no-python",
    exitCode: 3,
    hint: `See:  ${path} --version`,
  });
}
