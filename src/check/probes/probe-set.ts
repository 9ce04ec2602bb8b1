import { Observer } from "../../redis/observe/observer.js";
import { type Target } from "../../redis/target.js";
import { describePlace } from "./place.js";
import { type Place, type Probes } from "./probes.js";
import { createWorkerProbe } from "./worker-probe.js";
import { createRedisProbe } from "./redis-probe.js";

export interface ProbeOptions {
  target: Target;
  /** `--redis-url` as it was given. */
  redisUrl: string | undefined;
  /** Absolute folder of the student's files. */
  folder: string;
  /** `--queue`. */
  queue: string;
  /** `--python`. */
  python: string | undefined;
  /** `--seed`. */
  seed: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder of tq's own files. */
  assets: string;
  /** Absolute folder of tq's progress and state. */
  home: string;
  signal: AbortSignal;
}

/** The means to gather evidence: for one run, or, while it watches, for as many as there are changes. */
export class ProbeSet implements Disposable {
  private observer: Observer | null = null;
  private opening: Promise<void> | undefined;

  constructor(
    private readonly options: ProbeOptions,
    /** With it, what happens in Redis is watched from now on, and it is told when something did. */
    private readonly onChange?: () => void,
  ) {}

  get place(): Place {
    return describePlace(this.options);
  }

  /** Probes for one run; what one of them has found out is asked only once. */
  async forRun(): Promise<Probes> {
    if (this.onChange) await this.watch();
    return {
      place: this.place,
      redis: createRedisProbe(this.options.target, this.observer),
      worker: createWorkerProbe({ ...this.options, queue: this.place.queue }),
    };
  }

  [Symbol.dispose](): void {
    this.observer?.[Symbol.dispose]();
    this.observer = null;
  }

  /** A Redis that is not there yet is tried again at the next run. */
  private async watch(): Promise<void> {
    if (this.observer?.isLost) this[Symbol.dispose]();
    if (this.observer) return;
    this.opening ??= Observer.open(this.options.target.connection, { live: true, onChange: this.onChange })
      .then(
        (observer) => {
          this.observer = observer;
        },
        () => undefined,
      )
      .finally(() => {
        this.opening = undefined;
      });
    await this.opening;
  }
}
