import { type Finding } from "./finding.js";
import { type CatalogEntry } from "../catalog.js";

export { type Finding } from "./finding.js";
export { IMAGES, inspectMachine } from "./inspect.js";
export { makePython } from "../../lab/python/make-python.js";
export { requirementsOf } from "../../lab/python/requirements.js";

/** The findings that keep an exercise from running here. */
export function lacksOf({ needs }: Pick<CatalogEntry, "needs">, findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ state, serves }) => state === "lacks" && needs.some((need) => serves.includes(need)),
  );
}
