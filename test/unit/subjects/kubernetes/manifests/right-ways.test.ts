import { join } from "node:path";
import { expect, it } from "vitest";
import { judgeFiles } from "../../../../../src/subjects/kubernetes/manifests/manifests.js";
import { readManifestFiles } from "../../../../../src/subjects/kubernetes/manifests/manifest-files.js";
import { changeFile } from "../../../../support/kubernetes/fault.js";
import { judgeSteps } from "../../../../support/kubernetes/judge-steps.js";
import { RIGHT_WAYS } from "../../../../support/kubernetes/right-ways.js";

const data = new URL("../../../../data/manifests", import.meta.url).pathname;
it.each(RIGHT_WAYS)("stays right with $name", async (change) => {
  const files = changeFile(await readManifestFiles(join(data, change.style)), change);
  const manifests = await judgeFiles(files);
  expect(manifests.findings).toEqual([]);
  for (const [id, judgement] of await judgeSteps(manifests))
    expect([id, judgement]).toMatchObject([id, { verdict: "passed" }]);
});
