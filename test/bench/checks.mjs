// How long a check takes, as a student waits for it: whole commands, on a warm machine.
//   npm run bench:checks [path of a Python with hotqueue and redis]
import { execFile, execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const RUNS = 9;

/** Number, folder, milliseconds allowed. */
const JOBS = [
  [4, "04-code-organization", 1000],
  [5, "05-save-and-queue", 5000],
  [6, "06-execute-the-job", 5000],
  [7, "07-jobs-api", 15000],
];
const root = new URL("../..", import.meta.url).pathname;
const home = mkdtempSync(join(tmpdir(), "tq-bench-"));
const env = { ...process.env, TQ_HOME: home };
const python = process.argv[2] ?? process.env.TQ_TEST_PYTHON ?? "python3";
const run = promisify(execFile);
const tq = (...args) => run(process.execPath, [join(root, "bin/tq.js"), ...args], { env });

/** Milliseconds of each run, whatever the verdict. */
async function measure(...args) {
  const times = [];
  for (let n = 0; n < RUNS; n += 1) {
    const started = performance.now();
    const ended = await tq("exercise", ...args, "--check").catch((error) => error);
    times.push(performance.now() - started);
    if (![0, 1, undefined].includes(ended.code)) throw ended;
  }
  return times.sort((a, b) => a - b);
}

const rows = [];
async function bench(name, bound, ...args) {
  const times = await measure(...args);
  const [least, median, most] = [0, RUNS >> 1, RUNS - 1].map((n) => Math.round(times[n]));
  rows.push({ check: name, median, least, most, bound, verdict: median <= bound ? "within" : "ABOVE" });
}

try {
  await tq("redis", "up", "--engine", "native", "--port", "0");
  await bench("exercise 1, nothing done", 1500, "1");
  // A history as long as it gets.
  for (let n = 0; n < 40; n += 1) await tq("push", ...Array.from({ length: 20 }, String));
  execFileSync("redis-benchmark", [
    "-p",
    new URL((await tq("redis", "url")).stdout).port,
    "-n",
    "5000",
    "-q",
    "ping",
  ]);
  await bench("exercise 1, 4,096 commands remembered", 1500, "1");
  await tq("redis", "down", "--volumes");

  const exercise = join(root, "exercises/03-echo-worker");
  for (const part of ["solution", "starter", "wrong/returns-instead-of-prints"]) {
    await bench(`exercise 3, ${part}`, 1500, "3", join(exercise, part), "--python", python);
  }

  for (const variant of ["flask", "fastapi"]) {
    for (const [number, slug, bound] of JOBS) {
      const at = join(root, "exercises", slug, "solution", variant);
      await bench(`exercise ${number}, ${variant}`, bound, String(number), at, "--python", python);
    }
  }

  const folder = join(home, `tqbench${process.pid}`);
  cpSync(join(root, "exercises/02-compose/solution"), folder, { recursive: true });
  mkdirSync(join(folder, "data"));
  chmodSync(join(folder, "data"), 0o777); // the exercise asks for a folder in which uid 1000 may write
  const compose = (...args) => execFileSync("docker", ["compose", ...args], { cwd: folder, stdio: "ignore" });
  try {
    compose("up", "--detach");
    for (const service of ["python1", "python2"])
      compose("exec", "-T", service, "pip", "install", "hotqueue", "redis");
    await bench("exercise 2, containers running", 4000, "2", folder);
  } finally {
    compose("down", "--timeout", "0", "--volumes");
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
console.table(rows);
console.log(`milliseconds, ${RUNS} runs each, Node ${process.versions.node}`);
process.exitCode = rows.every(({ verdict }) => verdict === "within") ? 0 : 1;
