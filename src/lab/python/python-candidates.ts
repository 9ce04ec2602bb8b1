import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type PythonSearch } from "./ask-python.js";

export interface Candidate {
  path: string;
  why: string;
  /** It was chosen by the student: where it lacks something, no other is taken in its stead. */
  chosen: boolean;
  /** It is the project's own: its packages are those that are meant. */
  isOwn?: boolean;
}

/** Where tq's own Python environment is. */
export function ownEnvironment(home: string): string {
  return join(home, "python");
}

/** The Pythons that may run a student's files, in the order in which they are asked. */
export function listCandidates({ wanted, env, folder, home, edition }: PythonSearch): Candidate[] {
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
      candidates.push({
        path: interpreter(join(place, name)),
        why: `${name} in ${place}`,
        chosen: false,
        isOwn: true,
      });
    }
  }
  candidates.push({ path: interpreter(ownEnvironment(home)), why: "made by tq setup", chosen: false });
  for (const name of [...(edition === undefined ? [] : [`python${edition}`]), "python3", "python"])
    candidates.push({ path: name, why: "on the PATH", chosen: false });
  return candidates;
}

function interpreter(environment: string): string {
  return process.platform === "win32"
    ? join(environment, "Scripts", "python.exe")
    : resolve(environment, "bin", "python");
}
