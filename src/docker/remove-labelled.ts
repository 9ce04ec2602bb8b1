import { type Docker } from "./docker.js";

/**
 * Removes what carries a label, `name=value`: containers, networks, volumes; and images by the beginning of their
 * names. Returns how many containers there were.
 */
export async function removeLabelled(docker: Docker, label: string, images: string): Promise<number> {
  const filters = { label: [label] };
  return docker.ask(async (client) => {
    const containers = await client.listContainers({ all: true, filters });
    // What has gone meanwhile is what was wanted.
    const gone = (removal: Promise<unknown>): Promise<unknown> => removal.catch(() => undefined);
    await Promise.all(
      containers.map(({ Id }) => gone(client.getContainer(Id).remove({ force: true, v: true }))),
    );
    const networks = await client.listNetworks({ filters });
    const { Volumes } = await client.listVolumes({ filters });
    const found = await client.listImages({ filters: { reference: [`${images}*`] } });
    await Promise.all([
      ...networks.map(({ Id }) => gone(client.getNetwork(Id).remove())),
      ...Volumes.map(({ Name }) => gone(client.getVolume(Name).remove())),
      ...found.flatMap(({ RepoTags }) => (RepoTags ?? []).map((tag) => gone(client.getImage(tag).remove()))),
    ]);
    return containers.length;
  });
}
