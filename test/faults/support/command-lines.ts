import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../../support/suite/needs.js";
import { useRedisServer } from "../../support/redis/redis-server.js";
import { useTq } from "../../support/command-line/tq.js";
import { type CommandLine, commandLines, hostileNames } from "../arbitraries/command-lines.js";
import { expectCivil } from "./civil.js";
import { fuzz } from "./fuzz.js";

/** Every place of a command line that takes a name; of the folders, those that tq makes itself. */
const NAMED: readonly ((name: string) => string[])[] = [
  ...["push", "len", "get", "peek", "queues", "clear"].map((command) => (name: string) => [
    command,
    `--queue=${name}`,
  ]),
  (name) => ["redis", "up", "--engine", "docker", "--port", "0", `--name=${name}`],
  (name) => ["redis", "up", "--engine", "docker", "--port", "0", `--data=${name}`],
  ...["down", "logs"].map((command) => (name: string) => ["redis", command, `--name=${name}`]),
  (name) => ["sidecar", "up", "--", name],
  (name) => ["sidecar", "up", `--image=${name}`],
  (name) => ["sidecar", "exec", "--", name, "true"],
  (name) => ["sidecar", "shell", "--", name],
  (name) => ["exercise", "4", "--check", `--step=${name}`],
  (name) => ["exercise", "4", "--check", `--seed=${name}`, `--python=${name}`],
  (name) => ["exercise", "4", "--solution", `--variant=${name}`],
  (name) => ["exercise", "4", "--start", `--variant=${name}`],
  (name) => ["exercise", "3", "--solution", `--variant=${name}`],
  (name) => ["exercise", "2", "--check", "--step=2.1", "--", name],
  (name) => ["exercise", "4", "--check", "--step=4.1", "--", name],
  (name) => ["exercise", "4", "--hint", "--", name],
  ...["show", "retry", "drop"].map((command) => (name: string) => ["dead", command, "--", name]),
  (name) => ["recover", `--queue=${name}`],
  (name) => ["consume", "--reliable", "--timeout", "0.01", `--queue=${name}`],
  (name) => ["echo-worker", `--name=${name}`, "--delay", "x"],
  (name) => ["dev", "check", "99", `--python=${name}`],
];

/** Command lines that nobody meant, as processes of their own, in a folder that shows what they leave behind. */
export function describeCommandLines({ runs, names }: { runs: number; names: number }): void {
  describeWith("redis", "fuzzed command lines", () => {
    const redis = useRedisServer();
    const tq = useTq();
    let root = "";
    const here = () => join(root, "a", "b");
    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), "tq-fuzz-"));
    });
    afterAll(() => rm(root, { recursive: true }));

    const run = async ({ args, input }: CommandLine) => {
      rmSync(root, { recursive: true });
      mkdirSync(here(), { recursive: true });
      const env = { TQ_REDIS_URL: redis().url, DOCKER_HOST: "unix:///nowhere/docker.sock" };
      const tqs = tq.start(args, { env, input, cwd: here() });
      // One that hangs is ended, so that its command line is in the report.
      const timer = setTimeout(() => tqs.child.kill("SIGKILL"), 30_000);
      const ended = await tqs.ended;
      clearTimeout(timer);
      expectCivil(
        args.includes("--debug") ? { ...ended, stderr: withoutStack(ended.stderr) } : ended,
        [0, 1, 2, 3],
      );
      return { ended, left: readdirSync(root, { recursive: true, encoding: "utf8" }).sort() };
    };

    it(
      "end with a code of the table, in their time, and without a stack",
      { timeout: 3_600_000 },
      async () => {
        await fuzz("command lines", commandLines, runs, async (line, tally) => {
          const { ended, left } = await tally.within(30_000, () => run(line));
          tally.count(`exit ${ended.code ?? ""}`);
          expect(left.filter((path) => /(^|\/)ran\b/.test(path))).toEqual([]);
        });
      },
    );

    it("take names for nothing but names", { timeout: 3_600_000 }, async () => {
      const pairs = fc.record({ make: fc.constantFrom(...NAMED), name: fc.constantFrom(...hostileNames) });
      await fuzz("names", pairs, names, async ({ make, name }, tally) => {
        const args = make(name);
        const { ended, left } = await tally.within(30_000, () => run({ args, input: "" }));
        tally.count(`exit ${ended.code ?? ""}`);
        const laidOut = args.includes("--start") && ended.code === 0 ? ["a/b/fragments.txt"] : [];
        expect(left).toEqual(["a", "a/b", ...laidOut]);
        expect(readdirSync(join(root, "..")).filter((path) => /escaped|^ran/.test(path))).toEqual([]);
        expect(readdirSync(tq.home).filter((path) => !/^(redis|kept|progress\.json)$/.test(path))).toEqual(
          [],
        );
      });
    });
  });
}

/** With --debug a stack is asked for. */
function withoutStack(text: string): string {
  return text.replace(/^\s*at .*$/gm, "");
}
