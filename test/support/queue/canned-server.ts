import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";

export interface CannedServer extends AsyncDisposable {
  port: number;
}

/**
 * Listens on loopback and gives the same answer to whatever comes: for the states of a Redis that a real one is
 * not easily brought into, and for programs that are no Redis at all.
 */
export async function startCannedServer(answer: string): Promise<CannedServer> {
  const server: Server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => socket.write(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const sockets = new Set<{ destroy: () => void }>();
  server.on("connection", (socket) => sockets.add(socket));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
