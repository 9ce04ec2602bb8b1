import { type Docker } from "./docker.js";
import { isOwnedBy, makeLabels, type Owner } from "./labels.js";
import { TqError } from "../errors.js";

/** Makes a network unless the owner has it. Throws `TqError` (exit 3) where one of that name is another's. */
export async function ensureNetwork(docker: Docker, name: string, owner: Owner): Promise<void> {
  const found = await docker.find((client) => client.getNetwork(name).inspect());
  if (!found) {
    await docker.ask((client) =>
      client.createNetwork({ Name: name, Labels: makeLabels(owner), CheckDuplicate: true }),
    );
    return;
  }
  const { Labels } = found as { Labels?: Record<string, string> };
  if (isOwnedBy(Labels, owner)) return;
  throw new TqError(`there is a network "${name}" already, which this tq did not make`, {
    code: "name-taken",
    exitCode: 3,
    hint: `See it:  docker network inspect ${name}`,
  });
}

/** Puts a container on a network, under further names; nothing where it is there already. */
export async function connectContainer(
  docker: Docker,
  network: string,
  container: string,
  aliases: readonly string[],
): Promise<void> {
  const found = await docker.find((client) => client.getContainer(container).inspect());
  if (!found || network in found.NetworkSettings.Networks) return;
  await docker.ask((client) =>
    client.getNetwork(network).connect({ Container: container, EndpointConfig: { Aliases: [...aliases] } }),
  );
}

/** Removes the owner's network, taking off it whatever is on it; nothing where there is none. */
export async function removeNetwork(docker: Docker, name: string, owner: Owner): Promise<void> {
  const found = (await docker.find((client) => client.getNetwork(name).inspect())) as {
    Labels?: Record<string, string>;
    Containers?: Record<string, unknown>;
  } | null;
  if (!found || !isOwnedBy(found.Labels, owner)) return;
  for (const id of Object.keys(found.Containers ?? {})) {
    await docker.find((client) => client.getNetwork(name).disconnect({ Container: id, Force: true }));
  }
  await docker.find((client) => client.getNetwork(name).remove());
}

/** Every network that has these labels, `name` or `name=value`. */
export async function findNetworks(
  docker: Docker,
  label: readonly string[],
): Promise<{ name: string; labels: Readonly<Record<string, string>> }[]> {
  const found = await docker.ask((client) => client.listNetworks({ filters: { label: [...label] } }));
  // The types do not say that there may be none.
  return found.map(({ Name, Labels }) => ({
    name: Name,
    labels: (Labels as Record<string, string> | null) ?? {},
  }));
}
