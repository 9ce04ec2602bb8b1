import { setTimeout as sleep } from "node:timers/promises";
import { asFields, asList, asText, type Manifest } from "../manifests/manifest.js";
import { type Manifests } from "../manifests/manifests.js";
import { type Kubectl, readAnswer } from "./kubectl.js";

/** What became of the namespace. */
export interface Removal {
  namespace: string;
  gone: boolean;
  /** Why it is still there, as the cluster says. */
  reasons: readonly string[];
  /** The student's objects that hold it by a finalizer, such as ConfigMap settings. */
  held: readonly string[];
}

/** Seconds. */
export const REMOVAL_PATIENCE = 90;
/** Milliseconds between two looks. */
const PAUSE = 1000;

/** Finalizers that the cluster itself takes off again. */
const OWN_FINALIZERS = /^(?:kubernetes\.io|foregroundDeletion$|orphan$|service\.kubernetes\.io|.*\.k8s\.io)/;

/** Removes a namespace with all that is in it, and waits until it is gone. Pods are not given their grace time. */
export async function removeNamespace(
  kubectl: Kubectl,
  namespace: string,
  { manifests }: Pick<Manifests, "manifests">,
  signal: AbortSignal,
): Promise<Removal> {
  const holding = manifests.filter(holds);
  await kubectl.ask(["delete", "namespace", namespace, "--wait=false", "--ignore-not-found"]);
  await kubectl.ask([
    "delete",
    "pods",
    "--all",
    "--namespace",
    namespace,
    "--grace-period=1",
    "--wait=false",
  ]);
  const end = Date.now() + REMOVAL_PATIENCE * 1000;
  for (;;) {
    const answer = await kubectl.ask([
      "get",
      "namespace",
      namespace,
      "--ignore-not-found",
      "--output",
      "json",
    ]);
    if (answer.stdout.trim() === "") return { namespace, gone: true, reasons: [], held: [] };
    const found = readAnswer(answer);
    if (holding.length > 0 && isHeldByFinalizers(found)) {
      await release(kubectl, namespace, holding);
      const held = holding.map(({ kind, name }) => `the finalizer of the ${kind} ${name}`);
      return { namespace, gone: false, reasons: readReasons(found), held };
    }
    if (Date.now() > end || signal.aborted)
      return { namespace, gone: false, reasons: readReasons(found), held: [] };
    await sleep(PAUSE);
  }
}

function holds({ content }: Manifest): boolean {
  const finalizers = asList(asFields(content["metadata"])["finalizers"]).map(asText);
  return finalizers.some((one) => !OWN_FINALIZERS.test(one));
}

function isHeldByFinalizers(namespace: unknown): boolean {
  return asList(asFields(asFields(namespace)["status"])["conditions"])
    .map(asFields)
    .some((one) => one["type"] === "NamespaceFinalizersRemaining" && one["status"] === "True");
}

/** Takes the finalizers off the copies, so that the namespace goes after all. */
async function release(kubectl: Kubectl, namespace: string, holding: readonly Manifest[]): Promise<void> {
  for (const { kind, name } of holding) {
    const patch = JSON.stringify({ metadata: { finalizers: null } });
    const target = [kind.toLowerCase(), name, "--namespace", namespace];
    await kubectl.ask(["patch", ...target, "--type=merge", "--patch", patch]);
  }
}

/** Why a namespace is not gone: what its conditions say, and what holds it. */
export function readReasons(namespace: unknown): string[] {
  const { status, spec } = asFields(namespace);
  const conditions = asList(asFields(status)["conditions"]).map(asFields);
  const said = conditions.filter((one) => one["status"] === "True").map((one) => asText(one["message"]));
  const finalizers = asList(asFields(spec)["finalizers"]).map(asText);
  return said.length > 0
    ? said
    : [
        `it is ${asText(asFields(status)["phase"])}, held by ${finalizers.join(", ") || "nothing that is known"}`,
      ];
}
