import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { python } from "../harness/cache.mjs";
import { comparison, comparisonColumns } from "../harness/comparison.mjs";
import { measure, median } from "../harness/rounds.mjs";

const EXERCISES = new URL("../../../dist/exercises/", import.meta.url).pathname;

/** Milliseconds that a student waits for a verdict, at most. */
const JOBS = [
  ["4", "04-code-organization", 1000],
  ["5", "05-save-and-queue", 5000],
  ["6", "06-execute-the-job", 5000],
  ["7", "07-jobs-api", 15_000],
];

/** The one of an exercise's students whose check takes longest, in one pass over all, by `tq dev check`. */
function slowestStudent([file, ...args], number, environment) {
  const command = [...args, "dev", "check", number, "--python", python()];
  const printed = execFileSync(file, command, { env: environment, encoding: "utf8" });
  const times = [...printed.matchAll(/^ +ok +(\S+) +(\d+) ms$/gm)].map(([, name, ms]) => ({
    name,
    ms: Number(ms),
  }));
  return times.reduce((a, b) => (b.ms > a.ms ? b : a));
}

/** The exercises that run a student's code, one after another and side by side. */
export const checks = {
  name: "checks",
  title: "Checks of exercises 4 to 7, whole commands; then all four at the same time",
  columns: comparisonColumns,
  long: true,

  async run({ tq, env, rounds }) {
    const check = async ([number, slug]) => {
      const at = join(EXERCISES, slug, "solution", "flask");
      const [file, ...args] = [...tq, "exercise", number, at, "--check", "--python", python()];
      const started = performance.now();
      const child = spawn(file, args, { env: env(0, { TQ_REDIS_URL: undefined }), stdio: "ignore" });
      const [code] = await once(child, "exit");
      if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}`);
      return performance.now() - started;
    };
    const name = ([number]) => `exercise ${number} --check`;
    const together = "4 to 7, at the same time";
    const values = await measure(rounds, {
      ...Object.fromEntries(JOBS.map((job) => [name(job), () => check(job)])),
      [together]: async () => {
        const started = performance.now();
        await Promise.all(JOBS.map(check));
        return performance.now() - started;
      },
    });
    const sum = "one after another";
    values[sum] = values[together].map((_, round) =>
      JOBS.reduce((all, job) => all + values[name(job)][round], 0),
    );
    return [
      ...JOBS.map((job) => ({
        what: name(job),
        ours: median(values[name(job)]),
        unit: "ms",
        target: { of: "ours", most: job[2], unit: "ms" },
      })),
      ...JOBS.map(([number, , most]) => {
        const { name, ms } = slowestStudent(tq, number, env(0, { TQ_REDIS_URL: undefined }));
        return {
          what: `exercise ${number}, the slowest student`,
          ours: ms,
          peer: name,
          unit: "ms",
          target: { of: "ours", most, unit: "ms" },
        };
      }),
      comparison(values, together, sum, { target: { most: 0.6 }, unit: "ms" }),
    ];
  },
};
