import { once } from "node:events";
import { connect } from "node:net";

/**
 * Whether a Redis answers at host:port or at a socket's path, with or without a password; null if it does, else why
 * not.
 */
export async function tryAddress(address: string, patience: number): Promise<string | null> {
  const signal = AbortSignal.timeout(patience);
  const colon = address.lastIndexOf(":");
  const place = { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
  const socket = connect(address.startsWith("/") ? { path: address } : place);
  socket.on("error", () => undefined);
  try {
    await once(socket, "connect", { signal });
    socket.write("PING\r\n");
    const [reply] = (await once(socket, "data", { signal })) as [Buffer];
    return /^(\+PONG|-NOAUTH|-LOADING)/.test(reply.toString("latin1"))
      ? null
      : "it does not answer as a Redis does";
  } catch (error) {
    if (signal.aborted) return "no answer";
    const { code = "", message } = error as NodeJS.ErrnoException;
    const known: Readonly<Record<string, string>> = {
      ECONNREFUSED: "connection refused",
      ENOTFOUND: "the name is not known",
      EAI_AGAIN: "the name is not known",
      EHOSTUNREACH: "no route to it",
      ENETUNREACH: "no route to it",
    };
    return known[code] ?? message;
  } finally {
    socket.destroy();
  }
}
