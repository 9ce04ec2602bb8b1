import { homedir } from "node:os";
import { join } from "node:path";
import { Docker } from "../docker/docker.js";
import { PythonContainer } from "../lab/python/python-container.js";
import { type Keep } from "../lab/private-redis/private-server.js";
import { RedisFinder } from "./kubernetes/cluster/redis-finder.js";
import { type Target } from "../redis/target.js";
import { createComposeProbe } from "./containers/probe.js";
import { Observers } from "../lab/observers.js";

import { describePlace, type Place } from "../lab/place.js";
import { type Probes } from "./probes.js";
import { describeFiles } from "../lab/files/describe-files.js";
import { createCeleryProbe } from "./celery/probe.js";
import { type ClusterOptions, createClusterProbe } from "./kubernetes/probe.js";
import { createCodeProbe } from "./python-code/probe.js";
import { createMessageProbe } from "./messages/probe.js";
import { createJobsProbe } from "./jobs/probe.js";
import { createWorkerProbe } from "./echo-worker/probe.js";
import { createRedisProbe } from "./redis/probe.js";

type FileProbes = Pick<Probes, "celery" | "code" | "jobs" | "message" | "worker">;
type OneCluster = ReturnType<typeof createClusterProbe>;

export interface ProbeOptions {
  target: Target;
  /** `--redis-url` as it was given. */
  redisUrl: string | undefined;
  /** Absolute folder of the student's files. */
  folder: string;
  /** That folder as an argument of a command; "" where the command is run there. */
  shownFolder: string;
  /** `--queue`. */
  queue: string;
  /** `--python`. */
  python: string | undefined;
  /** `--seed`, else a random one. */
  seed: string;
  /** `--allow-network`. */
  allowNetwork: boolean;
  /** `--url`. */
  url: string | undefined;
  /** `--job`, as JSON says it. */
  job: unknown;
  /** `--slow`: what takes a minute is waited for. */
  slow: boolean;
  /** Told how far what takes long is, a line each. */
  report: (line: string) => void;
  /** `--keep`: told of each private Redis, which is then left open. */
  keep: Keep;
  /** Whether, and how, something may be applied to a cluster. */
  cluster: ClusterOptions;
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder of tq's own files. */
  assets: string;
  /** Absolute folder of tq's progress and state. */
  home: string;
  signal: AbortSignal;
}

/** The means to gather evidence: for one run, or, while it watches, for as many as there are changes. */
export class ProbeSet implements AsyncDisposable {
  private readonly observers: Observers;
  private readonly docker: Docker;
  private readonly container: PythonContainer;
  private files: { state: string; probes: FileProbes } | undefined;
  private readonly finder: RedisFinder;
  private readonly clusters: OneCluster[] = [];

  constructor(
    private readonly options: ProbeOptions,
    /** With it, what happens is watched from the first run on, and it is told when something did. */
    onChange?: () => void,
  ) {
    this.observers = new Observers(onChange);
    this.docker = new Docker({ env: options.env, platform: process.platform, homeFolder: homedir() });
    this.finder = new RedisFinder(options);
    this.container = new PythonContainer(this.docker, options.home, join(options.assets, "python"));
  }

  get place(): Place {
    return describePlace(this.options);
  }

  /** Files that have not changed are neither read nor run again. */
  private fileProbes(): FileProbes {
    const { place } = this;
    const options = { ...this.options, container: this.container };
    const state = describeFiles(options.folder);
    if (this.files?.state !== state) {
      const code = createCodeProbe(options);
      const worker = createWorkerProbe({ ...options, queue: place.queue });
      const celery = createCeleryProbe({ ...options, docker: this.docker });
      const message = createMessageProbe({ ...options, db: place.queue.db });
      const jobs = createJobsProbe(options, code.project);
      this.files = { state, probes: { celery, code, worker, jobs, message } };
    }
    return this.files.probes;
  }

  /** Probes for one run; what one of them has found out is asked only once. */
  forRun(): Probes {
    const { place, observers, docker, options } = this;
    const cluster = createClusterProbe({ ...options, ...options.cluster, finder: this.finder });
    if (options.cluster.consent) this.clusters.push(cluster);
    return {
      place,
      redis: createRedisProbe(options.target, observers),
      ...this.fileProbes(),
      compose: createComposeProbe({ ...options, docker, observers }),
      cluster,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.observers[Symbol.dispose]();
    for (const cluster of this.clusters) await cluster[Symbol.asyncDispose]();
  }
}
