import { once } from "node:events";
import { type AddressInfo, type Socket } from "node:net";
import { EmbeddedHistory } from "./embedded-history.js";
import { FairTurns } from "./fair-turns.js";
import { TakeGate } from "./take-gate.js";

export interface EmbeddedOptions {
  /** 0 takes a free one. */
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
  password?: string | undefined;
}

export interface EmbeddedServer extends AsyncDisposable {
  port: number;
  takes: Pick<TakeGate, "open" | "close">;
  /** Ends all connections, and forgets all data. */
  close: () => Promise<void>;
}

/** A Redis in this process, for as long as it lives. Rejects with the system's error (EADDRINUSE, EACCES). */
export async function serveEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { port, host = "127.0.0.1", password } = options;
  const core = await import("js-redis-server/core");
  const { ClientSession, createRedisCommandExecutor, RedisServerState, Resp2Server } = core;
  const history = new EmbeddedHistory();
  const takes = new TakeGate();
  const compatibility = "redis-7.2";
  const state = new RedisServerState({
    compatibility,
    databaseCount: 16,
    ...(password !== undefined && { requirepass: password }),
  });
  for (const database of state.databases) Object.assign(database, { turnQueue: new FairTurns() });
  // Its own listen() would take all interfaces.
  const { server } = new Resp2Server({
    server: state,
    executor: createRedisCommandExecutor({
      compatibility,
      policies: [takes.policy, history.policy],
      extraCommands: [history.makeCommand(core)],
    }),
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    // Answers to commands that came together are written one by one; the second would wait 40 ms for the client's word.
    socket.setNoDelay(true);
    const client = `${socket.remoteAddress ?? ""}:${socket.remotePort ?? ""}`;
    socket
      .on("error", () => undefined)
      .on("close", () => {
        sockets.delete(socket);
        // Else it waits on, and the next message goes to nobody.
        for (const session of state.getConnectedClients())
          if (session instanceof ClientSession && session.clientAddress === client) session.close();
        history.noteEnd(client);
      });
  });
  server.listen(port, host);
  await once(server, "listening");
  const close = async () => {
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    takes.open();
    state.close();
    await closed;
  };
  return { port: (server.address() as AddressInfo).port, takes, close, [Symbol.asyncDispose]: close };
}
