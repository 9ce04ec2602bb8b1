import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { tryOnCluster } from "../../../../src/subjects/kubernetes/cluster/dry-run.js";
import { Kubectl } from "../../../../src/subjects/kubernetes/cluster/kubectl.js";
import { readManifestFiles } from "../../../../src/subjects/kubernetes/manifests/manifest-files.js";
import { judgeFiles } from "../../../../src/subjects/kubernetes/manifests/manifests.js";
import { changeFile } from "../../../support/kubernetes/fault.js";
import { REFUSED } from "../../../support/kubernetes/refused-faults.js";
import { RIGHT_WAYS } from "../../../support/kubernetes/right-ways.js";
import { describeWith } from "../../../support/suite/needs.js";

const data = new URL("../../../data/manifests", import.meta.url).pathname;
const options = { env: { ...process.env, KUBECONFIG: inject("machine").kubeconfig } };

async function changed(change: { style: string; file: string; find: string; put: string }) {
  return changeFile(await readManifestFiles(join(data, change.style)), change);
}

describeWith("cluster", "the API server", () => {
  it("is there", async () => {
    await expect(Kubectl.open(options)).resolves.toHaveProperty("context");
  });

  describe("refuses what is named from the files", () => {
    it.each(REFUSED)("$mistake in $style/$file: $put", async (fault) => {
      const { manifests, findings } = await judgeFiles(await changed(fault));
      expect(findings).not.toEqual([]);
      const refused = await tryOnCluster(manifests, options);
      expect(refused.map(({ file }) => file)).toContain(fault.file);
    });
  });

  describe("takes what nothing is said about", () => {
    it.each(readdirSync(data))("the answer in the style %s", async (style) => {
      const { manifests } = await judgeFiles(await readManifestFiles(join(data, style)));
      expect(await tryOnCluster(manifests, options)).toEqual([]);
    });

    it.each(RIGHT_WAYS)("$name", async (change) => {
      const { manifests } = await judgeFiles(await changed(change));
      expect(await tryOnCluster(manifests, options)).toEqual([]);
    });
  });
});
