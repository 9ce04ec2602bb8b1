import { TqError } from "../../../errors.js";
import { findRunningRedis, LOOKED_FOR, type RunningRedis } from "../running-redis.js";
import { Kubectl, type KubectlOptions } from "./kubectl.js";

/** Seconds that the cluster has for its answer, for which that counts, and for which it is left alone where none came. */
const PATIENCE = { answer: 4, counts: 10, silence: 60 };

/** Looks for a Redis in the student's own namespace. It only reads, and not each time that files are looked at. */
export class RedisFinder {
  private last: { until: number; namespace: string | null; answer: RunningRedis | null } | null = null;

  constructor(private readonly options: KubectlOptions) {}

  /** In the namespace of this name, or the context's own; null where there is no cluster, or it does not let one look. */
  async find(namespace: string | null): Promise<RunningRedis | null> {
    const { last } = this;
    if (last?.namespace === namespace && Date.now() < last.until) return last.answer;
    const answer = await this.ask(namespace).catch((error: unknown) => {
      if (error instanceof TqError) return null;
      throw error;
    });
    const seconds = answer ? PATIENCE.counts : PATIENCE.silence;
    this.last = { until: Date.now() + seconds * 1000, namespace, answer };
    return answer;
  }

  private async ask(written: string | null): Promise<RunningRedis> {
    const kubectl = await Kubectl.open(this.options);
    const namespace = written ?? (await kubectl.namespace());
    const objects = await kubectl.list([LOOKED_FOR, "--namespace", namespace], PATIENCE.answer);
    return {
      ...{ context: kubectl.context, namespace },
      manifests: findRunningRedis(objects, namespace, written),
    };
  }
}
