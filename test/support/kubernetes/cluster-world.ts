import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Redis } from "ioredis";

const STAND_IN = new URL("kubectl-stand-in.mjs", import.meta.url).pathname;

/** A folder whose `kubectl` is the stand-in, and what it has been asked. */
export class ClusterWorld implements AsyncDisposable {
  private constructor(
    private readonly folder: string,
    readonly env: Record<string, string>,
  ) {}

  static async make(world: object): Promise<ClusterWorld> {
    const folder = await mkdtemp(join(tmpdir(), "tq-test-kubectl-"));
    await mkdir(join(folder, "bin"));
    await cp(STAND_IN, join(folder, "bin", "kubectl"));
    await chmod(join(folder, "bin", "kubectl"), 0o755);
    return new ClusterWorld(folder, {
      PATH: [join(folder, "bin"), process.env["PATH"] ?? ""].join(delimiter),
      KUBECTL_WORLD: JSON.stringify(world),
      KUBECTL_STATE: join(folder, "state"),
    });
  }

  /** The command lines of all calls. */
  async calls(): Promise<string[]> {
    const log = await readFile(join(this.folder, "state.log"), "utf8").catch(() => "");
    return log.split("\n").filter((line) => line !== "");
  }

  /** Those that go to the cluster, without its context. */
  async asked(): Promise<string[]> {
    const calls = (await this.calls()).map((call) => call.replace(/^--context \S+ /, ""));
    return calls.filter((call) => !call.startsWith("config "));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** An API that queues an id for each request, on a free port. */
export async function serveJobs(redisPort: number): Promise<{ address: string } & AsyncDisposable> {
  const client = new Redis({ port: redisPort, db: 1 });
  const server = createServer((_, response) => {
    const id = randomUUID();
    void client
      .rpush("hotqueue:queue", id)
      .then(() => response.end(JSON.stringify({ id, status: "submitted" })));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      client.disconnect();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Workers, each with an address of its own, which take ids and mark their records. */
export async function startWorkers(
  redisPort: number,
  addresses: readonly string[],
): Promise<{ addresses: readonly string[] } & AsyncDisposable> {
  const sockets = await Promise.all(addresses.map((address) => startWorker(redisPort, address)));
  return {
    addresses,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) {
        socket.destroy();
        if (!socket.closed) await once(socket, "close");
      }
    },
  };
}

async function startWorker(redisPort: number, address: string): Promise<Socket> {
  const socket = connect({ port: redisPort, host: "127.0.0.1", localAddress: address });
  socket.on("data", (data) => {
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(data.toString())?.[0];
    if (id !== undefined) socket.write(`HSET job.${id} status complete\r\nBLPOP hotqueue:queue 0\r\n`);
  });
  await once(socket, "connect");
  socket.write("SELECT 1\r\nBLPOP hotqueue:queue 0\r\n");
  return socket;
}
