import { TqError } from "../../../errors.js";
import { asFields, type Manifest, type ManifestFinding, type Path, without } from "../manifests/manifest.js";
import { Kubectl, type KubectlOptions } from "./kubectl.js";

/** What is the cluster's present state, and not the object's fault. */
const OF_TODAY = /already allocated|already exists|field is immutable/i;

/** `Deployment.apps "redis" is invalid: …`, and what kubectl makes of it where there is only one object. */
const INVALID = /^(?:The |Error from server \(Invalid\): .*?: )(\w+)[\w.-]* "([^"]*)" is invalid: ?(.*)$/;
/** `Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.x"` */
const UNREADABLE =
  /^Error from server \(BadRequest\): .*?: (\w+) in version "[^"]*" cannot be handled as an? \w+: (.*)$/;
/** One of several faults of an object: `spec.ports[0].port: Invalid value: 70000: must be …` */
const FAULT =
  /((?:metadata|spec|data|template)[\w.[\]/-]*): ((?:Invalid value|Unsupported value|Required value|Duplicate value|Forbidden|Too long|Too many|Not found|Internal error).*)/;
const BETWEEN = /, (?=(?:metadata|spec|data|template)[\w.[\]/-]*: [A-Z])/;

/**
 * Asks the API server what it says of the objects, without making any: its own rules, on the student's cluster, in the
 * namespace in which they work. Only what it says of the objects themselves is a finding: not what they may do, or what is
 * there already. Empty where there is no cluster.
 */
export async function tryOnCluster(
  manifests: readonly Manifest[],
  options: KubectlOptions,
): Promise<ManifestFinding[]> {
  if (manifests.length === 0) return [];
  try {
    const kubectl = await Kubectl.open(options);
    const namespace = await kubectl.namespace();
    // One after another, and not as a List: of that, kubectl judges the fields by itself, and names no object.
    const objects = manifests.map(({ content }) =>
      JSON.stringify({ ...content, metadata: without(asFields(content["metadata"]), "namespace") }),
    );
    const answer = await kubectl.askPlainly(
      ["create", "--dry-run=server", "--namespace", namespace, "--filename", "-"],
      objects.join("\n"),
    );
    return answer.ok ? [] : readRefusals(answer.stderr, manifests);
  } catch (error) {
    // The steps that need a cluster say what is in the way of it.
    if (error instanceof TqError) return [];
    throw error;
  }
}

/** What kubectl has printed of refused objects, each at its line. */
export function readRefusals(stderr: string, manifests: readonly Manifest[]): ManifestFinding[] {
  const findings: ManifestFinding[] = [];
  let current: Manifest | undefined;
  for (const line of stderr.split("\n")) {
    const [, kind, name, rest = ""] = INVALID.exec(line) ?? [];
    const [, unreadKind, why = ""] = UNREADABLE.exec(line) ?? [];
    if (kind !== undefined) {
      current = manifests.find((one) => one.kind === kind && one.name === name);
      for (const fault of rest.replace(/^\[(.*)\]$/, "$1").split(BETWEEN)) note(current, fault);
    } else if (unreadKind !== undefined) {
      const field = /unknown field "([^"]+)"|Go struct field \w+\.([\w.]+) of/
        .exec(why)
        ?.slice(1)
        .find(Boolean);
      const path = field === undefined ? [] : pathOf(field);
      const ofKind = manifests.filter((one) => one.kind === unreadKind);
      tell(ofKind.find((one) => leads(one, path)) ?? ofKind[0], path, why);
    } else if (line.startsWith("* ")) note(current, line.slice(2));
  }
  return findings;

  function note(manifest: Manifest | undefined, text: string): void {
    const [, field = "", why = ""] = FAULT.exec(text) ?? [];
    if (field !== "") tell(manifest, pathOf(field), `${field}: ${why}`);
  }

  function tell(manifest: Manifest | undefined, path: Path, why: string): void {
    if (!manifest || OF_TODAY.test(why)) return;
    findings.push({
      ...manifest.at(path),
      part: null,
      mistake: "bad-value",
      says: `the cluster refuses the ${manifest.kind} ${manifest.name}: ${why}`,
      next: "change what it names, and see what it says:  kubectl apply --dry-run=server -f .",
    });
  }
}

/** spec.ports[0].port */
function pathOf(field: string): Path {
  return [...field.matchAll(/\[(\d+)\]|\[([^\]]+)\]|([^.[\]]+)/g)].map(([, number, key, name]) =>
    number === undefined ? (key ?? name ?? "") : Number(number),
  );
}

function leads({ content }: Manifest, path: Path): boolean {
  let value: unknown = content;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !(part in value)) return false;
    value = (value as Record<string | number, unknown>)[part];
  }
  return path.length > 0;
}
