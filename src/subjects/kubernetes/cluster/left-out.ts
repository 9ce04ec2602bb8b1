import { redisAddresses } from "../findings/addresses.js";
import { asFields, asText, type Fields, type Manifest, type Part, valueAt } from "../manifests/manifest.js";
import { type Manifests } from "../manifests/manifests.js";
import { type Hosts } from "./hosts.js";

/** An object that is not applied in a trial. */
export interface LeftOut {
  manifest: Manifest;
  /** Such as Deployment redis. */
  what: string;
  part: Part | null;
  why: string;
  /** It runs in the student's namespace, and no file describes it. */
  isCopy: boolean;
}

/** What belongs to a whole cluster, or reaches out of a namespace. */
const OUTSIDE = new Set([
  ...["Namespace", "PersistentVolume", "StorageClass", "ClusterRole", "ClusterRoleBinding", "IngressClass"],
  ...["Ingress", "ResourceQuota", "LimitRange"],
]);

/** Data that others may read: what matters is who does. */
const DATA = new Set(["ConfigMap", "Secret"]);
/** What runs nothing. */
const STILL = new Set([
  "Service",
  "NetworkPolicy",
  "PersistentVolumeClaim",
  "ServiceAccount",
  "Role",
  "RoleBinding",
]);

/** Finds what must not be applied: a worker that asks a Redis of the student's own would take messages from it. */
export class Leaving {
  constructor(
    private readonly all: Pick<Manifests, "manifests" | "workloads" | "running">,
    private readonly hosts: Hosts,
  ) {}

  judge(manifest: Manifest): LeftOut | null {
    const why = this.why(manifest);
    const part = this.all.workloads.find((one) => one.manifest === manifest)?.part ?? null;
    return why === null
      ? null
      : { manifest, part, why, what: `${manifest.kind} ${manifest.name}`, isCopy: this.isCopy(manifest) };
  }

  private why(manifest: Manifest): string | null {
    const { kind, content } = manifest;
    if (OUTSIDE.has(kind)) return "a trial does without it";
    if (DATA.has(kind)) return null;
    if (STILL.has(kind)) {
      const external = asText(valueAt(content, ["spec", "externalName"]));
      const away = this.hosts.leadingAway(this.hosts.movedText(external));
      return away === null ? null : `it leads to ${away}`;
    }
    const workload = this.all.workloads.find((one) => one.manifest === manifest);
    if (workload?.part === "debug") return null; // it does nothing by itself
    const secret = this.isCopy(manifest) ? this.secretOf(content) : null;
    if (secret !== null) return `it needs the Secret ${secret}, which tq does not read`;
    const address = (workload?.containers ?? [])
      .flatMap(redisAddresses)
      .find(({ host }) => host !== null && !this.hosts.isWithin(host));
    if (address && workload?.part !== "redis") return `its ${address.variable} is ${address.host ?? ""}`;
    const away = this.hosts.leadingAway(
      [content, ...this.dataOf(content)].map((one) => this.hosts.moved(one)),
    );
    return away === null ? null : `${away} stands in it`;
  }

  private isCopy(manifest: Manifest): boolean {
    return this.all.running?.manifests.includes(manifest) ?? false;
  }

  /** Those ConfigMaps and Secrets that the object names. */
  private dataOf(content: Fields): Fields[] {
    const text = JSON.stringify(content);
    return this.all.manifests
      .filter(({ kind, name }) => DATA.has(kind) && text.includes(JSON.stringify(name)))
      .map(({ kind, content: data }) => (kind === "Secret" ? decoded(data) : data));
  }

  /** The first Secret that the object names, and nobody describes. */
  private secretOf(content: Fields): string | null {
    const text = JSON.stringify(content);
    const names = [
      ...text.matchAll(/"secret(?:KeyRef|Ref)":\{[^{}]*?"name":"([^"]+)"|"secretName":"([^"]+)"/g),
    ];
    const known = this.all.manifests.filter(({ kind }) => kind === "Secret").map(({ name }) => name);
    return (
      names.map(([, name, volume]) => name ?? volume ?? "").find((name) => !known.includes(name)) ?? null
    );
  }
}

function decoded(secret: Fields): Fields {
  const data = Object.values(asFields(secret["data"])).map((one) =>
    Buffer.from(asText(one), "base64").toString(),
  );
  return { data, stringData: secret["stringData"] };
}
