import { isRedisImage } from "../../compose/redis-image.js";
import {
  asFields,
  asList,
  asText,
  type Fields,
  type Manifest,
  type Part,
  type Path,
} from "./manifests/manifest.js";

/** An environment variable of a container. */
interface Variable {
  name: string;
  /** What it will hold; null where only the cluster knows. */
  value: string | null;
  /** It comes from a ConfigMap or Secret of this name that no file describes. */
  lacks?: string;
  path: Path;
}

export interface Container {
  name: string;
  image: string;
  /** Command and arguments, word by word. */
  words: readonly string[];
  /** Where they are written. */
  runs: Path;
  /** Whether it has an input that nobody closes: what reads from it waits. */
  isOpen: boolean;
  ports: readonly { name: string; port: number; path: Path }[];
  variables: readonly Variable[];
  mounts: readonly { volume: string; at: string; path: Path }[];
  path: Path;
}

/** Something that runs pods. */
export interface Workload {
  manifest: Manifest;
  part: Part | null;
  /** How many pods it wants. */
  replicas: number;
  labels: Readonly<Record<string, string>>;
  containers: readonly Container[];
  /** By name: the claim that each volume is. Templates of a StatefulSet are claims as well. */
  claims: ReadonlyMap<string, { claim: string; made: boolean; path: Path }>;
  /** All volumes by name. */
  volumes: ReadonlySet<string>;
  /** Where its pods are described, and their labels. */
  podPath: Path;
}

const KINDS = new Set([
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "Pod",
  "Job",
  "ReplicationController",
]);

/** All that runs pods, with the part that each plays. */
export function readWorkloads(manifests: readonly Manifest[]): Workload[] {
  const workloads = manifests
    .filter(({ kind }) => KINDS.has(kind))
    .map((manifest) => readWorkload(manifest, manifests));
  return assignParts(workloads);
}

function readWorkload(manifest: Manifest, all: readonly Manifest[]): Workload {
  const isPod = manifest.kind === "Pod";
  const spec = asFields(manifest.content["spec"]);
  const template = isPod ? manifest.content : asFields(spec["template"]);
  const podPath: Path = isPod ? [] : ["spec", "template"];
  const pod = asFields(template["spec"]);
  const labels = asFields(asFields(template["metadata"])["labels"]);
  const volumes = asList(pod["volumes"]).map(asFields);
  const templates = asList(spec["volumeClaimTemplates"]).map((one) =>
    asText(asFields(asFields(one)["metadata"])["name"]),
  );
  const claims = new Map<string, { claim: string; made: boolean; path: Path }>();
  volumes.forEach((volume, n) => {
    const name = asText(volume["name"]);
    const path = [...podPath, "spec", "volumes", n];
    if ("ephemeral" in volume) claims.set(name, { claim: name, made: true, path });
    const claim = asText(asFields(volume["persistentVolumeClaim"])["claimName"]);
    if (claim !== "")
      claims.set(name, { claim, made: false, path: [...path, "persistentVolumeClaim", "claimName"] });
  });
  templates.forEach((name, n) =>
    claims.set(name, { claim: name, made: true, path: ["spec", "volumeClaimTemplates", n] }),
  );
  return {
    manifest,
    podPath,
    claims,
    part: null,
    replicas: isPod || typeof spec["replicas"] !== "number" ? 1 : spec["replicas"],
    labels: textOnly(labels),
    containers: asList(pod["containers"]).map((one, n) =>
      readContainer(asFields(one), [...podPath, "spec", "containers", n], manifest, all),
    ),
    volumes: new Set([...volumes.map((one) => asText(one["name"])), ...templates]),
  };
}

function readContainer(fields: Fields, path: Path, manifest: Manifest, all: readonly Manifest[]): Container {
  return {
    path,
    name: asText(fields["name"]),
    image: asText(fields["image"]),
    words: [...asList(fields["command"]), ...asList(fields["args"])].flatMap((word) =>
      asText(word).split(/\s+/),
    ),
    runs: [...path, "args" in fields && !("command" in fields) ? "args" : "command"],
    isOpen: fields["stdin"] === true || fields["tty"] === true,
    ports: asList(fields["ports"]).map((one, n) => ({
      name: asText(asFields(one)["name"]),
      port: Number(asFields(one)["containerPort"]),
      path: [...path, "ports", n, "containerPort"],
    })),
    variables: [
      ...asList(fields["envFrom"]).flatMap((one, n) =>
        readSource(asFields(one), [...path, "envFrom", n], manifest, all),
      ),
      ...asList(fields["env"]).map((one, n) =>
        readVariable(asFields(one), [...path, "env", n], manifest, all),
      ),
    ],
    mounts: asList(fields["volumeMounts"]).map((one, n) => ({
      volume: asText(asFields(one)["name"]),
      at: asText(asFields(one)["mountPath"]),
      path: [...path, "volumeMounts", n],
    })),
  };
}

function readVariable(fields: Fields, path: Path, manifest: Manifest, all: readonly Manifest[]): Variable {
  const name = asText(fields["name"]);
  const from = asFields(fields["valueFrom"]);
  for (const [kind, field] of [
    ["ConfigMap", "configMapKeyRef"],
    ["Secret", "secretKeyRef"],
  ] as const) {
    if (!(field in from)) continue;
    const reference = asFields(from[field]);
    const source = asText(reference["name"]);
    const key = asText(reference["key"]);
    const data = findData(kind, source, manifest, all);
    const inner = [...path, "valueFrom", field];
    if (reference["optional"] === true && data?.[key] === undefined)
      return { name, value: null, path: inner };
    if (!data) return { name, value: null, lacks: `${kind} ${source}`, path: inner };
    const value = data[key];
    return value === undefined
      ? { name, value: null, lacks: `key ${key} in the ${kind} ${source}`, path: inner }
      : { name, value, path: inner };
  }
  return { name, value: "valueFrom" in fields ? null : asText(fields["value"]), path: [...path, "value"] };
}

function readSource(fields: Fields, path: Path, manifest: Manifest, all: readonly Manifest[]): Variable[] {
  const prefix = asText(fields["prefix"]);
  for (const [kind, field] of [
    ["ConfigMap", "configMapRef"],
    ["Secret", "secretRef"],
  ] as const) {
    if (!(field in fields)) continue;
    const source = asText(asFields(fields[field])["name"]);
    if (asFields(fields[field])["optional"] === true && !findData(kind, source, manifest, all)) continue;
    const data = findData(kind, source, manifest, all);
    const inner = [...path, field, "name"];
    if (!data) return [{ name: "", value: null, lacks: `${kind} ${source}`, path: inner }];
    return Object.entries(data).map(([key, value]) => ({ name: `${prefix}${key}`, value, path: inner }));
  }
  return [];
}

/** What a ConfigMap or Secret holds, as text; null where no file describes it. */
function findData(
  kind: "ConfigMap" | "Secret",
  name: string,
  { namespace }: Manifest,
  all: readonly Manifest[],
): Record<string, string> | null {
  const found = all.find((one) => one.kind === kind && one.name === name && one.namespace === namespace);
  if (!found) return null;
  const data = textOnly(asFields(found.content["data"]));
  if (kind === "ConfigMap") return data;
  const decoded = Object.entries(data).map(([key, value]) => [
    key,
    Buffer.from(value, "base64").toString().trim(),
  ]);
  return {
    ...(Object.fromEntries(decoded) as Record<string, string>),
    ...textOnly(asFields(found.content["stringData"])),
  };
}

function textOnly(fields: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, asText(value)]));
}

/** Words of a container that does something; what pip installs is not run. */
const RUNS = /\.py\b|-m (?!pip\b)\S|\b(?:uvicorn|gunicorn|flask run|celery|rq|huey|dramatiq|node|exec)\b/;
const SLEEPS = /^(sleep|tail|infinity)$|time\.sleep/i;

/** Programs, and images that start one by themselves, which wait for what somebody types. */
const PROMPT = /^(?:(?:\/usr(?:\/local)?)?(?:\/bin\/)?(?:i?python(?:3(?:\.\d+)?)?|bash|ash|sh)|-i)$/;
const PROMPT_IMAGE = /^(?:docker\.io\/)?(?:library\/)?(?:python|busybox|alpine|ubuntu|debian)(?:[:@]|$)/;

/** The container that does nothing, so that one can work in it; a worker may wait a little before it starts. */
export function sleeps({ words, image, isOpen }: Container): boolean {
  const waits =
    isOpen && (words.length === 0 ? PROMPT_IMAGE.test(image) : words.every((word) => PROMPT.test(word)));
  return (waits || words.some((word) => SLEEPS.test(word))) && !RUNS.test(words.join(" "));
}

/** Each part by what it runs first, then by what it is called: names are the student's own. */
function assignParts(workloads: readonly Workload[]): Workload[] {
  const byLooks = workloads.map((workload) => ({ ...workload, part: partOf(workload) }));
  const rest = byLooks.filter(({ part }) => part === null);
  const lacks = (part: Part): boolean => !byLooks.some((one) => one.part === part);
  return byLooks.map((workload) => {
    if (workload.part !== null || !rest.includes(workload)) return workload;
    const hasPorts = workload.containers.some(({ ports }) => ports.length > 0);
    if (hasPorts && lacks("api")) return { ...workload, part: "api" };
    return !hasPorts && lacks("worker") ? { ...workload, part: "worker" } : workload;
  });
}

/** Labels that say what something is; others say what it needs, or whose it is. */
const SAYS_WHAT = /(^|\/)(app|name|component|instance|role|run|tier|service)$/;
/** Programs that go with Redis and are none. */
const BESIDE = /insight|commander|exporter|sentinel/i;
const OWN_PROGRAM = /\.py\b|\bpython\d?\b|uvicorn|gunicorn|flask|celery|\bnode\b/i;

function partOf({ manifest, containers, labels }: Workload): Part | null {
  const said = Object.entries(labels).flatMap(([key, value]) => (SAYS_WHAT.test(key) ? [value] : []));
  const called = [manifest.name, ...said, ...containers.map(({ name }) => name)].join(" ");
  const images = containers.map(({ image }) => image).join(" ");
  // How many workers a server has, or of which class they are, does not make it one.
  const words = containers
    .flatMap((one) => one.words)
    .join(" ")
    .replace(/--?workers?(?:-class)?\b|uvicorn\.workers\.\w+/g, "");
  if (containers.some(({ image }) => isRedisImage(image))) return "redis";
  const isHelper = /debug|client|shell|\bpy(thon)?[-\d]*\b/i;
  if ((containers.some(sleeps) && !RUNS.test(words)) || /redis-client/.test(images)) return "debug";
  if (
    /redis-server/.test(words) ||
    (/redis|valkey/i.test(called) &&
      !isHelper.test(called) &&
      !/worker|api|wrk/i.test(called) &&
      !BESIDE.test(images) &&
      !OWN_PROGRAM.test(words))
  )
    return "redis";
  for (const text of [words, called, images]) {
    if (/worker|\bwrk\b|consumer/i.test(text)) return "worker";
    if (/\b(?:\w*[_-])?api\b|flask|fastapi|uvicorn|gunicorn|\bweb\b|\bapp\.py/i.test(text)) return "api";
  }
  if (isHelper.test(called)) return "debug";
  // A typing error in the image must not hide what it is.
  return /redis|valkey/i.test(images) && !BESIDE.test(images) ? "redis" : null;
}
