import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { TqError } from "../../errors.js";
import { ownEnvironment } from "./python-candidates.js";
import { REQUIRED, REQUIREMENTS } from "./requirements.js";

export interface EnvironmentOptions {
  home: string;
  /** `--python`: the Python from which it is made. */
  python: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  report: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Makes tq's own Python environment, `<home>/python`, unless it is there and whole. A file that is written last says
 * that it is; whatever was interrupted is made anew. Returns false where nothing was to do. Throws `TqError` (exit 3).
 */
export async function makeEnvironment({
  home,
  python,
  env,
  report,
  signal,
}: EnvironmentOptions): Promise<boolean> {
  const folder = ownEnvironment(home);
  const marker = join(folder, "made-by-tq");
  const wanted = REQUIREMENTS.join("\n");
  if (existsSync(marker) && (await readFile(marker, "utf8")) === wanted) return false;
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new TqError(`${folder} cannot be written: ${(error as Error).message}`, {
      code: "home-not-writable",
      exitCode: 3,
      hint: `Make ${home} writable, or name another folder:  TQ_HOME=/some/folder tq …`,
      cause: error,
    });
  }
  report(`making a Python environment in ${folder}`);
  const base = await firstPython(python === undefined ? ["python3", "python"] : [python], env, signal);
  await run(base, ["-m", "venv", folder], { env, signal, explain: explainVenv });
  report(`installing ${REQUIRED.join(", ")}`);
  const own =
    process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...REQUIREMENTS];
  await run(own, install, { env, signal, explain: explainPip });
  await writeFile(marker, wanted);
  return true;
}

async function firstPython(
  names: readonly string[],
  env: EnvironmentOptions["env"],
  signal: AbortSignal,
): Promise<string> {
  for (const name of names) {
    const { failed } = await execa(name, ["--version"], {
      env,
      extendEnv: false,
      reject: false,
      cancelSignal: signal,
    });
    signal.throwIfAborted();
    if (!failed) return name;
  }
  throw new TqError(`no Python was found (${names.join(", ")})`, {
    code: "no-python",
    exitCode: 3,
    hint: "Install one (https://www.python.org, or your system's python3), or name it: --python <path>",
  });
}

interface RunOptions {
  env: EnvironmentOptions["env"];
  signal: AbortSignal;
  explain: (output: string) => TqError;
}

async function run(
  program: string,
  args: readonly string[],
  { env, signal, explain }: RunOptions,
): Promise<void> {
  const result = await execa(program, args, {
    env,
    extendEnv: false,
    reject: false,
    cancelSignal: signal,
    all: true,
    stdin: "ignore",
  });
  signal.throwIfAborted();
  if (result.failed) throw explain(result.all);
}

function explainVenv(output: string): TqError {
  const needsPackage = /ensurepip is not|python3[\d.]*-venv/.test(output);
  return new TqError(`the environment cannot be made: ${lastLine(output)}`, {
    code: "venv-failed",
    exitCode: 3,
    hint: needsPackage ? "Debian, Ubuntu: sudo apt install python3-venv" : "See:  python3 -m venv --help",
  });
}

function explainPip(output: string): TqError {
  return new TqError(`pip could not install ${REQUIRED.join(", ")}: ${lastLine(output)}`, {
    code: "pip-failed",
    exitCode: 3,
    hint: "Is PyPI reached (network, proxy, VPN)? Then again:  tq setup",
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
