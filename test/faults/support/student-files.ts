import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, useTq } from "../../support/command-line/tq.js";
import { composeFiles, type Files, pythonFolders } from "../arbitraries/student-files.js";
import { expectCivil } from "./civil.js";
import { fuzz } from "./fuzz.js";
import { runInProcess } from "./in-process.js";

/** What a student's folder holds, by the check that reads it. */
const KINDS = {
  compose: {
    args: ["exercise", "2", "--check", "--step", "2.1"],
    files: fc.record<Files>({ "docker-compose.yml": composeFiles }),
  },
  python: { args: ["exercise", "4", "--check", "--step", "4.4"], files: pythonFolders },
} as const;

/** No engine is asked, so that nothing but the files decides. */
const ALONE = { DOCKER_HOST: "unix:///nowhere/docker.sock" };

/** Students' files through the checks that read them: in this process, and a share by commands of their own. */
export function describeStudentFiles({ runs, processes }: { runs: number; processes: number }): void {
  describe("fuzzed files of students", () => {
    const tq = useTq();
    let folder = "";
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "tq-fuzz-"));
    });
    afterAll(() => rm(folder, { recursive: true }));

    const lay = (files: Files): void => {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    };
    const judge = (ended: Ended): string => {
      expectCivil(ended, [0, 1]);
      expect(ended.stdout).not.toContain("TQ ERROR");
      return (
        /(PASSED|NOT YET) +\d\.\d/.exec(
          ended.stdout.split("\n").findLast((line) => /^[✓✗!]/u.test(line)) ?? "",
        )?.[0] ?? ""
      );
    };

    it.each(["compose", "python"] as const)("%s", { timeout: 3_600_000 }, async (kind) => {
      const { args, files } = KINDS[kind];
      await fuzz(
        `${kind} files, by the check in this process`,
        files as fc.Arbitrary<Files>,
        runs,
        async (all, tally) => {
          lay(all);
          const run = () => runInProcess(tq.home, [...args, folder], { env: ALONE });
          tally.count(judge(await tally.within(10_000, run)));
        },
      );
      await fuzz(
        `${kind} files, by tq exercise --check`,
        files as fc.Arbitrary<Files>,
        processes,
        async (all, tally) => {
          lay(all);
          tally.count(judge(await tally.within(30_000, () => tq.run([...args, folder], { env: ALONE }))));
        },
      );
    });
  });
}
