import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface DockerProxy extends AsyncDisposable {
  /** For DOCKER_HOST. */
  url: string;
}

/**
 * The real engine, but for what it says of its images: it has none of these. To take them from it would take them
 * from everybody who uses it.
 */
export async function startEngineWithout(images: readonly string[]): Promise<DockerProxy> {
  const folder = await mkdtemp(join(tmpdir(), "tq-test-proxy-"));
  const socket = join(folder, "docker.sock");
  const server = createServer((incoming, response) => {
    const { url = "", method, headers } = incoming;
    if (images.some((image) => decodeURIComponent(url).includes(`/images/${image}/json`))) {
      response.writeHead(404).end(JSON.stringify({ message: "no such image" }));
      return;
    }
    const engine = request({ socketPath: "/var/run/docker.sock", path: url, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(engine);
  }).listen(socket);
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
