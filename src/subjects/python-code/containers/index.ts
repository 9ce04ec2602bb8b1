import { type ComposeProject } from "../../../compose/project.js";

import { type Project } from "../project.js";
import { findBuildFaults } from "./building.js";
import { findListeningFaults } from "./listening.js";
import { findMeetingFaults } from "./meeting.js";
import { findParts, type Parts } from "./parts.js";
import { findRedisEdition } from "./redis-edition.js";
import { findStartFaults } from "./starting.js";
import { type ContainerFault } from "./fault.js";
import { findValueFaults } from "./values.js";

/** What a Compose file makes of the student's code. */
export interface Containers extends Parts {
  /** What cannot run, the first cause first. */
  faults: readonly ContainerFault[];
  /** What runs, and could be better. */
  remarks: readonly ContainerFault[];
}

/** Reads a Compose project and the code together; nothing is built or started. */
export function readContainers(compose: ComposeProject, project: Project): Containers {
  const parts = findParts(compose, project);
  return {
    ...parts,
    faults: [
      ...findBuildFaults(compose),
      ...findStartFaults(parts, project),
      ...findMeetingFaults(parts, compose),
      ...findValueFaults(parts, project, compose),
      ...findListeningFaults(parts, project),
    ],
    remarks: findRedisEdition(parts, project, compose),
  };
}
