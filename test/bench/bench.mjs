// How fast tq is, as ratios against what people use instead, measured in one run on one machine.
//   npm run bench [-- part...] [--short] [--json]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Missing } from "./harness/cache.mjs";
import { describeMachine } from "./harness/machine.mjs";
import { table } from "./harness/table.mjs";
import { isGrossLoss, verdict } from "./harness/target.mjs";
import { parts } from "./parts/index.mjs";

const args = process.argv.slice(2);
const short = args.includes("--short");
const json = args.includes("--json");
const wanted = args.filter((arg) => !arg.startsWith("--"));
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`No part ${unknown.join(", ")}. The parts: ${parts.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130)); // ends what was started

const folder = mkdtempSync(join(tmpdir(), "tq-bench-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const bench = {
  short,
  /** How often each thing is measured. */
  rounds: short ? 3 : 9,
  /** A folder for files, gone afterwards. */
  folder,
  /** The command line of tq. */
  tq: [process.execPath, new URL("../../bin/tq.js", import.meta.url).pathname],
  /** A program of ours/, which uses the library. */
  ours: (name) => [process.execPath, new URL(`ours/${name}.mjs`, import.meta.url).pathname],
  /** The environment of a program that uses the Redis at this port. */
  env: (port, more) => ({
    ...process.env,
    REDIS_IP: undefined,
    TQ_HOME: folder,
    TQ_REDIS_URL: `redis://127.0.0.1:${port}`,
    REDIS_PORT: String(port),
    ...more,
  }),
};

const machine = describeMachine();
const { cores, cpu, memoryGb, platform, node, redis, load, date } = machine;
if (!json) {
  console.log(`${cores} cores, ${cpu}, ${memoryGb} GB, ${platform}, Node ${node}, Redis ${redis}`);
  console.log(
    `${date}, load ${load} at the start; medians of ${bench.rounds} rounds, spread: their middle half`,
  );
}
const results = [];
for (const part of parts) {
  if (wanted.length > 0 ? !wanted.includes(part.name) : short && part.long) continue;
  const started = performance.now();
  const rows = await part.run(bench).catch((error) => {
    if (!(error instanceof Missing)) throw error;
    return [{ what: part.name, skipped: error.message }];
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  results.push({ part: part.name, title: part.title, seconds, rows });
  if (json) continue;
  console.log(`\n${part.title}  (npm run bench -- ${part.name}, ${seconds} s)`);
  for (const line of table(part.columns, rows)) console.log(line);
}
const all = results.flatMap(({ rows }) => rows);
const gross = all.filter(isGrossLoss);
if (json) console.log(JSON.stringify({ machine, short, results }, null, 2));
else {
  const count = (word) => all.filter((row) => verdict(row) === word).length;
  const skipped = all.filter((row) => row.skipped).length;
  console.log(`\n${count("reached")} targets reached, ${count("MISSED")} missed, ${skipped} skipped`);
  for (const { what } of gross) console.log(`twice as bad as it may be: ${what}`);
}
// The short form is for CI, on machines that are busy with other things.
process.exitCode = (short ? gross.length : all.filter((row) => verdict(row) === "MISSED").length) > 0 ? 1 : 0;
