import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecureContext, TLSSocket } from "node:tls";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The web, as far as the programs know it. */
export interface Web extends AsyncDisposable {
  /** The variables that lead a program to it. */
  environment: Record<string, string>;
}

/**
 * A proxy that answers for every https address itself, with the file of that name. It has a certificate of its own, made
 * for the run, which the variables let Python trust.
 */
export async function standInForWeb(files: Readonly<Record<string, string>>): Promise<Web> {
  const folder = await mkdtemp(join(tmpdir(), "tq-web-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  await run("openssl", [
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=data.example.org"],
    ...["-addext", "subjectAltName=DNS:data.example.org", "-keyout", key, "-out", certificate],
  ]);
  const secureContext = createSecureContext({ key: await readFile(key), cert: await readFile(certificate) });
  await writeFile(key, "");
  const answer = ({ url = "" }: IncomingMessage, response: ServerResponse): void => {
    const text = files[url.replace(/.*\//, "")];
    response.writeHead(text === undefined ? 404 : 200);
    response.end(text);
  };
  const inside = createServer(answer);
  const proxy = createServer(answer);
  const sockets = new Set<Socket>();
  proxy.on("connect", (_: IncomingMessage, socket: Socket) => {
    sockets.add(socket);
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    const secure = new TLSSocket(socket, { isServer: true, secureContext });
    // Who goes without a goodbye is gone.
    secure.on("error", () => socket.destroy());
    inside.emit("connection", secure);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    environment: {
      HTTPS_PROXY: address,
      https_proxy: address,
      NO_PROXY: "",
      no_proxy: "",
      SSL_CERT_FILE: certificate,
      REQUESTS_CA_BUNDLE: certificate,
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      proxy.closeAllConnections();
      proxy.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
