import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** What can befall a piece of the stream; all but the delay end the connection. */
const HARMS = ["cut in the middle of a reply", "reset", "never answered", "arrived late"] as const;

export interface UnsteadyProxy extends AsyncDisposable {
  port: number;
  /** How often each befell. */
  befallen: Map<string, number>;
  /** From now on everything passes. */
  calm: () => void;
}

/**
 * A network between clients and Redis that delays every piece by up to 3 ms and harms one in `every`: cuts in the
 * middle of a reply, resets, swallows an answer, or delivers a command when its sender is gone already.
 */
export async function startUnsteadyProxy(
  target: number,
  every: number,
  random: () => number,
): Promise<UnsteadyProxy> {
  const befallen = new Map<string, number>();
  const open = new Set<Socket>();
  let calm = false;
  const harm = (): (typeof HARMS)[number] | undefined => {
    if (calm || random() * every >= 1) return undefined;
    const kind = HARMS[Math.floor(random() * HARMS.length)];
    if (kind) befallen.set(kind, (befallen.get(kind) ?? 0) + 1);
    return kind;
  };
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket.setNoDelay());
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
      });
    }
    pump(near, far, async (chunk) => {
      const kind = harm();
      if (kind === "reset") near.resetAndDestroy();
      if (kind === "arrived late") {
        near.destroy();
        await delay(random() * 300);
      }
      if (kind !== "reset") far.write(chunk);
      if (kind === "never answered") near.destroy();
      if (kind !== undefined) far.end();
    });
    pump(far, near, (chunk) => {
      const kind = harm();
      if (kind === undefined) near.write(chunk);
      else if (kind === "reset") near.resetAndDestroy();
      else near.end(chunk.subarray(0, kind === "cut in the middle of a reply" ? chunk.length / 2 : 0));
      if (kind !== undefined) far.destroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  /** Each piece in its order, a little later. */
  function pump(from: Socket, to: Socket, pass: (chunk: Buffer) => Promise<void> | void): void {
    let last: Promise<void> = Promise.resolve();
    from.on("data", (chunk: Buffer) => {
      last = last.then(async () => {
        if (!calm) await delay(random() * 3);
        if (to.writable) await pass(chunk);
      });
    });
    from.on("close", () => {
      void last.then(() => to.end());
    });
  }

  return {
    port: (server.address() as AddressInfo).port,
    befallen,
    calm: () => {
      calm = true;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, "close");
    },
  };
}
