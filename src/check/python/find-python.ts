import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { TqError } from "../../errors.js";

export interface PythonSearch {
  /** `--python`. */
  wanted: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder of the student's files. */
  folder: string;
  /** tq's folder of progress and state. */
  home: string;
  /** Packages that it must have, such as hotqueue. */
  packages: readonly string[];
}

export interface Python {
  path: string;
  version: string;
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
 * own, or one on the PATH. Throws `TqError` (exit 3), with the command that helps, where none has the packages.
 */
export async function findPython(search: PythonSearch): Promise<Python> {
  let lacking: { candidate: Candidate; missing: string[]; path: string } | undefined;
  for (const candidate of listCandidates(search)) {
    const answer = await ask(candidate.path, search);
    if (answer && answer.missing.length === 0) {
      return { path: answer.executable, version: answer.version, why: candidate.why };
    }
    if (!answer && candidate.chosen) throw noPython(candidate);
    if (answer) lacking ??= { candidate, missing: answer.missing, path: answer.executable };
    if (answer && candidate.chosen) break;
  }
  if (!lacking) {
    throw new TqError("no Python was found", {
      code: "no-python",
      exitCode: 3,
      hint: "Install one (https://www.python.org, or your system's python3), or name it: --python <path>",
    });
  }
  const { candidate, missing, path } = lacking;
  throw new TqError(`${path} (${candidate.why}) lacks ${new Intl.ListFormat("en").format(missing)}`, {
    code: "python-packages",
    exitCode: 3,
    hint: [
      `${path} -m pip install ${missing.map(pipName).join(" ")}`,
      ...(missing.every((name) => OWN.has(name))
        ? ["or let tq make an environment of its own:  tq setup"]
        : []),
    ].join("\n"),
  });
}

/** Packages that are installed under another name than they are imported. */
const PIP_NAMES: Readonly<Record<string, string>> = {
  ...{ bs4: "beautifulsoup4", cv2: "opencv-python", dateutil: "python-dateutil", dotenv: "python-dotenv" },
  ...{ PIL: "pillow", sklearn: "scikit-learn", yaml: "pyyaml" },
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
