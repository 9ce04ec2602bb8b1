import { describe, expect, it } from "vitest";
import { editionOf } from "../../../../src/subjects/python-code/edition.js";
import { readProject } from "../../../../src/subjects/python-code/project.js";
import { showStatus, stageOfStatus } from "../../../../src/subjects/python-code/status-stages.js";
import { listWays, writeJobsApi } from "../../../support/python/jobs-api.js";
import { listModelWays, MODEL_WAYS, nameOf, writeModelApi } from "../../../support/python/model-jobs-api.js";
import { writeProject } from "../../../support/python/python-project.js";

async function read(
  files: Readonly<Record<string, string>>,
): Promise<Awaited<ReturnType<typeof readProject>>> {
  await using project = await writeProject(files);
  return await readProject(project.folder);
}

describe("the edition of a program", () => {
  it.each(listModelWays(12).map((ways) => [nameOf(ways), ways] as const))(
    "is the newest where jobs are a model: %s",
    async (_, ways) => {
      const project = await read(writeModelApi(ways));
      expect(editionOf(project)).toBe("2026");
      expect(project.findings.filter(({ breaks }) => breaks)).toEqual([]);
    },
  );

  it.each(listWays().map((ways, n) => [n, ways] as const))(
    "is the classic one else: way %i",
    async (_, ways) => {
      expect(editionOf(await read(writeJobsApi(ways)))).toBe("classic");
    },
  );

  it("is the classic one where only the API's answer is a model", async () => {
    const [ways] = listWays();
    if (!ways) throw new Error("no way");
    const files = writeJobsApi(ways);
    const [api = ""] = Object.keys(files).filter((path) => /api|app/.test(path));
    const model =
      "from pydantic import BaseModel\nclass JobAnswer(BaseModel):\n    id: str\n    status: str\n";
    const project = await read({ ...files, [api]: `${model}${files[api] ?? ""}` });
    expect(project.jobs?.definitions.map(({ name }) => name)).toContain("_generate_job_key");
    expect(editionOf(project)).toBe("classic");
  });

  it("tries every choice that its programs have", () => {
    const all = listModelWays(12);
    for (const [way, values] of Object.entries(MODEL_WAYS)) {
      expect(new Set(all.map((one) => one[way as keyof typeof one]))).toEqual(new Set<unknown>(values));
    }
  });
});

describe("a stored status", () => {
  it("is told by its word, or by the member of an Enum that has its number", async () => {
    const { modules } = await read({
      "jobs.py":
        "from enum import Enum\nclass Status(Enum):\n    QUEUED = 1\n    RUNNING = 2\n    FINISHED_ERROR = 3\n    DONE = 4\n",
    });
    const stages = [
      "1",
      "2",
      "3",
      "4",
      "5",
      "FINISHED -- ERROR",
      "FINISHED -- SUCCESS",
      "Pending",
      "accepted",
    ];
    expect(stages.map((one) => stageOfStatus(one, modules))).toEqual([
      ...["waiting", "running", "failed", "done", null],
      ...["failed", "done", "waiting", null],
    ]);
    expect(showStatus("1", modules)).toBe("1 (QUEUED)");
    expect(showStatus("QUEUED", modules)).toBe('"QUEUED"');
  });
});
