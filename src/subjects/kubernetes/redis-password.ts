import { asFields, asList, asText, type Manifest, valueAt } from "./manifests/manifest.js";
import { type Container, type Workload } from "./workloads.js";

const OPTION = "--requirepass";

/** The password that these files give Redis, by an option, a variable or its configuration; null without one. */
export function redisPassword(redis: Workload, manifests: readonly Manifest[]): string | null {
  for (const container of redis.containers) {
    const found = passwordOf(container) ?? configuredPassword(container, redis, manifests);
    if (found !== null) return found;
  }
  return null;
}

function passwordOf(container: Container): string | null {
  const { words, variables } = container;
  const at = words.findIndex((word) => word.replace(/^["']/, "").startsWith(OPTION));
  const word = words[at];
  if (word !== undefined) {
    const inline = /--requirepass=(.+)/.exec(word)?.[1];
    const value = unquote(inline ?? words[at + 1] ?? "");
    return value === "" ? null : expand(value, container);
  }
  // Bitnami's images take it from this variable.
  return (
    variables.find(({ name }) => name === "REDIS_PASSWORD" && /bitnami/i.test(container.image))?.value ?? null
  );
}

/** $(NAME) as Kubernetes writes it, $NAME and ${NAME} as a shell does. */
function expand(text: string, { variables }: Container): string {
  return text.replace(/\$\((\w+)\)|\$\{(\w+)\}|\$(\w+)/g, (whole, ...names: (string | undefined)[]) => {
    const name = names.slice(0, 3).find((one) => one !== undefined);
    return variables.find((one) => one.name === name)?.value ?? whole;
  });
}

function unquote(text: string): string {
  return text.replace(/^["']|["'];?$/g, "");
}

/** `requirepass` of a redis.conf in a ConfigMap that the pod mounts. */
function configuredPassword(
  { mounts }: Container,
  { manifest, podPath }: Workload,
  manifests: readonly Manifest[],
): string | null {
  const volumes = asList(valueAt(manifest.content, [...podPath, "spec", "volumes"])).map(asFields);
  for (const { volume } of mounts) {
    const mounted = volumes.find((one) => one["name"] === volume);
    const name = asText(asFields(mounted?.["configMap"])["name"]);
    const map = manifests.find((one) => one.kind === "ConfigMap" && one.name === name);
    for (const text of Object.values(asFields(map?.content["data"]))) {
      const found = /^\s*requirepass\s+(\S+)/m.exec(asText(text))?.[1];
      if (found !== undefined) return unquote(found);
    }
  }
  return null;
}
