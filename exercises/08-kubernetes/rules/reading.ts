import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type Manifests } from "../../../src/subjects/kubernetes/probe.js";
import { judgeFindings } from "./line.js";

const EXPECTED = "files with objects that a cluster accepts, each with apiVersion, kind and a name";

/** 8.1: there are manifests, and a cluster would take them. */
export function judgeReading(
  { manifests: all, findings, leftAlone, running }: Manifests,
  place: Place,
): Judgement {
  const fault = judgeFindings(
    findings.filter(({ part }) => part === null),
    EXPECTED,
    place,
  );
  if (fault) return fault;
  const aside = leftAlone.map(({ file, why }) => `${file}: ${why}`).join("; ");
  const manifests = all.filter((one) => !running?.manifests.includes(one));
  if (manifests.length === 0) {
    return notYet({
      expected: EXPECTED,
      observed: `no manifest in ${place.folder}${aside === "" ? "" : `; left alone: ${aside}`}`,
      probe: `ls ${place.file(".")}`,
      next: `${place.tq("exercise 8 --start")}   lays out a beginning`,
      mistake: "no-manifests",
    });
  }
  const counts = new Map<string, number>();
  for (const { kind } of manifests) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const objects = [...counts].map(([kind, n]) => (n === 1 ? kind : `${n} × ${kind}`)).join(", ");
  const files = new Set(manifests.map(({ file }) => file)).size;
  return passed(
    `${objects}, in ${files} ${files === 1 ? "file" : "files"}${aside === "" ? "" : `; left alone: ${aside}`}`,
  );
}
