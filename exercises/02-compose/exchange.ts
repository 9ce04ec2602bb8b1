import {
  blocked,
  endedOfQuiet,
  type Judgement,
  notYet,
  passed,
  type Place,
  type QueueTrace,
  type Traffic,
} from "../../src/course/authoring.js";
import { type ComposeProbe, type ServiceContainer } from "../../src/subjects/containers/probe.js";
import { explainApart, type ServiceOf } from "./ends-apart.js";
import { blockedByDisk, blockedByStopped } from "./machine.js";

/** A consumer made by it waits as long as it takes. */
const QUEUE_LINE = 'q = HotQueue("queue", host="redis-db", port=6379, db=1, socket_timeout=None)';

const PYTHONS = ["python1", "python2"];
const expected = "messages put from one Python container and consumed in the other";

/** 2.6: an address says which container a connection comes from. */
export async function judgeExchange(compose: ComposeProbe, place: Place): Promise<Judgement> {
  const stopped = await blockedByStopped(compose, ["redis-db", ...PYTHONS]);
  if (stopped) return stopped;
  const containers = await compose.containers();
  const traffic = await compose.traffic();
  const serviceOf = nameAddresses(containers);
  const probe = `docker compose exec redis-db redis-cli CLIENT LIST`;
  if (!traffic) {
    return (
      // A Redis that cannot save refuses even PING.
      blockedByDisk(compose.data()) ??
      blocked("the Redis of redis-db does not answer", "docker compose restart redis-db")
    );
  }
  const met = findExchange(traffic.traces, serviceOf) ?? findPresentExchange(traffic, serviceOf);
  if (met !== null) return passed(met);
  const alone = findOneContainer(traffic, serviceOf);
  if (alone !== null) {
    return notYet({
      expected,
      observed: `both ends are in ${alone}`,
      probe,
      cause: "two shells in one container: producer and consumer should be in different ones",
      next: `docker compose exec ${PYTHONS.find((name) => name !== alone) ?? ""} python   for the other end`,
      mistake: "one-container",
    });
  }
  const apart = explainApart(traffic, serviceOf);
  if (apart) return notYet({ expected, probe, ...apart });
  const lost = await explainUnconnected(compose, traffic, serviceOf, containers);
  if (lost) return lost;
  const full = blockedByDisk(compose.data());
  if (full) return full;
  const quiet = traffic.traces.map(endedOfQuiet).find((ended) => ended && serviceOf(ended.client) !== null);
  if (quiet) {
    return notYet({
      expected,
      observed: `the consumer in ${serviceOf(quiet.client) ?? ""} waited ${quiet.waited.toFixed(0)} s, and is gone`,
      probe,
      cause:
        "redis for Python gave up the wait, as it does from version 8 on after a minute without a message",
      next: `${QUEUE_LINE}   and the loop again: for item in q.consume(): print(item)`,
    });
  }
  const connected = [...new Set(traffic.clients.flatMap(({ address }) => serviceOf(address) ?? []))];
  return notYet({
    expected,
    observed: `not observed${connected.length > 0 ? ` (connected now: ${connected.join(", ")})` : ""}`,
    probe,
    next: `${place.tq("exercise 2 --watch")}   in one terminal, and then put and consume in the others`,
  });
}

function nameAddresses(containers: ReadonlyMap<string, ServiceContainer>): ServiceOf {
  const byAddress = new Map(
    [...containers.values()].flatMap(({ service, networks }) =>
      Object.values(networks).map(({ address }): [string, string] => [address, service]),
    ),
  );
  return (address) => byAddress.get(address.replace(/:\d+$/, "")) ?? null;
}

/** A message whose way was observed. */
function findExchange(traces: readonly QueueTrace[], serviceOf: ServiceOf): string | null {
  for (const { key, db, deliveries } of traces) {
    for (const { put, taker } of deliveries) {
      const from = put && serviceOf(put.client);
      const to = serviceOf(taker);
      if (from && to && from !== to) return `${from} put on ${key} in database ${db}, and ${to} took it`;
    }
  }
  return null;
}

/**
 * What the present shows of an exchange that nobody observed: one container's last command put, the other's waits
 * for more, in the same database, and nothing is left on a queue there.
 */
function findPresentExchange({ clients, lists, known }: Traffic, serviceOf: ServiceOf): string | null {
  if (known === "history") return null;
  const producer = clients.find(({ address, command }) => command === "RPUSH" && serviceOf(address) !== null);
  if (!producer) return null;
  const consumer = clients.find(
    ({ address, blocked, db }) =>
      blocked &&
      db === producer.db &&
      serviceOf(address) !== null &&
      serviceOf(address) !== serviceOf(producer.address),
  );
  if (!consumer || lists.some(({ db, length }) => db === producer.db && length > 0)) return null;
  return `${serviceOf(producer.address) ?? ""} has put, ${serviceOf(consumer.address) ?? ""} waits for more in the same database ${producer.db}, and nothing is left there`;
}

/** The service whose container puts and takes; null where there is no such. */
function findOneContainer({ traces, clients }: Traffic, serviceOf: ServiceOf): string | null {
  for (const { deliveries } of traces) {
    const same = deliveries.find(
      ({ put, taker }) => put && serviceOf(put.client) !== null && serviceOf(put.client) === serviceOf(taker),
    );
    if (same) return serviceOf(same.taker);
  }
  const waits = clients.find(({ blocked, address }) => blocked && serviceOf(address) !== null);
  const puts = clients.find(({ command, address }) => command === "RPUSH" && serviceOf(address) !== null);
  return waits && puts && serviceOf(waits.address) === serviceOf(puts.address)
    ? serviceOf(puts.address)
    : null;
}

/** A Python runs in a container and has no connection to Redis: it looks for it under a name that does not lead there. */
async function explainUnconnected(
  compose: ComposeProbe,
  traffic: Traffic,
  serviceOf: ServiceOf,
  containers: ReadonlyMap<string, ServiceContainer>,
): Promise<Judgement | null> {
  const connected = new Set(traffic.clients.map(({ address }) => serviceOf(address)));
  for (const service of PYTHONS.filter((name) => !connected.has(name))) {
    const programs = (await compose.processes(service)).filter((command) =>
      /^(\S*\/)?python[\d.]*(\s|$)/.test(command),
    );
    if (programs.length === 0) continue;
    const text = programs.join("\n");
    const [named] = /[\w.-]+[-_]redis-db[-_]\d+/.exec(text) ?? [];
    const actual = containers.get("redis-db")?.name ?? "";
    const base = {
      expected,
      observed: `Python runs in ${service}, and has no connection to the Redis of redis-db`,
      probe: `docker compose top ${service}`,
      next: QUEUE_LINE,
    };
    if (named !== undefined && hyphened(named) === hyphened(actual)) {
      return notYet({
        ...base,
        cause: `${named} is how another version of Compose spells the container's name: underscores in v1, hyphens in v2 (here it is ${actual}); the service's name, redis-db, is the same in both`,
        mistake: "underscores-or-hyphens",
      });
    }
    if (named !== undefined) {
      return notYet({
        ...base,
        cause: `${named} is a container's name, which changes with the folder; inside, the service's name is what leads to Redis`,
        mistake: "container-name",
      });
    }
    return notYet({
      ...base,
      cause:
        "inside a container localhost and 127.0.0.1 are the container itself; the service's name is redis-db",
      mistake: "localhost-inside",
    });
  }
  return null;
}

function hyphened(name: string): string {
  return name.replaceAll("_", "-");
}
