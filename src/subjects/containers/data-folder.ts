import { statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { hasKeys } from "./saved-keys.js";

/** The folder `data` beside the Compose file. */
export interface DataFolder {
  path: string;
  exists: boolean;
  isFolder: boolean;
  uid: number;
  /** uid 1000 can write there; null where the system has no such numbers. */
  writable: boolean | null;
  /**
   * The file in which Redis saves: bytes, when it was written (ISO 8601), whether it holds any key (null where it cannot be
   * read); null where there is none.
   */
  dump: { bytes: number; at: string; hasKeys: boolean | null } | null;
  /** Bytes that are free on its disk. */
  free: number;
}

/** The user of the exercise's Redis. */
const REDIS_UID = 1000;

/** Looks, and changes nothing. */
export function inspectData(path: string): DataFolder {
  const none = { path, exists: false, isFolder: false, uid: -1, writable: null, dump: null, free: 0 };
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) return none;
  const { uid, gid, mode } = facts;
  const { bavail, bsize } = statfsSync(path);
  const bits = uid === REDIS_UID ? mode >> 6 : gid === REDIS_UID ? mode >> 3 : mode;
  const dump = statSync(join(path, "dump.rdb"), { throwIfNoEntry: false });
  return {
    path,
    exists: true,
    isFolder: facts.isDirectory(),
    uid,
    // Elsewhere Docker runs in a virtual machine, which makes every shared folder the container's own.
    writable: process.platform === "linux" ? (bits & 0o3) === 0o3 : null,
    free: bavail * bsize,
    dump: dump
      ? { bytes: dump.size, at: dump.mtime.toISOString(), hasKeys: hasKeys(join(path, "dump.rdb")) }
      : null,
  };
}
