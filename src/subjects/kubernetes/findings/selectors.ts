import {
  asFields,
  asList,
  asText,
  type Manifest,
  type ManifestFinding,
  valueAt,
} from "../manifests/manifest.js";
import { type Workload } from "../workloads.js";

/** As `app: redis, tier: db`. */
export function showLabels(labels: Readonly<Record<string, unknown>>): string {
  const all = Object.entries(labels).map(([key, value]) => `${key}: ${asText(value)}`);
  return all.length === 0 ? "none" : all.join(", ");
}

/** What selects pods by their labels must find them on the template's pods. */
export function findSelectorFaults({ manifest, labels, part, podPath }: Workload): ManifestFinding[] {
  const { kind, content, name, at } = manifest;
  if (["Pod", "Job", "ReplicationController"].includes(kind)) return [];
  const selector = asFields(valueAt(content, ["spec", "selector"]));
  const wanted = asFields(selector["matchLabels"]);
  const expressions = asList(selector["matchExpressions"]).map(asFields);
  if (Object.keys(wanted).length === 0 && expressions.length === 0) {
    return [
      {
        ...at(["spec", "selector"]),
        part,
        mistake: "selector-differs",
        says: `${name} selects no pods: its selector has no matchLabels`,
        next: `write below selector: matchLabels: with ${showLabels(labels) === "none" ? "app: and a name, and the same below template: metadata: labels:" : showLabels(labels)}`,
      },
    ];
  }
  const wrong = Object.entries(wanted).find(([key, value]) => labels[key] !== asText(value));
  const wrongExpression = expressions.findIndex((one) => !fits(one, labels));
  if (!wrong && wrongExpression === -1) return [];
  const path = wrong
    ? ["spec", "selector", "matchLabels", wrong[0]]
    : ["spec", "selector", "matchExpressions", wrongExpression];
  const there = at([...podPath, "metadata", "labels"]);
  return [
    {
      ...at(path),
      part,
      mistake: "selector-differs",
      says: `${name} selects pods with ${wrong ? `${wrong[0]}: ${asText(wrong[1])}` : "other labels"}, and its own template (line ${there.line}) gives them ${showLabels(labels)}`,
      next: "make matchLabels and the template's labels the same",
    },
  ];
}

function fits(
  expression: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = labels[asText(expression["key"])];
  const values = asList(expression["values"]).map(asText);
  switch (expression["operator"]) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}

/** Whether a Service of this selector finds the workload's pods. */
export function selects(service: Manifest, { labels, manifest }: Workload): boolean {
  const selector = Object.entries(asFields(valueAt(service.content, ["spec", "selector"])));
  return (
    service.namespace === manifest.namespace &&
    selector.length > 0 &&
    selector.every(([key, value]) => labels[key] === asText(value))
  );
}
