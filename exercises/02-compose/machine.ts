import { blocked, type Judgement } from "../../src/course/authoring.js";
import { type ComposeProbe, type DataFolder } from "../../src/subjects/containers/probe.js";

/** Bytes: less than this, and Redis cannot save. */
const LITTLE_DISK = 64 * 1024;

/**
 * Steps after the start do not ask for it again: containers that ran once, and do not now, are in the way of a look.
 * Null where these all run.
 */
export async function blockedByStopped(
  compose: ComposeProbe,
  services: readonly string[],
): Promise<Judgement | null> {
  const containers = await compose.containers();
  const stopped = services.filter((service) => !containers.get(service)?.running);
  if (stopped.length === 0) return null;
  return blocked(
    `${stopped.join(" and ")} ${stopped.length === 1 ? "does" : "do"} not run any more`,
    "docker compose up -d   starts what has stopped",
  );
}

/** A Redis that cannot save refuses what is put. Null where there is room. */
export function blockedByDisk({ exists, free, path }: DataFolder): Judgement | null {
  if (!exists || free >= LITTLE_DISK) return null;
  return blocked(
    `the disk of ${path} is full (${free} bytes are free), so that Redis can save nothing and refuses new data`,
    "free some space, then put another message",
  );
}

/** The images that the exercise names, also in older material: where they are missing, the student chose nothing wrong. */
const NAMED = /^(redis:7|python:3\.(14|10))$/;

/** Null where the file's images are there, or of the student's own choice. */
export async function blockedByImage(compose: ComposeProbe): Promise<Judgement | null> {
  const images = (compose.file?.services ?? []).flatMap(({ image }) => (NAMED.test(image) ? image : []));
  const missing = await compose.missingImages([...new Set(images)]);
  if (missing.length === 0) return null;
  return blocked(
    `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not among this machine's images`,
    "docker compose up -d   fetches what is missing; tq setup says why, if it cannot",
  );
}
