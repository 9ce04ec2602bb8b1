import { type EmbeddedServer, serveEmbedded } from "../../redis/engines/embedded-server.js";

/** A private Redis that outlives its run, so that somebody can look into it. It is gone when it is disposed of. */
export interface KeptServer extends AsyncDisposable {
  /** What was run against it. */
  what: string;
  url: string;
}

/** Told of each private Redis when its run is over, to keep it; undefined where none is to be kept. */
export type Keep = ((server: KeptServer) => void) | undefined;

/** A Redis for one run: at its end it is handed over to `keep`, or gone. */
export async function openPrivateServer(
  what: string,
  keep: Keep,
): Promise<Pick<EmbeddedServer, "port" | "takes"> & AsyncDisposable> {
  const server = await serveEmbedded({ port: 0 });
  const { port, takes, close } = server;
  const url = `redis://127.0.0.1:${port}`;
  const end = async (): Promise<void> => {
    if (keep) keep({ what, url, [Symbol.asyncDispose]: close });
    else await close();
  };
  return { port, takes, [Symbol.asyncDispose]: end };
}
