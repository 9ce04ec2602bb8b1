import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface SilentProxy extends AsyncDisposable {
  port: number;
  /** From which it is connected to Redis. */
  ports: () => number[];
  /**
   * From now on nothing passes on the connections that are open, and neither end is told; with `all`, not on new ones
   * either.
   */
  fallSilent: (all?: "all") => void;
  /** What was sent meanwhile arrives, and all passes again. */
  speak: () => void;
}

/** What a firewall, a VPN or a suspended machine makes of connections to Redis: half-open ones. */
export async function startSilentProxy(target: number): Promise<SilentProxy> {
  const sockets = new Set<Socket>();
  const silent = new Set<Socket>();
  const held: (() => void)[] = [];
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from.setNoDelay());
      if (isSilent) silent.add(from);
      const pass = (what: () => void) => {
        if (silent.has(from)) held.push(what);
        else what();
      };
      from
        .on("error", () => undefined)
        .on("data", (chunk: Buffer) => {
          pass(() => to.write(chunk));
        })
        .on("close", () => {
          sockets.delete(from);
          pass(() => to.destroy());
        });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    ports: () => [...sockets].map(({ localPort = 0 }) => localPort),
    fallSilent: (all) => {
      isSilent = all !== undefined;
      for (const socket of sockets) silent.add(socket);
    },
    speak: () => {
      isSilent = false;
      silent.clear();
      for (const what of held.splice(0)) what();
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
