import { request } from "node:http";
import { type EngineSocket, listenAsEngine } from "./engine-socket.js";

/**
 * The real engine, but for what it says of its images: it has none of these. To take them from it would take them
 * from everybody who uses it.
 */
export function startEngineWithout(images: readonly string[]): Promise<EngineSocket> {
  return listenAsEngine((incoming, response) => {
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
  });
}
