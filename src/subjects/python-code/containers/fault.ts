import { type Finding, type SourceLine } from "../../../text/finding.js";

/** What keeps the containers of a jobs API from working together. */
export type ContainerFaultKind =
  | "env-file-missing"
  | "no-build-folder"
  | "no-dockerfile"
  /** `pip install -r` of a file that is not there. */
  | "no-requirements"
  /** What COPY names is not there, or nothing of the code is copied. */
  | "copies-nothing"
  | "command-misspelled"
  /** The command names a file that its container does not have. */
  | "not-in-image"
  /** The worker's service runs the API. */
  | "same-program"
  | "behind-profile"
  | "networks-apart"
  /** There can be one container of it only. */
  | "cannot-be-scaled"
  /** A variable for Redis' host: empty, the container itself, or no service's name. */
  | "compose-variable-unset"
  | "compose-variable-local"
  | "compose-variable-nowhere"
  /** The server listens on 127.0.0.1 of its container. */
  | "heard-inside-only"
  | "port-leads-nowhere"
  /** The newest redis for Python gives up a wait that nobody limited. */
  | "redis-not-pinned";

export type ContainerFault = Finding<ContainerFaultKind>;

export function fault(kind: ContainerFaultKind, at: SourceLine, says: string, next: string): ContainerFault {
  const { file, line, text } = at;
  return { kind, file, line, text, says, next, breaks: true };
}

/** What runs, and could be better. */
export function remark(kind: ContainerFaultKind, at: SourceLine, says: string, next: string): ContainerFault {
  return { ...fault(kind, at, says, next), breaks: false };
}
