import { once } from "node:events";
import { createServer } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FakeDocker extends AsyncDisposable {
  /** For DOCKER_HOST. */
  url: string;
}

/**
 * A Docker engine that has no image and cannot fetch one, for reasons that a real one is not easily brought to
 * have. With a status the refusal is the answer itself, otherwise it comes in the middle of the progress; with
 * "slow" the progress never ends.
 */
export async function startFakeDocker(refusal: string, status?: number | "slow"): Promise<FakeDocker> {
  const folder = await mkdtemp(join(tmpdir(), "tq-test-engine-"));
  const socket = join(folder, "docker.sock");
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    if (path.startsWith("/_ping")) response.end("OK");
    else if (path.startsWith("/images/create")) {
      if (status === "slow") response.write('{"status":"Pulling"}\n');
      else if (status === undefined)
        response.end(
          `{"status":"Pulling"}\n${JSON.stringify({ error: refusal, errorDetail: { message: refusal } })}\n`,
        );
      else response.writeHead(status).end(JSON.stringify({ message: refusal }));
    } else response.writeHead(404).end(JSON.stringify({ message: "no such image" }));
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
