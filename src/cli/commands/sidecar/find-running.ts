import { shellCommand } from "../../../text/shell-word.js";
import { type Docker } from "../../../docker/docker.js";
import { listSidecars, type Sidecar } from "../../../docker/sidecars.js";
import { TqError } from "../../../errors.js";

/** The running sidecar of this name. Throws `TqError`: exit 2 where there is none of it, 3 where it does not run. */
export async function findRunning(docker: Docker, home: string, name: string): Promise<Sidecar> {
  const all = await listSidecars(docker, home);
  const found = all.find((one) => one.name === name);
  if (!found) {
    throw new TqError(`there is no sidecar "${name}"`, {
      code: "no-sidecar",
      exitCode: 2,
      hint:
        all.length > 0
          ? `There are: ${all.map((one) => one.name).join(", ")}`
          : `Start it:  ${shellCommand("tq", "sidecar", "up", name)}`,
    });
  }
  if (found.running) return found;
  throw new TqError(`the sidecar "${name}" does not run`, {
    code: "sidecar-stopped",
    exitCode: 3,
    hint: `Start it again:  tq sidecar up ${name}`,
  });
}
