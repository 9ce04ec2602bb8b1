import { Observer } from "../../redis/observe/observer.js";
import { type ConnectedClient } from "../../redis/observe/client-list.js";
import { type RedisList } from "../../redis/observe/lists.js";
import { showHost } from "../../redis/url/hosts.js";

/** Another Redis of this machine, and what is in it. */
export interface OtherRedis {
  url: string;
  lists: RedisList[];
  clients: ConnectedClient[];
}

/** Where a second Redis of a student's machine usually listens. */
const PORTS = Array.from({ length: 11 }, (_, n) => 6379 + n);
const HOSTS = ["127.0.0.1", "::1"];

/** Milliseconds that each has for accepting a connection. */
const PATIENCE = 300;

/** Every Redis of this machine, other than the one of this run id, that answers without a password. Changes nothing. */
export async function findOtherRedises(own: string): Promise<OtherRedis[]> {
  const found = await Promise.all(HOSTS.flatMap((host) => PORTS.map((port) => look(host, port))));
  const seen = new Set([own]);
  return found.flatMap((one) => {
    if (!one || seen.has(one.runId)) return [];
    seen.add(one.runId);
    return one;
  });
}

async function look(host: string, port: number): Promise<(OtherRedis & { runId: string }) | null> {
  try {
    using observer = await Observer.open({ host, port, connectTimeout: PATIENCE }, { live: false });
    const { lists, clients, runId } = await observer.look();
    return { url: `redis://${showHost(host)}:${port}`, lists, clients, runId };
  } catch {
    return null; // nobody there, or nobody whom we may ask
  }
}
