import { TqError } from "../../../errors.js";
import { findRunningRedis, LOOKED_FOR, type RunningRedis } from "../running-redis.js";
import { Kubectl, type KubectlOptions } from "./kubectl.js";

/** Seconds that kubectl has for all that it is asked, for which its answer counts, and for which it is left alone without one. */
const PATIENCE = { answer: 5, counts: 10, silence: 60 };

/** Looks for a Redis in the student's own namespace. It only reads, and not each time that files are looked at. */
export class RedisFinder {
  private last: { until: number; namespace: string | null; answer: RunningRedis | null } | null = null;

  constructor(private readonly options: KubectlOptions) {}

  /** In the namespace of this name, or the context's own; null where there is no kubectl or no context. */
  async find(namespace: string | null): Promise<RunningRedis | null> {
    const { last } = this;
    if (last?.namespace === namespace && Date.now() < last.until) return last.answer;
    const answer = await this.ask(namespace);
    const seconds = answer && answer.silence === null ? PATIENCE.counts : PATIENCE.silence;
    this.last = { until: Date.now() + seconds * 1000, namespace, answer };
    return answer;
  }

  private async ask(written: string | null): Promise<RunningRedis | null> {
    const { env, signal } = this.options;
    const late = AbortSignal.timeout(PATIENCE.answer * 1000);
    try {
      const kubectl = await Kubectl.open({ env, signal: signal ? AbortSignal.any([signal, late]) : late });
      const namespace = written ?? (await kubectl.namespace());
      const objects = await kubectl.list([LOOKED_FOR, "--namespace", namespace]);
      return {
        namespace,
        context: kubectl.context,
        silence: null,
        ...findRunningRedis(objects, namespace, written),
      };
    } catch (error) {
      if (!(error instanceof TqError)) throw error;
      if (late.aborted) return { ...NOTHING, silence: `kubectl did not answer within ${PATIENCE.answer} s` };
      return NO_CLUSTER.has(error.code) ? null : { ...NOTHING, silence: error.message };
    }
  }
}

/** Whoever has no cluster knows. */
const NO_CLUSTER = new Set(["no-kubectl", "no-context"]);

const NOTHING = { context: "", namespace: "", manifests: [], notReady: [] };
