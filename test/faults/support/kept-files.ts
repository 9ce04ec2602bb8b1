import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTq } from "../../support/command-line/tq.js";
import { spoiledFile } from "../arbitraries/json-files.js";
import { expectCivil } from "./civil.js";
import { fuzz } from "./fuzz.js";
import { runInProcess } from "./in-process.js";

const PROGRESS = {
  version: 1,
  exercises: {
    "code-organization": {
      passed: { "4.1": { at: "2026-11-24T10:00:00.000Z", observed: "seen" } },
      hints: { "4.1": 2, "4.2": 1 },
      skipped: ["4.3"],
      viewed: true,
      at: "4.2",
      answered: ["4.1"],
    },
    compose: { passed: {}, hints: {}, skipped: [], viewed: false, at: null, answered: [] },
  },
};

const instance = (engine: string, handle: string, stoppedAt: string | null) => ({
  version: 1,
  engine,
  name: "redis",
  addresses: ["127.0.0.1"],
  port: 1,
  password: "secret",
  runId: "abc",
  handle,
  data: "/nowhere/data",
  startedAt: "2026-11-24T10:00:00.000Z",
  dataIsTheirs: false,
  stoppedAt,
});
/** The process id is one that no system gives. */
const STATES = [
  instance("native", "999999999", null),
  instance("embedded", "999999999 token", null),
  instance("docker", "0123456789ab", null),
  instance("native", "999999999", "2026-11-24T11:00:00.000Z"),
];

const kept = (folder: string) => ({
  version: 1,
  folder,
  files: [
    { path: "api.py", content: "cHJpbnQoMSkK" },
    { path: "jobs.py", content: null },
  ],
});

/** Nothing of the machine is reached by a command that a spoiled file leads elsewhere. */
const ALONE = { DOCKER_HOST: "unix:///nowhere/docker.sock" };

/** Files in tq's own folder that somebody edited, a disk damaged or a later tq wrote. */
export function describeKeptFiles({ runs, processes }: { runs: number; processes: number }): void {
  describe("fuzzed files of tq's own", () => {
    const tq = useTq();
    let folder = "";
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "tq-fuzz-"));
    });
    afterAll(() => rm(folder, { recursive: true }));

    const asked = {
      progress: [
        ["exercise"],
        ["exercise", "--json"],
        ["exercise", "4", "--hint"],
        ["exercise", "4", "--check"],
      ],
      state: [
        ...[
          ["redis", "status"],
          ["redis", "status", "--json"],
          ["redis", "url"],
          ["redis", "logs"],
        ],
        ...[["redis", "down"], ["redis", "down", "--volumes"], ["len"]],
      ],
      undo: [["exercise", "4", "--undo"]],
    };
    const files = {
      progress: spoiledFile(PROGRESS),
      state: spoiledFile(...STATES),
      undo: fc.constant(null).chain(() => spoiledFile(kept(folder))),
    };
    const places = {
      progress: "progress.json",
      state: "redis/redis/state.json",
      undo: "kept/code-organization.json",
    };

    it.each(["progress", "state", "undo"] as const)("%s", { timeout: 3_600_000 }, async (kind) => {
      const input = fc.record({ content: files[kind], args: fc.constantFrom(...asked[kind]) });
      const path = join(tq.home, places[kind]);
      const prepare = (content: string): void => {
        rmSync(tq.home, { recursive: true, force: true });
        mkdirSync(join(path, ".."), { recursive: true });
        writeFileSync(path, content);
      };
      const place = (args: readonly string[]) => [...args, ...(args.includes("4") ? [folder] : [])];
      await fuzz(
        `${kind} files, by commands in this process`,
        input,
        runs,
        async ({ content, args }, tally) => {
          prepare(content);
          const ended = await tally.within(10_000, () => runInProcess(tq.home, place(args), { env: ALONE }));
          expectCivil(ended, [0, 1, 2, 3]);
          tally.count(`exit ${ended.code ?? ""}`);
          expect(readdirSync(join(folder, "..")).filter((name) => name === "x")).toEqual([]);
        },
      );
      await fuzz(
        `${kind} files, by commands of their own`,
        input,
        processes,
        async ({ content, args }, tally) => {
          prepare(content);
          const ended = await tally.within(30_000, () => tq.run(place(args), { env: ALONE }));
          expectCivil(ended, [0, 1, 2, 3]);
          tally.count(`exit ${ended.code ?? ""}`);
        },
      );
    });
  });
}
