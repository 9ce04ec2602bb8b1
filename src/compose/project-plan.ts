/** A Compose project as `docker compose config` says it. */
export type ComposeModel = Record<string, unknown> & { services: Record<string, Record<string, unknown>> };

export interface PlanOptions {
  /** The name of the throwaway project. */
  project: string;
  labels: Readonly<Record<string, string>>;
  /** By service: the TCP ports inside that tq wants to reach. */
  reach: Readonly<Record<string, readonly number[]>>;
}

type Mapping = Record<string, unknown>;

/**
 * The student's project as tq runs it, beside whatever else runs: under another name, with no port of the host's but
 * free ones of 127.0.0.1, with images, networks and volumes of its own. All else is as the student wrote it.
 */
export function planStack(model: ComposeModel, { project, labels, reach }: PlanOptions): ComposeModel {
  const built = new Map<unknown, unknown>();
  for (const { image, build } of Object.values(model.services)) {
    if (image !== undefined && build !== undefined) built.set(image, build);
  }
  const services = Object.entries(model.services).map(([name, service]) => {
    const { container_name: own, image, build = built.get(image), networks, ...rest } = service;
    const ports = (reach[name] ?? []).map((target) => ({ target, host_ip: "127.0.0.1", protocol: "tcp" }));
    return [
      name,
      {
        ...rest,
        ...(build === undefined ? { image } : { build }),
        ports,
        ...(networks !== undefined && { networks: withAlias(networks as Mapping, own) }),
        labels: labelled(rest, labels),
      },
    ] as const;
  });
  return {
    ...model,
    name: project,
    services: Object.fromEntries(services),
    networks: own(model["networks"] ?? { default: {} }, labels),
    volumes: own(model["volumes"] ?? {}, labels),
  };
}

/** A container's own name, by which others may find it, stays a name of it. */
function withAlias(networks: Mapping, name: unknown): Mapping {
  if (typeof name !== "string") return networks;
  return Object.fromEntries(
    Object.entries(networks).map(([network, how]) => {
      const { aliases = [], ...rest } = (how ?? {}) as { aliases?: string[] };
      return [network, { ...rest, aliases: [...aliases, name] }];
    }),
  );
}

/** Networks or volumes that are of this project alone. */
function own(value: unknown, labels: PlanOptions["labels"]): Record<string, Mapping> {
  return Object.fromEntries(
    Object.entries((value ?? {}) as Record<string, Mapping | null>).map(([name, one]) => {
      const rest = Object.entries(one ?? {}).filter(([key]) => key !== "name" && key !== "external");
      const facts = Object.fromEntries(rest);
      return [name, { ...facts, labels: labelled(facts, labels) }];
    }),
  );
}

function labelled(one: Mapping, labels: PlanOptions["labels"]): Mapping {
  return { ...(one["labels"] as Mapping | undefined), ...labels };
}
