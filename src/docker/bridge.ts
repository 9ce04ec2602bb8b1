import { once } from "node:events";
import { createServer } from "node:net";
import { type Docker } from "./docker.js";
import { type AddressPools, gatewayOf } from "./gateway.js";

/**
 * The address of the default bridge on this machine, at which containers reach its published ports, such as
 * 172.17.0.1; null where this machine does not have it, as with Docker Desktop and rootless engines.
 */
export async function findBridgeAddress(docker: Docker): Promise<string | null> {
  const network = await docker.find((client) => client.getNetwork("bridge").inspect());
  const { IPAM } = (network ?? {}) as { IPAM?: { Config?: AddressPools } };
  const gateway = gatewayOf(IPAM?.Config);
  return gateway !== null && (await isOurs(gateway)) ? gateway : null;
}

/** Asked by listening there: while no container runs the bridge is in no list of interfaces. */
async function isOurs(address: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(0, address);
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
