import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { isAlive } from "../../../is-alive.js";
import { asFields, asText, type Fields } from "../manifests/manifest.js";

/** The labels of a trial's namespace. `home` tells apart the users of one cluster, and `tq.host` their machines. */
export function namespaceLabels(home: string): Record<string, string> {
  const id = createHash("sha256").update(home).digest("hex").slice(0, 16);
  // What a label may hold, whatever a machine is called.
  const host = hostname()
    .replace(/[^\w.-]/g, "-")
    .slice(0, 40);
  return { "tq.owner": "tq", "tq.role": "exercise-8", "tq.home": id, "tq.host": `h-${host}-0` };
}

/** The namespace of a trial, with the process that will remove it. */
export function makeNamespace(name: string, home: string): Fields {
  const labels = { ...namespaceLabels(home), "tq.pid": String(process.pid) };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

/** Of the namespaces with our labels, the names of those whose process is gone: it was killed before it could remove them. */
export function leftBehind(namespaces: readonly unknown[]): string[] {
  return namespaces.flatMap((one) => {
    const { name, labels } = asFields(asFields(one)["metadata"]);
    const pid = Number(asText(asFields(labels)["tq.pid"]));
    return typeof name === "string" && pid > 0 && !isAlive(pid) ? [name] : [];
  });
}
