import { type Traffic } from "../../src/course/authoring.js";

/** From a client's address to its service; null for clients that come from elsewhere. */
export type ServiceOf = (address: string) => string | null;

interface End {
  service: string;
  db: number;
  /** Null where it is not known. */
  key: string | null;
}

interface Apart {
  observed: string;
  cause: string;
  next: string;
  mistake: string;
}

/** One container puts and the other waits, and not at the same place; null where no such two ends are seen. */
export function explainApart(traffic: Traffic, serviceOf: ServiceOf): Apart | null {
  const waiting = waitingEnds(traffic, serviceOf);
  for (const put of puttingEnds(traffic, serviceOf)) {
    const other = waiting.find(({ service }) => service !== put.service);
    if (!other) continue;
    if (put.db !== other.db) {
      return {
        observed: `${put.service} has put ${show(put)}; ${other.service} waits ${show(other)}`,
        cause: `the two ends use different databases: db=${put.db} and db=${other.db}`,
        next: `make both the same: HotQueue("queue", host="redis-db", port=6379, db=1, socket_timeout=None)`,
        mistake: "other-database",
      };
    }
    // Who waits where a message lies waits for another list.
    const isLeft = traffic.lists.some(
      ({ db, key, length }) => db === put.db && key === put.key && length > 0,
    );
    if (put.key !== null && (other.key === null ? isLeft : put.key !== other.key)) {
      return {
        observed: `${put.service} has put ${show(put)}; ${other.service} waits ${show(other)}`,
        cause: "the two ends use queues of different names",
        next: `make both the same: HotQueue("queue", host="redis-db", port=6379, db=1, socket_timeout=None)`,
        mistake: "other-queue",
      };
    }
  }
  return null;
}

/** The newest first: what was tried before may be mended. */
function puttingEnds({ traces, clients, lists }: Traffic, serviceOf: ServiceOf): End[] {
  const seen = traces
    .flatMap(({ db, key, puts }) => puts.map(({ client, order }) => ({ db, key, client, order })))
    .sort((a, b) => b.order - a.order)
    .flatMap(({ db, key, client }) => endOf(serviceOf(client), db, key));
  const present = clients
    .filter(({ command }) => command === "RPUSH")
    .flatMap(({ address, db }) => {
      const keys = lists.filter((list) => list.db === db && list.length > 0).map(({ key }) => key);
      return endOf(serviceOf(address), db, keys.length === 1 ? (keys[0] ?? null) : null);
    });
  return [...seen, ...present];
}

function waitingEnds({ traces, clients }: Traffic, serviceOf: ServiceOf): End[] {
  const seen = traces.flatMap(({ db, key, waiting }) =>
    waiting.flatMap((client) => endOf(serviceOf(client), db, key)),
  );
  const present = clients
    .filter(({ blocked }) => blocked)
    .flatMap(({ address, db }) => endOf(serviceOf(address), db, null));
  return [...seen, ...present];
}

function endOf(service: string | null, db: number, key: string | null): End[] {
  return service === null ? [] : [{ service, db, key }];
}

function show({ db, key }: End): string {
  return `${key === null ? "" : `on ${key} `}in database ${db}`;
}
