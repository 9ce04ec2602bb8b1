import { type ManifestFile } from "./manifest-files.js";

const CHART = /(?:^|\/)Chart\.ya?ml$/;
/** What stands beside it: https://helm.sh/docs/topics/charts/#the-chart-file-structure */
const OF_CHART =
  /^(?:Chart|requirements|values[^/]*)\.ya?ml$|^values\.schema\.json$|^(?:templates|charts|crds|ci)\//;

/** The files of Helm's charts: what they make is known once Helm has filled them in. */
export function chartFilesIn(files: readonly ManifestFile[]): ReadonlySet<string> {
  const folders = files
    .filter(({ path, text }) => CHART.test(path) && !/^kind:/m.test(text))
    .map(({ path }) => path.slice(0, path.lastIndexOf("/") + 1));
  return new Set(
    files
      .map(({ path }) => path)
      .filter((path) =>
        folders.some((folder) => path.startsWith(folder) && OF_CHART.test(path.slice(folder.length))),
      ),
  );
}
