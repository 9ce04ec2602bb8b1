import { type EngineSocket, listenAsEngine } from "./engine-socket.js";

/**
 * A Docker engine that has no image and cannot fetch one, for reasons that a real one is not easily brought to
 * have. With a status the refusal is the answer itself, otherwise it comes in the middle of the progress; with
 * "slow" the progress never ends.
 */
export function startFakeDocker(refusal: string, status?: number | "slow"): Promise<EngineSocket> {
  return listenAsEngine((request, response) => {
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
  });
}
