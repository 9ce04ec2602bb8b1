import { fileWord } from "../../text/shell-word.js";
import { TqError } from "../../errors.js";
import { askPython, type Means, type PythonSearch } from "./ask-python.js";
import { compareEditions } from "./edition.js";
import { type Candidate, listCandidates } from "./python-candidates.js";
import { projectEnvironment } from "./project-environment.js";
import { type WantedPackages } from "./wanted-packages.js";
import { packageOf } from "./known-packages.js";
import { PYTHON_IMAGE, type PythonContainer } from "./python-container.js";
import { type StartPython } from "./python-process.js";
import { startHere } from "./start-here.js";

/** What `--python` says in place of a path, to have files run in a container although a Python here could. */
export const IN_A_CONTAINER = "container";

export interface Python {
  /** Its path, or in a container what a text calls it. */
  name: string;
  version: string;
  start: StartPython;
  /** Why this one: the words for brackets. */
  why: string;
}

/** What an environment made by tq has. */
const OWN = new Set(["hotqueue", "redis", "flask", "fastapi", "uvicorn", "pydantic", "celery", "falcon"]);

/**
 * The Python that runs a student's files: the one named, an active environment, a `.venv` beside the files, tq's
 * own, one on the PATH, or one in a container. Throws `TqError` (exit 3), with the command that helps, where none has
 * the packages.
 */
export async function findPython(search: PythonSearch): Promise<Python> {
  const { wanted, container, project } = search;
  if (wanted === IN_A_CONTAINER && container) return await inContainer(container, search, "--python");
  let lacking: Lacking | undefined;
  let other: Python | undefined;
  let unfit: TqError | undefined;
  for (const candidate of listCandidates(search)) {
    const answer = await askPython(candidate.path, search);
    if (!answer) {
      if (candidate.chosen) throw noPython(candidate);
      continue;
    }
    const { executable: name, version, missing, unmet, means } = answer;
    const refusal = refuseEdition(name, version, search);
    if (refusal) {
      if (candidate.chosen) throw refusal;
      unfit ??= refusal;
      continue;
    }
    const python = { name, version, start: startHere(name), why: candidate.why };
    if (missing.length === 0 && (candidate.chosen || candidate.isOwn || unmet.length === 0)) return python;
    const found = { candidate, missing, path: name, means };
    if (candidate.chosen) throw lacksPackages(found);
    if (missing.length === 0)
      other ??= { ...python, why: `${candidate.why}, though the files ask for ${list(unmet)}` };
    else lacking ??= found;
  }
  const own = project && (other || lacking) ? await inProjectEnvironment(project, search) : null;
  if (own) return own;
  if (other) return other;
  const why = lacking ? `no Python here has ${list(lacking.missing)}` : "no Python was found here";
  try {
    if (container) return await inContainer(container, search, why);
  } catch (error) {
    if (!(error instanceof TqError)) throw error;
    if (!lacking) throw unfit ?? nowhere(error);
  }
  throw lacking ? lacksPackages(lacking) : (unfit ?? nowhere());
}

/** The environment that the project's files describe, made where it is not there; null where it cannot be made, or does not have all. */
async function inProjectEnvironment(project: WantedPackages, search: PythonSearch): Promise<Python | null> {
  if (project.specs.length === 0) return null;
  const { home, env, report = () => undefined } = search;
  const made = await projectEnvironment(project, { home, env, report });
  if (made.python === null) {
    report(`the packages of ${project.from.join(", ")} cannot be installed: ${made.why}`);
    return null;
  }
  const answer = await askPython(made.python, search);
  if (!answer || answer.missing.length > 0 || refuseEdition(made.python, answer.version, search)) return null;
  return {
    name: made.python,
    version: answer.version,
    start: startHere(made.python),
    why: `made as ${project.from.join(", ")} says`,
  };
}

/** Why this edition will not do; null where it will. */
function refuseEdition(name: string, version: string, { needs, edition }: PythonSearch): TqError | null {
  const isOther = edition !== undefined && compareEditions(version, edition) !== 0;
  const isOld = needs && compareEditions(version, needs.edition) < 0;
  if (!isOther && !isOld) return null;
  const wanted = isOther
    ? `tq.yaml asks for ${edition}`
    : `the files need ${needs?.edition ?? ""} or newer (${needs?.because ?? ""})`;
  return new TqError(`${name} is Python ${version}; ${wanted}`, {
    code: "python-edition",
    exitCode: 3,
    hint: `Install Python ${isOther ? edition : (needs?.edition ?? "")}, or name one: --python <path>; or, with Docker: --python container`,
  });
}

interface Lacking {
  candidate: Candidate;
  missing: string[];
  path: string;
  means: Means;
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

function lacksPackages({ candidate, missing, path, means }: Lacking): TqError {
  return new TqError(`${path} (${candidate.why}) lacks ${list(missing)}`, {
    code: "python-packages",
    exitCode: 3,
    hint: [
      ...adviseOnPackages(fileWord(path), missing, means),
      ...(missing.every((name) => OWN.has(name))
        ? ["or let tq make an environment of its own:  tq setup"]
        : []),
    ].join("\n"),
  });
}

async function inContainer(container: PythonContainer, search: PythonSearch, why: string): Promise<Python> {
  const { packages } = search;
  const { version, modules } = await container.look();
  const refusal = refuseEdition(`the Python of the image ${PYTHON_IMAGE}`, version, search);
  if (refusal) throw refusal;
  const missing = packages.filter((name) => !modules.has(name.split(".")[0] ?? name));
  if (missing.length === 0) {
    return { name: `a container from ${PYTHON_IMAGE}`, version, start: container.start, why };
  }
  throw new TqError(`the image ${PYTHON_IMAGE} lacks ${list(missing)}`, {
    code: "python-packages",
    exitCode: 3,
    hint: [
      "In a Python of this machine:",
      ...adviseOnPackages("python3", missing, { pip: true, venv: true }),
    ].join("\n"),
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

/** How to get what lacks: only packages that are surely those that are meant are named. */
function adviseOnPackages(python: string, missing: readonly string[], means: Means): string[] {
  const known = missing.flatMap((name) => packageOf(name) ?? []);
  const unknown = missing.filter((name) => packageOf(name) === null);
  return [
    ...(known.length > 0 ? adviseOnInstalling(python, known.join(" "), means) : []),
    ...(unknown.length > 0
      ? [
          `Which package brings ${list(unknown)} is not known to tq: see your requirements.txt, or whose code you took it from`,
        ]
      : []),
  ];
}

/** pip where it may install; else an environment beside the files, which tq finds there. */
function adviseOnInstalling(python: string, packages: string, { pip, venv }: Means): string[] {
  if (pip) return [`${python} -m pip install ${packages}`];
  return [
    "pip may not install into this Python, or is not there. In the folder of your files:",
    ...(venv ? [] : ["sudo apt install python3-venv   (Debian, Ubuntu)"]),
    `${python} -m venv .venv`,
    `.venv/bin/python -m pip install ${packages}`,
  ];
}

function noPython({ path, why }: Candidate): TqError {
  return new TqError(`${path} (${why}): this is no Python that runs`, {
    code: "no-python",
    exitCode: 3,
    hint: `See:  ${path} --version`,
  });
}
