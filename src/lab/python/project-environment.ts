import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { type WantedPackages } from "./wanted-packages.js";

export interface ProjectEnvironmentOptions {
  /** tq's folder of progress and state. */
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  report: (line: string) => void;
}

/** The interpreter of the environment, or why there is none. */
export type ProjectEnvironment = { python: string } | { python: null; why: string };

/** Milliseconds for pip. */
const PATIENCE = 180_000;

/** What every exercise needs beside what the student's files name. */
const BESIDE = ["redis", "hotqueue"];

const made = new Map<string, Promise<ProjectEnvironment>>();

/**
 * An environment with the packages that the student's files name, kept by what it holds. Packages are taken as they were built: nothing of
 * the student's, and of others only hotqueue, is run to install them.
 */
export function projectEnvironment(
  wanted: WantedPackages,
  options: ProjectEnvironmentOptions,
): Promise<ProjectEnvironment> {
  const content = JSON.stringify([wanted.python, [...wanted.specs].sort()]);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const folder = join(options.home, "environments", hash);
  const known = made.get(folder) ?? make(folder, content, wanted, options);
  made.set(folder, known);
  return known;
}

async function make(
  folder: string,
  content: string,
  { specs, python, from }: WantedPackages,
  { env, report }: ProjectEnvironmentOptions,
): Promise<ProjectEnvironment> {
  const python3 = interpreter(folder);
  if (existsSync(join(folder, "made-by-tq")) && existsSync(python3)) return { python: python3 };
  const base = await findBase(python, env);
  if (base === null) return { python: null, why: "there is no Python to make an environment from" };
  const draft = `${folder}.${process.pid}`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
    report(`making a Python environment as ${from.join(", ")} says, once: ${specs.join(", ")}`);
    const run = (file: string, args: readonly string[]) =>
      execa(file, args, { env, extendEnv: false, stdin: "ignore", all: true, timeout: PATIENCE });
    const all = [...specs, ...BESIDE.filter((one) => !specs.some((spec) => nameOf(spec) === one))];
    const onlyBuilt = ["--only-binary", ":all:", "--no-binary", "hotqueue"];
    if (await hasUv(env)) {
      await run("uv", ["venv", "--quiet", ...(python === null ? [] : ["--python", python]), draft]);
      await run("uv", ["pip", "install", "--quiet", "--python", interpreter(draft), ...onlyBuilt, ...all]);
    } else {
      await run(base, ["-m", "venv", draft]);
      const quick = ["--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "15"];
      await run(interpreter(draft), ["-m", "pip", "install", ...quick, ...onlyBuilt, ...all]);
    }
    await writeFile(join(draft, "made-by-tq"), content);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    return { python: python3 };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    const { all, message } = error as Error & { all?: string };
    const said = all ?? message;
    const lines = said.split("\n").filter((line) => line.trim() !== "");
    return {
      python: null,
      why: lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? "pip failed",
    };
  }
}

function nameOf(spec: string): string {
  return (/^[\w.-]+/.exec(spec)?.[0] ?? "").toLowerCase();
}

function interpreter(folder: string): string {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

async function hasUv(env: ProjectEnvironmentOptions["env"]): Promise<boolean> {
  const { failed } = await execa("uv", ["--version"], {
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  });
  return !failed;
}

/** The Python of the edition that is wanted, where this machine has it, else its usual one. */
async function findBase(
  edition: string | null,
  env: ProjectEnvironmentOptions["env"],
): Promise<string | null> {
  const names = [...(edition === null ? [] : [`python${edition}`]), "python3", "python"];
  for (const name of names) {
    const { failed } = await execa(name, ["--version"], {
      env,
      extendEnv: false,
      reject: false,
      stdin: "ignore",
    });
    if (!failed) return name;
  }
  return null;
}
