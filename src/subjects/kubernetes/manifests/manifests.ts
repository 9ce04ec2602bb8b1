import { readDocuments } from "./documents.js";
import { explainViolation } from "../schema/explain-violation.js";
import { findAddressFaults } from "../findings/addresses.js";
import { findNotAllowed } from "../findings/allowed.js";
import { findBadNames } from "../findings/names.js";
import { findBadPods } from "../findings/pods.js";
import { findBadPorts, findSharedNodePorts } from "../findings/service-ports.js";
import { findClaimFaults } from "../findings/claims.js";
import { findSelectorFaults } from "../findings/selectors.js";
import { findServiceFaults } from "../findings/services.js";
import { findBadClaim, findBadContainers, findBadValues, findDuplicates } from "../findings/values.js";
import { chartFilesIn } from "./helm.js";
import { judgeKind } from "./kinds.js";
import { patchesIn } from "./kustomize.js";
import { type LeftAlone, type Manifest, type ManifestFinding } from "./manifest.js";
import { type ManifestFile, readManifestFiles } from "./manifest-files.js";
import { type RunningRedis } from "../running-redis.js";
import { findViolations } from "../schema/violations.js";
import { readWorkloads, type Workload } from "../workloads.js";

/** All that a student's folder says about a cluster. */
export interface Manifests {
  manifests: readonly Manifest[];
  workloads: readonly Workload[];
  leftAlone: readonly LeftAlone[];
  /** What a cluster refuses comes first, then what would not work; each by file and line. */
  findings: readonly ManifestFinding[];
  /** What was seen of Redis in the cluster, where no file describes one: it is among the manifests. */
  running: RunningRedis | null;
}

/** Asks a cluster for a Redis that runs there, in the namespace of this name or the context's own. */
export type LookForRedis = (namespace: string | null) => Promise<RunningRedis | null>;

/** Has objects judged by a cluster, which makes none of them. */
export type TryOn = (manifests: readonly Manifest[]) => Promise<readonly ManifestFinding[]>;

/** Reads the manifests in and below a folder. A folder without any has none; nothing throws. */
export async function readManifests(
  folder: string,
  lookForRedis?: LookForRedis,
  tryOn?: TryOn,
): Promise<Manifests> {
  return judgeFiles(await readManifestFiles(folder), lookForRedis, tryOn);
}

export async function judgeFiles(
  files: readonly ManifestFile[],
  lookForRedis: LookForRedis = () => Promise.resolve(null),
  tryOn: TryOn = () => Promise.resolve([]),
): Promise<Manifests> {
  const patches = patchesIn(files);
  const charts = chartFilesIn(files);
  const contents = files.filter(({ path }) => !patches.has(path) && !charts.has(path)).map(readDocuments);
  const leftAlone = contents.flatMap((one) => one.leftAlone);
  for (const file of charts) leftAlone.push({ file, why: "it is of a Helm chart" });
  for (const file of patches) leftAlone.push({ file, why: "kustomize changes other objects by it" });
  const unread = contents.flatMap((one) => one.findings);
  const described: Manifest[] = [];
  for (const manifest of contents.flatMap((one) => one.manifests)) {
    const judged = judgeKind(manifest);
    if (judged && "why" in judged) leftAlone.push(judged);
    else described.push(manifest);
    if (judged && "says" in judged) unread.push(judged);
  }
  const running =
    unread.length === 0 && lacksRedis(described) ? await lookForRedis(spaceOf(described)) : null;
  const manifests = [...described, ...(running?.manifests ?? []).filter((one) => !has(described, one))];
  const workloads = readWorkloads(manifests);
  const misfits = await findMisfits(described);
  // What stands in the wrong place is missing in the right one: the first says both.
  const misplaced = new Set(misfits.map(({ file }) => file));
  const bad = [
    ...described.flatMap(findBadNames),
    ...described.flatMap(findBadValues),
    ...described.flatMap(findNotAllowed),
    ...described.flatMap(findBadPorts),
    ...described.flatMap(findBadPods),
    ...findSharedNodePorts(described),
    ...described.flatMap(findBadClaim),
    ...workloads.flatMap(findBadContainers),
  ].filter(({ file }) => !misplaced.has(file));
  const seen = [...unread, ...misfits, ...bad, ...findDuplicates(described)];
  // What the files tell by themselves is told in a student's words; a cluster knows the rest.
  const refused = seen.length > 0 ? seen : await tryOn(described);
  const idle = [
    ...workloads.flatMap(findSelectorFaults),
    ...findServiceFaults(workloads, manifests),
    ...findClaimFaults(workloads, manifests),
    ...findAddressFaults(workloads, manifests),
  ];
  return { manifests, workloads, leftAlone, running, findings: [...oneALine(refused), ...oneALine(idle)] };
}

/** Of what somebody has begun to describe. */
function lacksRedis(described: readonly Manifest[]): boolean {
  return described.length > 0 && !readWorkloads(described).some(({ part }) => part === "redis");
}

/** The one namespace that the files name; null where they leave it to whoever applies them. */
function spaceOf(described: readonly Manifest[]): string | null {
  const [first = null, ...others] = new Set(described.flatMap(({ namespace }) => namespace ?? []));
  return others.length === 0 ? first : null;
}

/** What the student writes anew counts instead of what runs. */
function has(described: readonly Manifest[], { kind, name }: Manifest): boolean {
  return described.some((one) => one.kind === kind && one.name === name);
}

async function findMisfits(manifests: readonly Manifest[]): Promise<ManifestFinding[]> {
  if (manifests.length === 0) return [];
  const { SCHEMAS } = await import("../schema/schemas.js");
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
