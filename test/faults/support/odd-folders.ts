import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTq } from "../../support/command-line/tq.js";
import { layOdd, oddFolders } from "../arbitraries/odd-folders.js";
import { expectCivil } from "./civil.js";
import { fuzz } from "./fuzz.js";
import { runInProcess } from "./in-process.js";

const EXERCISES = new URL("../../../dist/exercises", import.meta.url).pathname;

/** The solutions' folders, by exercise. */
const solutions = readdirSync(EXERCISES)
  .filter((slug) => existsSync(join(EXERCISES, slug, "solution")))
  .flatMap((slug) => {
    const folder = join(EXERCISES, slug, "solution");
    const variants = readdirSync(folder).filter((name) => ["flask", "fastapi"].includes(name));
    const number = Number(slug.slice(0, 2));
    return (variants.length > 0 ? variants : [""]).map((variant) => ({
      number,
      folder: join(folder, variant),
    }));
  })
  .filter(({ folder }) => statSync(folder).isDirectory());

/** No engine and no cluster is asked: nothing but the folder decides. */
const ALONE = { DOCKER_HOST: "unix:///nowhere/docker.sock", KUBECONFIG: "/nowhere/config" };

/** Milliseconds for one check, on a busy machine. */
const BOUND = 120_000;

/** Folders with what nobody thinks of, through `--check` of the exercises that look at files. */
export function describeOddFolders({
  runs,
  exercises,
}: {
  runs: number;
  exercises: readonly number[];
}): void {
  describe("odd folders of students", () => {
    const tq = useTq();
    let root = "";
    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), "tq-odd-"));
    });
    afterAll(async () => {
      execFileSync("chmod", ["-R", "u+rwX", root]);
      await rm(root, { recursive: true });
    });

    const cases = fc.record({
      solution: fc.constantFrom(...solutions.filter(({ number }) => exercises.includes(number))),
      odd: oddFolders,
    });

    it("end with a verdict", { timeout: 7_200_000 }, async () => {
      let count = 0;
      await fuzz("odd folders, by --check", cases, runs, async ({ solution, odd }, tally) => {
        count += 1;
        const folder = join(root, String(count), "work");
        mkdirSync(folder, { recursive: true });
        cpSync(solution.folder, folder, { recursive: true });
        await layOdd(folder, odd);
        const args = ["exercise", String(solution.number), folder, "--check", "--format", "json"];
        const python = process.env["TQ_TEST_PYTHON"];
        const ended = await tally.within(BOUND, () =>
          runInProcess(tq.home, [...args, ...(python ? ["--python", python] : [])], { env: ALONE }),
        );
        expectCivil(ended, [0, 1, 2, 3]);
        expect(ended.stdout).not.toContain("tq itself failed");
        tally.count(`exercise ${solution.number} exit ${ended.code ?? ""}`);
        execFileSync("chmod", ["-R", "u+rwX", join(root, String(count))]);
        await rm(join(root, String(count)), { recursive: true, force: true });
      });
    });
  });
}
