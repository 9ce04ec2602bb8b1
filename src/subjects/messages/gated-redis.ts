import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What a program has sent to Redis, and what has not gone on to it. */
export interface Request {
  /** The commands in it, in upper case; a program waits for the answer before it sends another. */
  commands: readonly string[];
  /** Lets it go on to Redis. */
  pass: () => void;
}

/** A way to a Redis on which each request of a program can be held up, and so be the last that it makes. */
export interface GatedRedis extends AsyncDisposable {
  /** Port on 127.0.0.1. */
  port: number;
}

/** `onRequest` is given each request, in order, and passes it, now or later or never. Rejects with the system's error. */
export async function openGate(
  redisPort: number,
  onRequest: (request: Request) => void,
): Promise<GatedRedis> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  };
  const server = createServer((program) => {
    const redis = keep(connect(redisPort, "127.0.0.1"));
    keep(program).on("data", (bytes) => {
      onRequest({ commands: commandsOf(bytes), pass: () => redis.write(bytes) });
    });
    redis.pipe(program);
    program.on("close", () => redis.destroy());
    redis.on("close", () => program.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** The names of the commands of a request, which is an array of strings for each, the name first. */
function commandsOf(bytes: Buffer): string[] {
  return [...bytes.toString("latin1").matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g)].map(([, name = ""]) =>
    name.toUpperCase(),
  );
}
