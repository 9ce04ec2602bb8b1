import { readDocuments } from "./documents.js";
import { explainViolation } from "./explain-violation.js";
import { findAddressFaults } from "./findings/addresses.js";
import { findClaimFaults } from "./findings/claims.js";
import { findSelectorFaults } from "./findings/selectors.js";
import { findServiceFaults } from "./findings/services.js";
import { findBadClaim, findBadContainers, findBadValues, findDuplicates } from "./findings/values.js";
import { judgeKind } from "./kinds.js";
import { type LeftAlone, type Manifest, type ManifestFinding } from "./manifest.js";
import { type ManifestFile, readManifestFiles } from "./manifest-files.js";
import { findViolations } from "./violations.js";
import { readWorkloads, type Workload } from "./workloads.js";

/** All that a student's folder says about a cluster. */
export interface Manifests {
  manifests: readonly Manifest[];
  workloads: readonly Workload[];
  leftAlone: readonly LeftAlone[];
  /** What a cluster refuses comes first, then what would not work; each by file and line. */
  findings: readonly ManifestFinding[];
}

/** Reads the manifests in and below a folder. A folder without any has none; nothing throws. */
export async function readManifests(folder: string): Promise<Manifests> {
  return judgeFiles(await readManifestFiles(folder));
}

export async function judgeFiles(files: readonly ManifestFile[]): Promise<Manifests> {
  const contents = files.map(readDocuments);
  const leftAlone = contents.flatMap((one) => one.leftAlone);
  const unread = contents.flatMap((one) => one.findings);
  const manifests: Manifest[] = [];
  for (const manifest of contents.flatMap((one) => one.manifests)) {
    const judged = judgeKind(manifest);
    if (judged && "why" in judged) leftAlone.push(judged);
    else manifests.push(manifest);
    if (judged && "says" in judged) unread.push(judged);
  }
  const workloads = readWorkloads(manifests);
  const misfits = await findMisfits(manifests);
  // What stands in the wrong place is missing in the right one: the first says both.
  const misplaced = new Set(misfits.map(({ file }) => file));
  const bad = [
    ...manifests.flatMap(findBadValues),
    ...manifests.flatMap(findBadClaim),
    ...workloads.flatMap(findBadContainers),
  ].filter(({ file }) => !misplaced.has(file));
  const refused = [...unread, ...misfits, ...bad, ...findDuplicates(manifests)];
  const idle = [
    ...workloads.flatMap(findSelectorFaults),
    ...findServiceFaults(workloads, manifests),
    ...findClaimFaults(workloads, manifests),
    ...findAddressFaults(workloads, manifests),
  ];
  return { manifests, workloads, leftAlone, findings: [...oneALine(refused), ...oneALine(idle)] };
}

async function findMisfits(manifests: readonly Manifest[]): Promise<ManifestFinding[]> {
  if (manifests.length === 0) return [];
  const { SCHEMAS } = await import("./schemas.js");
  return manifests.flatMap((manifest) => {
    const schema = SCHEMAS[`${manifest.apiVersion} ${manifest.kind}`];
    if (!schema) return [];
    const violations = findViolations(manifest.content, schema);
    const elsewhere = new Set(violations.flatMap((one) => (one.what === "unknown" ? one.field : [])));
    return violations
      .filter((one) => one.what !== "missing" || !elsewhere.has(one.field))
      .map((one) => explainViolation(one, manifest));
  });
}

/** By file and line; of several on one line the first says enough. */
function oneALine(findings: readonly ManifestFinding[]): ManifestFinding[] {
  const first = new Map<string, ManifestFinding>();
  for (const finding of findings) {
    const key = `${finding.file}:${finding.line}`;
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
