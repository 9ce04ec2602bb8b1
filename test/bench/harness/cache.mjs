// What is only for comparing is kept in a folder of its own, not among the package's dependencies: BullMQ, a Python
// with hotqueue, other versions of Node. What cannot be had is `Missing`, and its rows are skipped with the reason.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";

export class Missing extends Error {}

const cache =
  process.env.TQ_BENCH_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tq-bench");
const here = new URL("..", import.meta.url).pathname;
const root = new URL("../../..", import.meta.url).pathname;

function fetchInto(path, what, ...steps) {
  if (existsSync(path)) return path;
  console.error(`fetching ${what} into ${cache}`);
  mkdirSync(cache, { recursive: true });
  try {
    for (const [file, ...args] of steps) execFileSync(file, args, { stdio: ["ignore", "ignore", "inherit"] });
  } catch (error) {
    throw new Missing(`${what} could not be fetched (${error.message.split("\n")[0]})`);
  }
  return path;
}

/** A program of peers/ as one file, which is how fast it can start; its packages are those of ours, or of the cache. */
export async function peer(name, ...packages) {
  for (const one of packages) {
    const folder = join(cache, "node_modules", one.replace(/(.)@.*/, "$1"));
    fetchInto(folder, one, [
      "npm",
      "install",
      "--prefix",
      cache,
      "--ignore-scripts",
      "--no-audit",
      "--silent",
      one,
    ]);
  }
  const output = join(cache, "peers", `${name}.cjs`);
  const build = await rolldown({
    input: join(here, "peers", `${name}.mjs`),
    platform: "node",
    resolve: { modules: [join(root, "node_modules"), join(cache, "node_modules")] },
    external: packages.length > 0 ? packages.map((one) => one.replace(/(.)@.*/, "$1")) : [],
    logLevel: "silent",
  });
  await build.write({ file: output, format: "cjs", minify: true });
  await build.close();
  return [process.execPath, output];
}

/** A Python with HotQueue 0.2.8 and what students' code needs: TQ_TEST_PYTHON, else one in the cache. */
export function python() {
  const given = process.env.TQ_TEST_PYTHON;
  if (given) return given;
  const folder = join(cache, "students-python");
  const file = join(folder, "bin", "python");
  return fetchInto(
    file,
    "a Python environment with hotqueue, redis, flask and fastapi",
    ["python3", "-m", "venv", folder],
    [file, "-m", "pip", "install", "--quiet", "hotqueue==0.2.8", "redis", "flask", "fastapi", "uvicorn"],
  );
}

/** A program of peers/ in Python. */
export const pythonPeer = (name) => [python(), join(here, "peers", `${name}.py`)];

/** Another major version of Node, as npx has it. */
export async function nodeVersion(major) {
  try {
    const args = ["--yes", `node@${major}`, "-p", "process.execPath"];
    return (await promisify(execFile)("npx", args, { timeout: 120_000 })).stdout.trim();
  } catch (error) {
    throw new Missing(`Node ${major} cannot be had from npx (${error.message.split("\n")[0]})`);
  }
}
