import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readManifestFiles } from "../../../../../src/subjects/kubernetes/manifests/manifest-files.js";
import { judgeFiles } from "../../../../../src/subjects/kubernetes/manifests/manifests.js";

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: redis}]}\n";

async function read(
  files: Record<string, string>,
): Promise<{ kept: string[]; left: string[]; wrong: string[] }> {
  const texts = Object.entries(files).map(([path, text]) => ({ path, text, unreadable: null }));
  const { manifests, leftAlone, findings } = await judgeFiles(texts);
  return {
    kept: manifests.map(({ file }) => file),
    left: leftAlone.map(({ file, why }) => `${file}: ${why}`),
    wrong: findings.map(({ file, mistake }) => `${file}: ${mistake}`),
  };
}

it("leaves a Helm chart beside the manifests alone, and nothing else", async () => {
  const files = {
    "pod.yml": POD,
    "chart/Chart.yaml": "apiVersion: v2\nname: jobs\nversion: 0.1.0\n",
    "chart/values.yaml": "kind: small\n",
    "chart/templates/pod.yaml": POD.replace("name: a}", "name: A_B}"),
    "chart/other.yml": POD.replace("name: a}", "name: b}"),
  };
  const { kept, left, wrong } = await read(files);
  expect(kept).toEqual(["pod.yml", "chart/other.yml"]);
  expect(left).toEqual([
    "chart/Chart.yaml: it is of a Helm chart",
    "chart/values.yaml: it is of a Helm chart",
    "chart/templates/pod.yaml: it is of a Helm chart",
  ]);
  expect(wrong).toEqual([]);
});

it("takes a folder templates without a chart for what it is", async () => {
  const { kept } = await read({
    "templates/pod.yaml": POD,
    "Chart.yaml": POD.replace("name: a}", "name: b}"),
  });
  expect(kept).toEqual(["templates/pod.yaml", "Chart.yaml"]);
});

it("leaves kubectl's configuration alone", async () => {
  const config = "apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n";
  const { left, wrong } = await read({ "pod.yml": POD, "kubeconfig.yaml": config });
  expect(left).toEqual(["kubeconfig.yaml: it is kubectl's own configuration"]);
  expect(wrong).toEqual([]);
});

it("reads the files that kubectl takes of a folder, and names those that it leaves out for their letters", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tq-test-left-alone-"));
  try {
    for (const name of ["a.yaml", "b.yml", "c.json", "d.YAML", "e.Yml", "f.yml.bak", "g.yaml~", "h.txt"])
      await writeFile(join(folder, name), "kind: Pod\n");
    const files = await readManifestFiles(folder);
    expect(files.filter(({ unreadable }) => unreadable === null).map(({ path }) => path)).toEqual([
      "a.yaml",
      "b.yml",
      "c.json",
    ]);
    expect(files.filter(({ unreadable }) => unreadable !== null).map(({ path }) => path)).toEqual([
      "d.YAML",
      "e.Yml",
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
