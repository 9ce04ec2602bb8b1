import { Cluster, Redis, type RedisOptions } from "ioredis";
import { type ConnectionOptions as TlsOptions } from "node:tls";
import { pushCommand } from "./bulk-push.js";
import { type Connect, disconnect, isErrorReply, type RedisClient } from "./client.js";
import { answerInTime } from "./silence.js";

export interface Address {
  host: string;
  port: number;
}

/** Where Redis is, and how to be let in. */
export interface ConnectionOptions {
  /** Default 127.0.0.1. */
  host?: string | undefined;
  /** Default 6379. */
  port?: number | undefined;
  /** A Unix socket; `host` and `port` are then not used. */
  path?: string | undefined;
  /** Database number, default 0, as in HotQueue. A cluster has only 0. */
  db?: number | undefined;
  username?: string | undefined;
  password?: string | undefined;
  /** TLS, with the system's certificates or with options of its own. */
  tls?: boolean | TlsOptions | undefined;
  /** Ask these sentinels for the master of this name; `host` and `port` are then not used. */
  sentinel?: { addresses: Address[]; master: string } | undefined;
  /** Nodes of a cluster to start from; `host` and `port` are then not used. */
  cluster?: Address[] | undefined;
  /** Milliseconds to wait for the connection, default 5,000. */
  connectTimeout?: number | undefined;
}

const noRetry = () => null;

/**
 * Connections are made by hand, step by step: ioredis' own AUTH and SELECT report failures aside and let the
 * commands behind them run on, then in database 0. And it never repeats a command or reconnects by itself: a
 * put whose answer did not come must not be sent twice unseen.
 */
export function connectTo(options: ConnectionOptions): Connect {
  const { cluster, db = 0 } = options;
  if (cluster && db !== 0) throw new RangeError(`db is ${db}; a Redis cluster has only database 0`);
  /** The nodes that were there last: one that is named in `cluster` may be down when we come back. */
  let known: Address[] = [];
  return async () => {
    const client = cluster ? clusterClient(options, [...cluster, ...known]) : nodeClient(options);
    let reason: unknown;
    client.on("error", (error: unknown) => {
      reason ??= error;
    });
    try {
      await client.connect();
      if (client instanceof Cluster) known = client.nodes().map(({ options: at }) => addressOf(at));
      else await answerInTime(client, enter(client, options));
    } catch (error) {
      disconnect(client);
      throw withoutPassword(lastNodeError(reason) ?? error, options.password);
    }
    return Object.assign(client, {
      pushMany: (key: string, messages: readonly Uint8Array[]) =>
        client.sendCommand(pushCommand(key, messages)) as Promise<unknown>,
    });
  };
}

function nodeClient(options: ConnectionOptions): Redis {
  const shared: RedisOptions = { ...commonOptions(options), lazyConnect: true, retryStrategy: noRetry };
  if (!options.sentinel) {
    if (options.path !== undefined) return new Redis({ ...shared, path: options.path });
    return new Redis({ ...shared, host: options.host ?? "127.0.0.1", port: options.port ?? 6379 });
  }
  const { addresses, master } = options.sentinel;
  return new Redis({ ...shared, sentinels: addresses, name: master, sentinelRetryStrategy: noRetry });
}

function clusterClient(options: ConnectionOptions, nodes: Address[]): Cluster {
  const { username, password } = options;
  return new Cluster(nodes, {
    lazyConnect: true,
    clusterRetryStrategy: noRetry,
    retryDelayOnFailover: 0, // else a command whose connection was lost is sent again
    enableOfflineQueue: true,
    enableReadyCheck: false, // where it fails, connect() never ends; and the first command fails as well
    retryDelayOnClusterDown: 0, // who waits asks again; who does not is told at once
    redisOptions: {
      ...commonOptions(options),
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
    },
  });
}

function commonOptions({ tls, connectTimeout }: ConnectionOptions): RedisOptions {
  return {
    connectTimeout: connectTimeout ?? 5000,
    // Neither is needed, and each is a round trip before the first command.
    enableReadyCheck: false,
    disableClientInfo: true,
    keepAlive: 10_000,
    ...(tls !== undefined && tls !== false && { tls: tls === true ? {} : tls }),
  };
}

/** AUTH and SELECT in one write; the first failure is the one that tells. */
async function enter(client: RedisClient, { username, password, db = 0 }: ConnectionOptions): Promise<void> {
  const steps: Promise<unknown>[] = [];
  if (password !== undefined) {
    steps.push(client.callBuffer("AUTH", ...(username ? [username] : []), password));
  }
  if (db !== 0) steps.push(client.callBuffer("SELECT", db));
  const failed = (await Promise.allSettled(steps)).find((step) => step.status === "rejected");
  if (failed) throw failed.reason;
}

/** A server that does not know AUTH answers with the arguments that it was given. */
function withoutPassword(error: unknown, password = ""): unknown {
  if (!isErrorReply(error) || password === "") return error;
  const message = error.message.replace(/, with args beginning with.*/s, "");
  const said = password.length > 3 ? message.replaceAll(password, "…") : message;
  return said === error.message ? error : Object.assign(new Error(said), { name: error.name });
}

function addressOf({ host = "127.0.0.1", port = 6379 }: RedisOptions): Address {
  return { host, port };
}

/** A cluster's client wraps what went wrong at the node that it asked last, where it knows it. */
function lastNodeError(reason: unknown): unknown {
  const { lastNodeError: last } = (reason ?? {}) as { lastNodeError?: unknown };
  return last instanceof Error && last.message !== "Connection is closed." ? last : reason;
}
