import { findSimilar } from "../../../text/similar.js";
import { type Manifest, type ManifestFinding, type Path, valueAt } from "../manifests/manifest.js";
import { type Violation } from "./violations.js";

/** Where fields belong that are often put a level too high or too low. */
const HOMES: Readonly<Record<string, string>> = {
  ...home("spec, beside selector and template", "replicas", "selector", "template", "strategy"),
  ...home("the pod: spec.template.spec", "containers", "volumes", "initContainers", "restartPolicy"),
  ...home("a container, in the list containers", "image", "env", "envFrom", "command", "args", "ports"),
  ...home("a container, in the list containers", "volumeMounts", "imagePullPolicy", "resources"),
  ...home("metadata", "labels", "annotations", "namespace", "name"),
  ...home("selector", "matchLabels", "matchExpressions"),
  ...home("an entry of ports", "containerPort", "targetPort", "nodePort", "protocol"),
  ...home("an entry of volumeMounts", "mountPath", "subPath"),
  ...home("volumes, below persistentVolumeClaim of an entry", "claimName"),
  ...home("an entry of volumes", "persistentVolumeClaim", "emptyDir", "hostPath", "configMap"),
  ...home("spec of a claim", "accessModes", "storageClassName"),
};

function home(where: string, ...fields: string[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, where]));
}

/** Says where an object does not fit its schema, as a teacher would. */
export function explainViolation(violation: Violation, manifest: Manifest): ManifestFinding {
  const { at, content } = manifest;
  const { path } = violation;
  const base = { ...at(path), part: null };
  switch (violation.what) {
    case "unknown": {
      const { field, known } = violation;
      const holder = nameOf(path.slice(0, -1), manifest);
      const similar = findSimilar(field, known);
      const place = HOMES[field];
      return {
        ...base,
        mistake: "unknown-field",
        says: `${holder} has no field ${field}${similar === null && place !== undefined ? `; it belongs to ${place}` : ""}`,
        next:
          similar !== null
            ? `write: ${similar}`
            : place !== undefined
              ? `move ${field} to ${place}, with the indentation of what is there`
              : `remove it, or look it up: kubectl explain ${explainPath(path.slice(0, -1), manifest)}`,
      };
    }
    case "missing": {
      const holder = nameOf(path, manifest);
      return {
        ...base,
        mistake: "field-missing",
        says: `${holder} lacks ${violation.field}`,
        next: `add ${violation.field} there: kubectl explain ${explainPath([...path, violation.field], manifest)}`,
      };
    }
    case "format":
      return {
        ...base,
        mistake: "bad-value",
        says: `${JSON.stringify(valueAt(content, path))} is no ${FORMATS[violation.format] ?? violation.format}`,
        next:
          violation.format === "quantity"
            ? "write it as 100Mi or 1Gi, or 500m for half a core"
            : "look at the value",
      };
    case "type":
      return explainType(violation, manifest);
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  quantity: "amount that Kubernetes can read",
  int32: "number of this range",
};

function explainType(
  { path, wanted }: Extract<Violation, { what: "type" }>,
  manifest: Manifest,
): ManifestFinding {
  const { at, content } = manifest;
  const value = valueAt(content, path);
  const field = fieldOf(path);
  const base = { ...at(path), part: null };
  const shown = JSON.stringify(value);
  const isScalar = typeof value === "number" || typeof value === "boolean";
  if (wanted.includes("string") && !wanted.includes("integer") && isScalar) {
    return {
      ...base,
      mistake: "not-text",
      says: `${describePlace(path)} is text, and without quotes ${shown} is a ${typeof value === "number" ? "number" : "truth value"}`,
      next: `put it in quotes: "${String(value)}"`,
    };
  }
  if (wanted.includes("integer") && typeof value === "string") {
    const isNumber = /^\d+$/.test(value);
    return {
      ...base,
      mistake: "not-a-number",
      says: `${field} is a whole number, and ${isNumber ? `in quotes ${shown} is text` : `${shown} is none`}`,
      next: isNumber ? `write it without quotes: ${value}` : `write a whole number after ${field}:`,
    };
  }
  if (wanted.includes("array")) {
    return {
      ...base,
      mistake: "not-a-list",
      says: `${field} is a list, and here stands ${whatIs(value)}`,
      next:
        field === "command" || field === "args"
          ? `write it as a list of words: ${field}: ["sleep", "9999999"]`
          : `let each entry of ${field} begin with a dash`,
    };
  }
  return {
    ...base,
    mistake: "wrong-type",
    says: `${field} is ${wanted.map((one) => TYPES[one] ?? one).join(" or ")}, and here stands ${whatIs(value)}`,
    next:
      wanted.includes("object") && (typeof value === "string" || value === null)
        ? "write what belongs to it below it, two spaces deeper, each with a colon and a space"
        : `look it up: kubectl explain ${explainPath(path, manifest)}`,
  };
}

const TYPES: Readonly<Record<string, string>> = {
  object: "a group of fields",
  array: "a list",
  string: "text",
  integer: "a whole number",
  boolean: "true or false",
  number: "a number",
};

function whatIs(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of fields";
  return JSON.stringify(value);
}

function describePlace(path: Path): string {
  const holder = path.at(-2);
  if (path.at(-1) === "value" && path.at(-3) === "env") return "the value of an environment variable";
  if (holder === "labels" || holder === "matchLabels" || holder === "annotations") return "a label's value";
  if (typeof path.at(-1) === "number") return `each entry of ${String(holder)}`;
  return fieldOf(path);
}

/** The last name in the path. */
function fieldOf(path: Path): string {
  return path.findLast((part) => typeof part === "string") ?? "it";
}

/** What holds a field, in words. */
function nameOf(path: Path, { kind }: Manifest): string {
  const last = path.at(-1);
  if (last === undefined) return `a ${kind}`;
  if (typeof last === "number") return `an entry of ${String(path.at(-2))}`;
  return path.filter((part) => typeof part === "string").join(".");
}

/** As kubectl explain wants it: names only. */
function explainPath(path: Path, { kind }: Manifest): string {
  return [kind.toLowerCase(), ...path.filter((part) => typeof part === "string")].join(".");
}
