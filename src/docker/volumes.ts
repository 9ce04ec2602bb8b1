import { TqError } from "../errors.js";
import { type Docker } from "./docker.js";
import { isOwnedBy, makeLabels, type Owner } from "./labels.js";

/** Makes a volume unless the owner has it. True if it is new. Throws `TqError` (exit 3) where it is another's. */
export async function ensureVolume(docker: Docker, name: string, owner: Owner): Promise<boolean> {
  const found = await docker.find((client) => client.getVolume(name).inspect());
  if (!found) {
    await docker.ask((client) => client.createVolume({ Name: name, Labels: makeLabels(owner) }));
    return true;
  }
  if (isOwnedBy(found.Labels, owner)) return false;
  throw new TqError(`there is a volume "${name}" already, which this tq did not make`, {
    code: "name-taken",
    exitCode: 3,
    hint: `Use another name: --name <name>\nSee it:           docker volume inspect ${name}`,
  });
}

/** Removes the owner's volume; nothing where there is none. */
export async function removeVolume(docker: Docker, name: string, owner: Owner): Promise<void> {
  const found = await docker.find((client) => client.getVolume(name).inspect());
  if (found && isOwnedBy(found.Labels, owner)) await docker.ask((client) => client.getVolume(name).remove());
}
