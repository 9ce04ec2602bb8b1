import { asFields, asText, type Fault } from "../manifests/manifest.js";
import { type ContainerSpec } from "../manifests/pod-spec.js";

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/;
const UNITS: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...Object.fromEntries(["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map((unit, n) => [unit, 1024 ** (n + 1)])),
};
/** What a container can ask for; with a / in it, it is a matter of the cluster's. */
const NAMES = /^(?:cpu|memory|ephemeral-storage|hugepages-.+)$|\//;

/** A container cannot ask for more than it is allowed. */
export function findBadResources({ fields, path }: ContainerSpec): Fault[] {
  const resources = asFields(fields["resources"]);
  const limits = asFields(resources["limits"]);
  const requests = asFields(resources["requests"]);
  const faults: Fault[] = [];
  for (const [list, amounts] of Object.entries({ requests, limits })) {
    for (const [name, amount] of Object.entries(amounts)) {
      const place = [...path, "resources", list, name];
      if (!NAMES.test(name)) {
        const says = `a container has no ${list.slice(0, -1)} of ${name}: there are cpu, memory and ephemeral-storage`;
        faults.push([place, { mistake: "bad-value", says, next: "write: memory, or cpu" }]);
        continue;
      }
      const value = readQuantity(amount);
      const most = list === "requests" && name in limits ? readQuantity(limits[name]) : null;
      if (value !== null && value < 0) {
        const says = `${name} cannot be ${asText(amount)}`;
        faults.push([place, { mistake: "bad-value", says, next: "write an amount above 0" }]);
      } else if (value !== null && most !== null && value > most * (1 + 1e-9)) {
        const says = `the request of ${asText(amount)} ${name} is above the limit of ${asText(limits[name])}`;
        const next = "make the request smaller, or the limit larger";
        faults.push([place, { mistake: "request-above-limit", says, next }]);
      }
    }
  }
  return faults;
}

/** Null where it is none: the schema says so. */
function readQuantity(amount: unknown): number | null {
  const [, number, power = "", unit] = QUANTITY.exec(asText(amount)) ?? [];
  if (number === undefined) return null;
  return Number(`${number}${power}`) * (unit === undefined ? 1 : (UNITS[unit] ?? 1));
}
