import { Docker } from "../../docker/docker.js";
import { type DockerMap, drawDockerMap, type MappedContainer, tryFromContainer } from "../../docker/map.js";
import { TqError } from "../../errors.js";
import { tryAddress } from "../../redis/try-address.js";
import { type CommandModule } from "../command.js";
import { type Context } from "../context.js";
import { engineSurroundings } from "../engine-surroundings.js";
import { drawNetworks, type NetworkFacts, type Route } from "../network-picture.js";
import { findTarget } from "../open-queue.js";

const HERE = "this machine";
const REDIS_PORT = 6379;

/** Milliseconds that each address has for answering. */
const PATIENCE = 1000;

export const network: CommandModule = {
  define: (command) => command,
  note: "Every address is really tried. Nothing is changed.",

  run: async (context) => {
    const facts = await gather(context);
    const { out, settings } = context;
    if (settings.json)
      await out.line(
        JSON.stringify({
          ...facts.map,
          withoutDocker: facts.withoutMap || null,
          routes: facts.routes,
          untried: facts.untried,
        }),
      );
    else await out.tell(drawNetworks(facts, settings.plain).join("\n"));
    return 0;
  },
};

async function gather(context: Context): Promise<NetworkFacts> {
  const docker = new Docker(engineSurroundings(context));
  let map: DockerMap | null = null;
  let withoutMap = "";
  try {
    map = await drawDockerMap(docker);
  } catch (error) {
    if (!(error instanceof TqError)) throw error;
    withoutMap = error.message;
  }
  const { host = "127.0.0.1", port = REDIS_PORT, path } = findTarget(context).connection;
  const redises = (map?.containers ?? []).filter(listensOnRedisPort);
  const used: Way = {
    to: "tq's commands",
    address: path ?? `${host}:${port}`,
    kind: "what tq's commands use",
  };
  const others = redises.flatMap(fromHere).filter(({ address }) => address !== used.address);
  const routes = await tryFromHere([used, ...others]);
  const untried: NetworkFacts["untried"] = [];
  const gateway = map?.networks.find(({ name }) => name === "bridge")?.gateway ?? "";
  await Promise.all(
    (map?.containers ?? [])
      .filter((one) => !redises.includes(one))
      .map(async (one) => {
        const ways = redises.flatMap((redis) => fromContainer(one, redis, gateway));
        if (ways.length === 0) return;
        const attempts = await tryFromContainer(
          docker,
          one.id,
          ways.map(({ address }) => address),
          context.signal,
        );
        if (!attempts) untried.push({ from: one.name, reason: "it has no Python to try with" });
        else
          attempts.forEach((attempt, n) => routes.push({ from: one.name, ...(ways[n] as Way), ...attempt }));
      }),
  );
  return { map, withoutMap, routes, untried };
}

type Way = Pick<Route, "to" | "address" | "kind">;

function listensOnRedisPort({ exposed, ports }: MappedContainer): boolean {
  return exposed.includes(REDIS_PORT) || ports.some(({ inside }) => inside === REDIS_PORT);
}

/** Ways from the host: published ports, and the container's own address, which not every Docker lets through. */
function fromHere({ name, ports, networks }: MappedContainer): Way[] {
  const published = ports
    .filter(({ inside }) => inside === REDIS_PORT)
    .map(({ address, port }) => ({
      to: name,
      address: `${address === "0.0.0.0" || address === "::" ? "127.0.0.1" : address}:${port}`,
      kind: `published by ${name}`,
    }));
  const own = Object.values(networks).map(({ address }) => ({
    to: name,
    address: `${address}:${REDIS_PORT}`,
    kind: `${name} itself; changes at each start`,
  }));
  const seen = new Set<string>();
  return [...published, ...own].filter(({ address }) => !seen.has(address) && seen.add(address));
}

/** Ways from a container: names on a shared network, its own localhost, and the host's address on the bridge. */
function fromContainer(from: MappedContainer, to: MappedContainer, gateway: string): Way[] {
  const names = Object.entries(to.networks).flatMap(([shared, { names: known }]) =>
    shared in from.networks ? known : [],
  );
  const port = to.ports.find(({ inside }) => inside === REDIS_PORT)?.port;
  return [
    ...names.map((name) => ({
      to: to.name,
      address: `${name}:${REDIS_PORT}`,
      kind: `${to.name}, by a name on a shared network`,
    })),
    {
      to: to.name,
      address: `127.0.0.1:${REDIS_PORT}`,
      kind: "inside a container that is the container itself",
    },
    ...(gateway !== "" && port !== undefined
      ? [{ to: to.name, address: `${gateway}:${port}`, kind: "this machine, over the bridge" }]
      : []),
  ];
}

async function tryFromHere(ways: readonly Way[]): Promise<Route[]> {
  return Promise.all(
    ways.map(async (way) => {
      const reason = await tryAddress(way.address, PATIENCE);
      return { from: HERE, ...way, answers: reason === null, reason: reason ?? "" };
    }),
  );
}
