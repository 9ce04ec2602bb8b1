import { asFields, asList, type Fields, type Manifest, type Path, valueAt } from "./manifest.js";

/** What an object says of pods, wherever in it. */
export interface PodSpec {
  fields: Fields;
  path: Path;
}

export interface ContainerSpec {
  fields: Fields;
  path: Path;
  /** It ends before the others start. */
  isInit: boolean;
}

const PLACES: Readonly<Record<string, Path>> = {
  Pod: ["spec"],
  PodTemplate: ["template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};

/** Null where the object makes no pods. */
export function podSpecOf({ kind, content }: Manifest): PodSpec | null {
  const path = PLACES[kind] ?? ["spec", "template", "spec"];
  const found = valueAt(content, path);
  return found === undefined ? null : { fields: asFields(found), path };
}

export function containersOf({ fields, path }: PodSpec): ContainerSpec[] {
  return (["initContainers", "containers"] as const).flatMap((list) =>
    asList(fields[list]).map((one, n) => ({
      fields: asFields(one),
      path: [...path, list, n],
      isInit: list === "initContainers",
    })),
  );
}
