import { parse } from "yaml";
import { asFields, asList, asText } from "./manifest.js";
import { type ManifestFile } from "./manifest-files.js";

const KUSTOMIZATION = /(?:^|\/)kustomization\.ya?ml$/i;

/** The files that a kustomization takes for changes of other objects: they are no objects themselves. */
export function patchesIn(files: readonly ManifestFile[]): ReadonlySet<string> {
  return new Set(
    files
      .filter(({ path }) => KUSTOMIZATION.test(path))
      .flatMap(({ path, text }) => {
        const folder = path.slice(0, path.lastIndexOf("/") + 1);
        return patchesOf(text).map((name) => folder + name.replace(/^\.\//, ""));
      }),
  );
}

function patchesOf(text: string): string[] {
  try {
    const { patches, patchesStrategicMerge, patchesJson6902 } = asFields(parse(text));
    return [...asList(patches), ...asList(patchesStrategicMerge), ...asList(patchesJson6902)]
      .map((one) => asText(one) || asText(asFields(one)["path"]))
      .filter((name) => name !== "");
  } catch {
    return []; // it is left alone in any case
  }
}
