import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Something that listens on a socket of its own, in the place of a Docker engine. */
export interface EngineSocket extends AsyncDisposable {
  /** For DOCKER_HOST. */
  url: string;
}

export async function listenAsEngine(answer: RequestListener): Promise<EngineSocket> {
  const folder = await mkdtemp(join(tmpdir(), "tq-test-engine-"));
  const socket = join(folder, "docker.sock");
  const server = createServer(answer).listen(socket);
  await once(server, "listening");
  return {
    url: `unix://${socket}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}
