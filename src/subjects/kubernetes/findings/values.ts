import {
  asFields,
  asList,
  asText,
  type Manifest,
  type ManifestFinding,
  type Path,
  valueAt,
  visitValues,
  type Words,
} from "../manifests/manifest.js";
import { type Workload } from "../workloads.js";

/** YAML as Kubernetes reads it takes these for truth values; that of today does not. */
const OLD_TRUTH = /^(y|yes|n|no|on|off)$/i;
/** A host before an image's name, which may have capitals. */
const REGISTRY = /^(?:[^/\s]*[.:][^/\s]*|localhost)\//;
const PLACEHOLDER = /<[^>]*>|^\.\.\.$|\bTODO\b|^your[-_ ]|\/your[-_]/i;

/** What the schema allows and the cluster refuses, in an object by itself. */
export function findBadValues(manifest: Manifest): ManifestFinding[] {
  const { content, at } = manifest;
  const findings: ManifestFinding[] = [];
  const add = (path: Path, words: Words): void => {
    findings.push({ ...at(path), part: null, ...words });
  };
  for (const path of textPlaces(content)) {
    const plain = manifest.plain(path);
    if (plain !== null && OLD_TRUTH.test(plain)) {
      add(path, {
        mistake: "not-text",
        says: `Kubernetes takes ${plain} without quotes for a truth value, and here it wants text`,
        next: `put it in quotes: "${plain}"`,
      });
    }
  }
  return findings;
}

/** Labels, annotations and data: mappings from text to text. */
function textPlaces(content: unknown): Path[] {
  const found: Path[] = [];
  visitValues(content, [], (value, path) => {
    if (typeof value === "object" && value !== null) return;
    const isText = ["labels", "matchLabels", "annotations", "data", "stringData", "selector"].includes(
      String(path.at(-2)),
    );
    if (isText || (path.at(-1) === "value" && path.at(-3) === "env")) found.push(path);
  });
  return found;
}

/** The same of what runs pods. */
export function findBadContainers(workload: Workload): ManifestFinding[] {
  const { manifest, containers, podPath } = workload;
  const findings: ManifestFinding[] = [];
  const add = (path: Path, words: Words): void => {
    findings.push({ ...manifest.at(path), part: null, ...words });
  };
  const list = valueAt(manifest.content, [...podPath, "spec", "containers"]);
  if (containers.length === 0) {
    add([...podPath, "spec", "containers"], {
      mistake: "no-containers",
      says: `${manifest.name === "" ? `this ${manifest.kind}` : manifest.name} has no containers${list === undefined ? "" : ": the list is empty"}`,
      next: "write below containers: an entry with name and image, which begins with a dash",
    });
  }
  const policy = asText(valueAt(manifest.content, [...podPath, "spec", "restartPolicy"]));
  if (policy !== "" && policy !== "Always" && !["Pod", "Job"].includes(manifest.kind)) {
    add([...podPath, "spec", "restartPolicy"], {
      mistake: "bad-value",
      says: `a ${manifest.kind} starts its pods again whenever they end: restartPolicy can only be Always`,
      next: "remove the line",
    });
  }
  containers.forEach(({ name, image, path }, n) => {
    if (image === "") {
      add(path, {
        mistake: "image-missing",
        says: `the container ${name || `number ${n + 1}`} has no image`,
        next: "add one: image: redis:7",
      });
    } else if (PLACEHOLDER.test(image)) {
      add([...path, "image"], {
        mistake: "unfinished",
        says: `the image is still a placeholder: ${image}`,
        next: "put the name of your own image there, as you have pushed it",
      });
    } else if (/\s|[A-Z]/.test(image.replace(/:[^/]*$/, "").replace(REGISTRY, ""))) {
      add([...path, "image"], {
        mistake: "bad-value",
        says: `${image} cannot be the name of an image: it has ${/\s/.test(image) ? "a space" : "a capital letter"}`,
        next: "write it in small letters and without spaces, such as redis:7",
      });
    }
    if (/:[^/@]*:/.test(image)) {
      add([...path, "image"], {
        mistake: "bad-value",
        says: `${image} has two colons, and one stands between an image's name and its version`,
        next: "write it with one, such as redis:7",
      });
    }
  });
  return findings;
}

const ACCESS = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

/** A claim must say how it is used and how much it wants. */
export function findBadClaim({ kind, content, name, at }: Manifest): ManifestFinding[] {
  if (kind !== "PersistentVolumeClaim") return [];
  const modes = asList(valueAt(content, ["spec", "accessModes"])).map(asText);
  const wrong = modes.findIndex((mode) => !ACCESS.includes(mode));
  const findings: ManifestFinding[] = [];
  if (modes.length === 0 || wrong !== -1) {
    findings.push({
      ...at(["spec", "accessModes", Math.max(wrong, 0)]),
      part: null,
      mistake: "claim-incomplete",
      says:
        modes.length === 0
          ? `the claim ${name} has no accessModes`
          : `there is no access mode ${modes[wrong] ?? ""}`,
      next: "write: accessModes: [ReadWriteOnce]",
    });
  }
  if (!("storage" in asFields(valueAt(content, ["spec", "resources", "requests"])))) {
    findings.push({
      ...at(["spec", "resources"]),
      part: null,
      mistake: "claim-incomplete",
      says: `the claim ${name} does not say how much it wants`,
      next: "write below spec: resources: {requests: {storage: 1Gi}}",
    });
  }
  return findings;
}

/** Two objects of one kind and name: the second takes the first one's place. */
export function findDuplicates(manifests: readonly Manifest[]): ManifestFinding[] {
  const seen = new Map<string, Manifest>();
  return manifests.flatMap((manifest) => {
    const { kind, name, namespace, at } = manifest;
    const key = `${kind} ${name} ${namespace ?? ""}`;
    const first = seen.get(key);
    if (!first || name === "") {
      seen.set(key, manifest);
      return [];
    }
    const before = first.at(["metadata", "name"]);
    return [
      {
        ...at(["metadata", "name"]),
        part: null,
        mistake: "duplicate-name",
        says: `a second ${kind} is called ${name}; the first is in ${before.file}, line ${before.line}. Whichever is applied last takes the other's place`,
        next: "give each a name of its own, or remove one of the two",
      },
    ];
  });
}
