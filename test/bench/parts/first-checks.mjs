import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { python } from "../harness/cache.mjs";
import { comparisonColumns } from "../harness/comparison.mjs";
import { time } from "../harness/processes.mjs";
import { measure, median } from "../harness/rounds.mjs";

const EXERCISES = new URL("../../../dist/exercises/", import.meta.url).pathname;

/** The exercises before the jobs API, whatever the verdict. */
export const firstChecks = {
  name: "first-checks",
  title: "Checks of exercises 1 to 3, whole commands",
  columns: comparisonColumns,
  long: true,

  async run(bench) {
    return [...(await observed(bench)), ...(await echoWorker(bench)), ...(await compose(bench))];
  },
};

/** A row for a check that may take so many milliseconds. */
async function row({ tq, env, rounds }, what, most, ...args) {
  const command = [...tq, "exercise", ...args, "--check"];
  const settings = { env: env(0, { TQ_REDIS_URL: undefined }), codes: [0, 1] };
  const values = await measure(rounds, { [what]: () => time(command, settings) });
  return { what, ours: median(values[what]), unit: "ms", target: { of: "ours", most, unit: "ms" } };
}

/** Exercise 1 watches Redis: without and with as long a history as it remembers. */
async function observed(bench) {
  const settings = { env: bench.env(0, { TQ_REDIS_URL: undefined }), encoding: "utf8", stdio: "pipe" };
  const tq = (...args) => execFileSync(bench.tq[0], [bench.tq[1], ...args], settings);
  tq("redis", "up", "--engine", "native", "--port", "0");
  try {
    const rows = [await row(bench, "exercise 1, nothing done", 1500, "1")];
    for (let n = 0; n < 40; n += 1) tq("push", ...Array.from({ length: 20 }, String));
    const { port } = new URL(tq("redis", "url"));
    execFileSync("redis-benchmark", ["-p", port, "-n", "5000", "-q", "ping"]);
    return [...rows, await row(bench, "exercise 1, 4,096 commands remembered", 1500, "1")];
  } finally {
    tq("redis", "down", "--volumes");
  }
}

async function echoWorker(bench) {
  const rows = [];
  for (const part of ["solution", "starter", "wrong/returns-instead-of-prints"]) {
    const at = join(EXERCISES, "03-echo-worker", part);
    rows.push(await row(bench, `exercise 3, ${part}`, 1500, "3", at, "--python", python()));
  }
  return rows;
}

/** Exercise 2 looks into containers, which need Docker. */
async function compose(bench) {
  const what = "exercise 2, containers running";
  const folder = join(bench.folder, `tqbench${process.pid}`);
  cpSync(join(EXERCISES, "02-compose", "solution"), folder, { recursive: true });
  mkdirSync(join(folder, "data"));
  chmodSync(join(folder, "data"), 0o777); // the exercise asks for a folder in which uid 1000 may write
  const docker = (...args) => execFileSync("docker", ["compose", ...args], { cwd: folder, stdio: "ignore" });
  try {
    docker("version");
  } catch {
    return [{ what, skipped: "no docker compose here" }];
  }
  try {
    docker("up", "--detach");
    for (const service of ["python1", "python2"])
      docker("exec", "-T", service, "pip", "install", "hotqueue", "redis");
    return [await row(bench, what, 4000, "2", folder)];
  } finally {
    docker("down", "--timeout", "0", "--volumes");
  }
}
