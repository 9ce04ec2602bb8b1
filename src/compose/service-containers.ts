import { type Docker } from "../docker/docker.js";
import { findContainers, type FoundContainer } from "../docker/find-containers.js";
import { findNetworks } from "../docker/networks.js";
import { PROJECT_LABEL } from "./throwaway-project.js";

/** A container that Docker Compose made for a service. */
export interface ServiceContainer extends FoundContainer {
  service: string;
  project: string;
  /** Absolute folder of the Compose file. */
  folder: string;
}

/** Every container that Compose has made on this engine, running or not. */
export async function listServiceContainers(docker: Docker): Promise<ServiceContainer[]> {
  const found = await findContainers(docker, [PROJECT_LABEL]);
  return found.map((container) => ({
    ...container,
    service: container.labels["com.docker.compose.service"] ?? "",
    project: container.labels[PROJECT_LABEL] ?? "",
    folder: container.labels["com.docker.compose.project.working_dir"] ?? "",
  }));
}

/** Names of the networks that Compose has made for a project. */
export async function listProjectNetworks(docker: Docker, project: string): Promise<string[]> {
  const found = await findNetworks(docker, [`${PROJECT_LABEL}=${project}`]);
  return found.map(({ name }) => name);
}
