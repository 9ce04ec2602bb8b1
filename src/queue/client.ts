type Argument = string | number | Buffer | readonly Buffer[];

/** What the queue needs of a connection to Redis; the clients of ioredis have it. */
export interface RedisClient {
  /** Sends one command; text in its reply comes as Buffers. An array among the arguments is spread. */
  callBuffer(command: string, ...args: Argument[]): Promise<unknown>;
  /** RPUSH of many messages, faster than `callBuffer`; the clients that `connectTo` opens have it. */
  pushMany?(key: string, messages: readonly Uint8Array[]): Promise<unknown>;
  /** The socket; what is written between `cork` and `uncork` is sent at once. */
  readonly stream?: {
    cork?(): void;
    uncork?(): void;
    /** The process need not live on for it. */
    unref?(): unknown;
    readonly bytesRead?: number;
    readonly bytesWritten?: number;
    readonly writableLength?: number;
  };
  /** Commands whose answers are owed. */
  readonly commandQueue?: { readonly length: number };
  /** Closes at once; replies that are still awaited are rejected. */
  disconnect(): void;
  /** True for a cluster's client: commands without a key go to any node. */
  readonly isCluster?: boolean;
  /** A cluster's nodes, each with a client of its own. */
  nodes?(role: "master"): RedisClient[];
  /** "end" once it is closed for good. */
  readonly status?: string;
}

/** Opens a connection of its own at each call, ready for commands; rejects when that fails, and never retries. */
export type Connect = () => Promise<RedisClient>;

/** Redis answered, with an error: the connection itself is well. */
export function isErrorReply(error: unknown): error is Error {
  return error instanceof Error && error.name === "ReplyError";
}

/** The first word of Redis' error reply, such as WRONGTYPE; "" for any other error. */
export function replyCode(error: unknown): string {
  return isErrorReply(error) ? (/^[A-Z]+/.exec(error.message)?.[0] ?? "") : "";
}

/** Error replies of a server that starts, cannot save, is a replica for now, or has just become one; and of a fail-over. */
const PASSING = new Set([
  ...["LOADING", "MASTERDOWN", "MISCONF", "READONLY", "UNBLOCKED"],
  ...["CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS"],
]);

/** The refusal passes by itself, or another server is the master then: who waits may wait on. */
export function isPassing(error: unknown): boolean {
  return PASSING.has(replyCode(error));
}

/**
 * Closes a connection unless it is closed already: told to close once more, ioredis waits two seconds for the
 * end of what has ended, and keeps the process alive for it.
 */
export function disconnect(client: RedisClient): void {
  if (client.status !== "end" && client.status !== "close") client.disconnect();
}
