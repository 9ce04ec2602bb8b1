import {
  asFields,
  asText,
  type Fault,
  findingsOf,
  type Manifest,
  type ManifestFinding,
  type Path,
  valueAt,
  visitValues,
  type Words,
} from "../manifests/manifest.js";

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** A Service's name becomes a host's: RFC 1035. */
const HOST = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const WORD = /^[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/;

const LONGEST = { label: 63, subdomain: 253, cronJob: 52 };

/** Kinds whose names may hold almost anything, such as system:reader. */
const ANY_NAME = /^(?:Cluster)?Role(?:Binding)?$/;
/** Names of volumes and containers, and what becomes a host's name. */
const LABELS = /^(?:containers|initContainers|volumes)\.name$|^spec\.(?:hostname|subdomain)$/;
const MAPPINGS = new Set(["labels", "matchLabels", "nodeSelector", "annotations"]);

/** Whether it can be the name of a port. */
export function isPortName(name: string): boolean {
  return name.length <= 15 && LABEL.test(name) && /[a-z]/.test(name) && !name.includes("--");
}

/** Whether it can be a name that becomes part of a host's. */
export function isLabel(name: string): boolean {
  return name.length <= LONGEST.label && LABEL.test(name);
}

/** Whether the path leads into a mapping whose keys and values are labels or annotations. */
export function isMapping(path: Path, kind: string): boolean {
  const holder = String(path.at(-1));
  return MAPPINGS.has(holder) || (kind === "Service" && path.join(".") === "spec.selector");
}

/** Names that the cluster refuses: of the object, of what is in it, and of its labels. */
export function findBadNames(manifest: Manifest): ManifestFinding[] {
  const { content, kind, name } = manifest;
  const faults: Fault[] = [];
  const generated = asText(valueAt(content, ["metadata", "generateName"]));
  if (name === "" && generated === "") {
    const says = `this ${kind} has no metadata.name`;
    const next = "give it one below metadata: name: redis-db";
    faults.push([["metadata"], { mistake: "name-missing", says, next }]);
  }
  const own = name === "" ? null : judgeName(name, kind);
  if (own) faults.push([["metadata", "name"], own]);
  const space = manifest.namespace;
  if (space !== null && !isLabel(space)) faults.push([["metadata", "namespace"], badName(space, LABEL)]);
  for (const base of [["metadata"], ["spec"]]) {
    visitValues(valueAt(content, base), base, (value, path) => {
      if (isMapping(path, kind)) faults.push(...judgeMapping(path, value));
      else if (typeof value === "string" && value !== "" && isLabelPlace(path) && !isLabel(value))
        faults.push([path, badName(value, LABEL)]);
    });
  }
  return findingsOf(manifest, faults);
}

function isLabelPlace(path: Path): boolean {
  const names = path.filter((part) => typeof part === "string");
  // A label may be called like any field.
  return !names.some((name) => MAPPINGS.has(name)) && LABELS.test(names.slice(-2).join("."));
}

function judgeName(name: string, kind: string): Words | null {
  if (ANY_NAME.test(kind)) {
    return /[/%]/.test(name) || name === "." || name === ".."
      ? { mistake: "bad-name", says: `${name} cannot be a name`, next: "write it without / and %" }
      : null;
  }
  const [pattern, longest] =
    kind === "Service"
      ? ([HOST, LONGEST.label] as const)
      : kind === "Namespace"
        ? ([LABEL, LONGEST.label] as const)
        : ([
            SUBDOMAIN,
            kind === "CronJob" ? LONGEST.cronJob : kind === "Job" ? LONGEST.label : LONGEST.subdomain,
          ] as const);
  return pattern.test(name) && name.length <= longest ? null : badName(name, pattern, longest);
}

function badName(name: string, pattern: RegExp, longest = LONGEST.label): Words {
  const better = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, longest)
    .replace(pattern === HOST ? /^[-\d]+|-+$/g : /^-+|-+$/g, "");
  const next = `write: ${better === "" ? "another name" : better}   and use it wherever the old one stands`;
  const says =
    pattern.test(name) && name.length > longest
      ? `the name ${name} has ${name.length} letters, and ${longest} is the most`
      : `${name} cannot be a name here: small letters, digits and hyphens only${pattern === HOST ? ", and a letter first" : ""}`;
  return { mistake: "bad-name", says, next };
}

/** Keys, and what they are set to. */
function judgeMapping(path: Path, mapping: unknown): Fault[] {
  const isNote = path.at(-1) === "annotations";
  return Object.entries(asFields(mapping)).flatMap(([key, value]): Fault[] => {
    const place = [...path, key];
    if (!isKey(isNote ? key.toLowerCase() : key)) return [[place, badKey(key, isNote)]];
    if (isNote || typeof value !== "string" || value === "") return [];
    return WORD.test(value) && value.length <= LONGEST.label ? [] : [[place, badValue(key, value)]];
  });
}

/** As app, or as example.org/app. */
function isKey(key: string): boolean {
  const [first = "", second, ...more] = key.split("/");
  const name = second ?? first;
  const isBefore = second === undefined || (SUBDOMAIN.test(first) && first.length <= LONGEST.subdomain);
  return more.length === 0 && isBefore && WORD.test(name) && name.length <= LONGEST.label;
}

function badKey(key: string, isNote: boolean): Words {
  const long = key.split("/").at(-1)?.length ?? 0;
  return {
    mistake: "bad-name",
    says: `${isNote ? "an annotation" : "a label"} cannot be called ${key}: ${long > LONGEST.label ? `it has ${long} letters, and ${LONGEST.label} is the most` : "letters, digits, hyphens, dots and underscores only, and before a / only a host's name"}`,
    next: `write another name there${isNote ? "" : ", and wherever it is selected"}`,
  };
}

function badValue(key: string, value: string): Words {
  const better = value
    .trim()
    .replace(/[^\w.-]+/g, "-")
    .slice(0, LONGEST.label)
    .replace(/^[-_.]+|[-_.]+$/g, "");
  return {
    mistake: "bad-value",
    says: `a label cannot be ${value}: letters, digits, hyphens, dots and underscores only, 63 at most`,
    next: `write: ${key}: ${better}   wherever it stands`,
  };
}
