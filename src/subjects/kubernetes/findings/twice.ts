import { type Fault, type Path, type Words } from "../manifests/manifest.js";

/** A fault for each value that stood there before. */
export function twice(values: readonly (readonly [Path, string])[], say: (value: string) => Words): Fault[] {
  const seen = new Set<string>();
  return values.flatMap(([path, value]): Fault[] => {
    if (value === "" || !seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [[path, say(value)]];
  });
}
