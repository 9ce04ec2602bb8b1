import { type Attempt, type DockerMap, type MappedContainer } from "../docker/map.js";

/** One way from one place to one Redis, and what came of trying it. */
export interface Route extends Attempt {
  /** The place from which it was tried: "this machine", or a container's name. */
  from: string;
  /** Whose Redis. */
  to: string;
  /** Such as redis-db:6379. */
  address: string;
  /** What kind of address it is. */
  kind: string;
}

export interface NetworkFacts {
  /** Null where no Docker engine answers. */
  map: DockerMap | null;
  /** Why there is no map. */
  withoutMap: string;
  routes: Route[];
  /** Places that could not be tried from, and why. */
  untried: { from: string; reason: string }[];
}

/** The picture, and below it each way to Redis with what came of it. Lines of at most 80 columns. */
export function drawNetworks({ map, withoutMap, routes, untried }: NetworkFacts, plain: boolean): string[] {
  const lines = ["This machine"];
  if (!map) lines.push(`  (no containers: ${withoutMap})`);
  for (const network of map?.networks ?? []) {
    const members = (map?.containers ?? []).filter(({ networks }) => network.name in networks);
    const kind = network.name === "bridge" ? "the default bridge: no names, only addresses" : network.driver;
    lines.push(`${plain ? "  " : "  ├─ "}network ${network.name} (${kind})`);
    if (network.gateway !== "")
      lines.push(`${plain ? "    " : "  │    "}this machine is ${network.gateway} there`);
    for (const member of members) {
      for (const line of describeMember(member, network.name))
        lines.push(`${plain ? "    " : "  │    "}${line}`);
    }
  }
  lines.push("", "How to reach Redis (each was tried just now):");
  for (const from of [...new Set(routes.map((route) => route.from))]) {
    lines.push(`  from ${from}`);
    for (const route of routes.filter((one) => one.from === from)) {
      const outcome = route.answers ? "answers" : `no: ${route.reason}`;
      lines.push(`    ${route.address.padEnd(24)} ${outcome}`, `    ${" ".repeat(24)} (${route.kind})`);
    }
  }
  if (routes.length === 0) lines.push("  no Redis was found");
  if (routes.some(({ kind, answers }) => !answers && / itself; /.test(kind))) {
    lines.push(
      "",
      "A container's own address is reached from this machine on Linux only: Docker",
      "Desktop and rootless engines run containers in a machine of their own.",
    );
  }
  for (const { from, reason } of untried) lines.push(`  from ${from}: not tried (${reason})`);
  return lines;
}

function* describeMember(
  { name, image, networks, ports, ours }: MappedContainer,
  network: string,
): Generator<string> {
  const { address = "", names = [] } = networks[network] ?? {};
  yield `${name}  ${address}  (${image}${ours ? ", tq's" : ""})`;
  if (names.length > 0) yield `    found there as ${names.join(", ")}`;
  for (const { inside, address: host, port } of ports)
    yield `    its port ${inside} is ${host}:${port} on this machine`;
}
