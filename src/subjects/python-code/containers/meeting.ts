import { type ComposeProject } from "../../../compose/project.js";
import { type Service } from "../../../compose/service.js";

import { type ContainerFault, fault } from "./fault.js";
import { type Parts } from "./parts.js";

/** Services that are not started, that do not meet, or of which there can be one only. */
export function findMeetingFaults(parts: Parts, compose: ComposeProject): ContainerFault[] {
  const { redis, apis, workers } = parts;
  const ours = [...apis, ...workers].map(({ service }) => service);
  return [
    ...[...redis.slice(0, 1), ...ours].flatMap((service) => findProfile(service, compose)),
    ...ours.flatMap((service) => findApart(service, redis)),
    ...(workers.length === 1 ? workers.flatMap(({ service }) => findUnscalable(service)) : []),
  ];
}

function findProfile({ name, profiles, at }: Service, { activeProfiles }: ComposeProject): ContainerFault[] {
  if (
    profiles.length === 0 ||
    profiles.some((one) => activeProfiles.includes(one) || activeProfiles.includes("*"))
  )
    return [];
  return [
    fault(
      "behind-profile",
      at("profiles"),
      `${name} has a profile, so docker compose up does not start it`,
      `take profiles: away from ${name}`,
    ),
  ];
}

function findApart(service: Service, redis: readonly Service[]): ContainerFault[] {
  const { name, at } = service;
  const [first] = redis;
  if (!first || redis.some((one) => meets(service, one))) return [];
  if (service.networkMode === "host" && redis.some(({ ports }) => ports.length > 0)) return [];
  const place = service.networkMode === "" ? at("networks") : at("network_mode");
  const [shared] = first.networks;
  return [
    fault(
      "networks-apart",
      service.networks.join() === "default" && first.networkMode === "" ? first.at("networks") : place,
      `${name} is on ${describe(service)}, ${first.name} on ${describe(first)}: they do not reach each other`,
      shared === undefined || service.networkMode !== ""
        ? "leave networks: and network_mode: out, and all are on one network"
        : `put both on one network, such as ${shared}, or leave networks: out of all services`,
    ),
  ];
}

function meets(one: Service, other: Service): boolean {
  const shares = (a: Service, b: Service): boolean => a.networkMode === `service:${b.name}`;
  if (one.networkMode === "host" && other.networkMode === "host") return true;
  return (
    shares(one, other) ||
    shares(other, one) ||
    one.networks.some((network) => other.networks.includes(network))
  );
}

function describe({ networks, networkMode }: Service): string {
  if (networkMode !== "") return `network_mode ${networkMode}`;
  return networks.join() === "default" ? "the project's own network" : networks.join(" and ");
}

/** `docker compose up --scale worker=3` wants several of it. */
function findUnscalable({ name, containerName, ports, at }: Service): ContainerFault[] {
  const because = `there are to be several of ${name} (docker compose up --scale ${name}=3)`;
  if (containerName !== "") {
    return [
      fault(
        "cannot-be-scaled",
        at("container_name"),
        `${because}, and a container's name can be had only once`,
        `take container_name: away from ${name}`,
      ),
    ];
  }
  const fixed = ports.find(({ outside, isRange }) => outside !== null && !isRange);
  if (!fixed) return [];
  return [
    fault(
      "cannot-be-scaled",
      fixed,
      `${because}, and port ${fixed.outside ?? ""} of this machine can be had only once`,
      `take ports: away from ${name}: nobody asks a worker anything`,
    ),
  ];
}
