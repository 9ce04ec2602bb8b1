import { type Docker } from "../docker/docker.js";
import { type Observers } from "../lab/observers.js";
import { type PlaceFacts, type Place } from "../lab/place.js";
import { type Keep } from "../lab/private-redis/private-server.js";
import { type SystemFile } from "../lab/system-file/system-file.js";
import { type PythonContainer } from "../lab/python/python-container.js";
import { type ClusterOptions } from "./cluster-options.js";

/** What a check is asked to do, and with what. */
export interface LabOptions extends PlaceFacts {
  /** Told how far what takes long is, a line each. */
  report: (line: string) => void;
  /** `--keep`: told of each private Redis, which is then left open. */
  keep: Keep;
  cluster: ClusterOptions;
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder of tq's own files. */
  assets: string;
  /** Absolute folder of tq's progress and state. */
  home: string;
  /** Seconds since 1970: what happened in Redis up to then is not looked at. */
  since?: number | undefined;
  signal: AbortSignal;
}

/** A run's options, and the means that all probes share. */
export interface Lab extends LabOptions {
  place: Place;
  docker: Docker;
  /** What runs the student's Python where none of this machine can. */
  container: PythonContainer;
  observers: Observers;
  /** What the tq.yaml says of the student's system, read anew for each run; null where there is none. */
  system: () => SystemFile | null;
}

/** The versions of what the evidence comes from; null where it did not answer. */
export interface Versions {
  redis?: string | null;
  docker?: string | null;
}

/** A kind of evidence. `Others` are the probes of other subjects that it asks, by their names. */
export interface Subject<Probe, Others extends object = object> {
  needs?: readonly (keyof Others & string)[];
  /** Its evidence lies in the student's files alone: while they stay as they are, it is not gathered again. */
  fromFiles?: true;
  /** Once for all runs of a session. */
  open: (lab: Lab) => Opened<Probe, Others>;
  /** `needs` are those of the exercise. */
  versions?: (probe: Probe, needs: readonly string[]) => Promise<Versions>;
}

/** `probe` makes one for a run; it asks each question once, however many checks ask it. */
export interface Opened<Probe, Others extends object = object> extends Partial<AsyncDisposable> {
  probe: (others: Others) => Probe;
}
