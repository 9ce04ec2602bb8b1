import { setTimeout as sleep } from "node:timers/promises";
import { TqError } from "../../../errors.js";
import { type ClusterOptions, type Proposal } from "../../cluster-options.js";
import { once } from "../../../lab/once.js";
import { type Manifests } from "../manifests/manifests.js";
import { asFields, type Part } from "../manifests/manifest.js";
import { type Workload } from "../workloads.js";
import { Kubectl, type KubectlAnswer, type KubectlOptions } from "./kubectl.js";
import { type Endpoints, readEndpoints } from "./endpoints.js";
import { lastLine } from "./explain-kubectl.js";
import { type LeftOut } from "./left-out.js";
import { leftBehind, makeNamespace, namespaceLabels } from "./namespaces.js";
import { prepareObjects } from "./prepare-objects.js";
import { type Removal, REMOVAL_PATIENCE, removeNamespace } from "./removal.js";
import { nameOf } from "./trouble.js";
import {
  countRestarts,
  decidedTrouble,
  isReady,
  readReadiness,
  type Readiness,
  showPods,
  showProgress,
} from "./readiness.js";

export interface TrialOptions extends KubectlOptions, Omit<ClusterOptions, "reads"> {
  signal: AbortSignal;
  /** Absolute folder of tq's progress and state. */
  home: string;
  seed: string;
}

/** What the cluster said to the student's objects. */
export type Applied =
  | { ok: true; objects: readonly string[]; notes: readonly string[]; leftOut: readonly LeftOut[] }
  | { ok: false; refusal: string };

/** Seconds. Images are fetched in the first of them. */
const PATIENCE = { pods: 180, endpoints: 30 };
/** Milliseconds between two looks. */
const PAUSE = 1000;
/** Milliseconds for which pods are ready in one piece: a program that ends at once is ready for a moment. */
const SETTLED = 3000;

/** Whoever may not see a Service's endpoints finds out by asking it. */
const MAY_NOT_LOOK = new Set(["no-permission", "kubectl-failed"]);

const LOOKED_AT = "deployments,statefulsets,replicasets,pods,persistentvolumeclaims,events";

/** The student's objects in a namespace of their own, from consent to removal. */
export class Trial implements AsyncDisposable {
  readonly namespace: string;
  private kubectl: Kubectl | null = null;
  private made = false;
  private leftOut: readonly LeftOut[] = [];

  constructor(
    private readonly options: TrialOptions,
    private readonly manifests: () => Promise<Manifests>,
  ) {
    this.namespace = `tq-${
      options.seed
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "")
        .slice(0, 20) || "check"
    }`;
  }

  /** Asks, makes the namespace, and applies. Throws `TqError` (exit 3) where the machine is in the way, or nobody agreed. */
  readonly apply = once(async (): Promise<Applied> => {
    const { options, namespace } = this;
    const kubectl = await Kubectl.open(options);
    const all = await this.manifests();
    const { list, objects, notes, leftOut } = prepareObjects(all, namespace, await kubectl.namespace());
    const { manifests, running } = all;
    const copies = (running?.manifests ?? []).filter((one) => manifests.includes(one));
    const copiesFrom = copies.length > 0 ? (running?.namespace ?? null) : null;
    await this.askFirst({ context: kubectl.context, namespace, objects, copiesFrom });
    await kubectl.reach();
    this.kubectl = kubectl;
    await this.sweep(kubectl);
    options.progress(`context ${kubectl.context}: making the namespace ${namespace}`);
    const created = await kubectl.ask(["create", "--filename", "-"], {
      input: JSON.stringify(makeNamespace(namespace, options.home)),
    });
    if (!created.ok) {
      throw new TqError(`the namespace ${namespace} cannot be made: ${lastLine(created.stderr)}`, {
        code: "no-namespace",
        exitCode: 3,
        hint: `kubectl delete namespace ${namespace}   if it is left from an earlier run`,
      });
    }
    this.made = true;
    const applied = await kubectl.ask(["apply", "--namespace", namespace, "--filename", "-"], {
      input: JSON.stringify(list),
      seconds: 60,
    });
    this.leftOut = leftOut;
    return applied.ok ? { ok: true, objects, notes, leftOut } : { ok: false, refusal: applied.stderr.trim() };
  });

  /** Removes what an earlier tq of this user and machine has left because it was killed. */
  private async sweep(kubectl: Kubectl): Promise<void> {
    const selector = Object.entries(namespaceLabels(this.options.home)).map((label) => label.join("="));
    // Whoever may not list namespaces may still make one.
    const found = await kubectl.list(["namespaces", "--selector", selector.join(",")]).catch(() => []);
    for (const name of leftBehind(found)) {
      this.options.progress(`removing the namespace ${name}: it is left from a tq that was killed`);
      await kubectl.ask(["delete", "namespace", name, "--wait=false", "--ignore-not-found"]);
    }
  }

  private async askFirst(proposal: Proposal): Promise<void> {
    const { consent, checkCommand } = this.options;
    const { context, namespace } = proposal;
    if (consent === null) {
      throw new TqError(
        `nothing was applied to the cluster of the context ${context}: that is asked for first`,
        {
          code: "not-asked",
          exitCode: 3,
          hint: `${checkCommand}   asks, makes the namespace ${namespace}, and removes it again; in a script with --yes`,
        },
      );
    }
    if (await consent(proposal)) return;
    throw new TqError(`nothing was applied to the cluster of the context ${context}: you said no`, {
      code: "declined",
      exitCode: 3,
      hint: "Another cluster?  kubectl config use-context <name>   and check again",
    });
  }

  /** Waits until the pods of these parts are ready, will not be, or the patience is over. */
  async waitFor(parts: readonly Part[], wanted: (workload: Workload) => number): Promise<Readiness[]> {
    const workloads = (await this.manifests()).workloads.filter(
      ({ part, manifest }) =>
        part !== null && parts.includes(part) && !this.leftOut.some((one) => one.manifest === manifest),
    );
    const end = Date.now() + PATIENCE.pods * 1000;
    let told = "";
    let steady = { pods: "", since: 0 };
    for (;;) {
      const objects = await this.mine().list([LOOKED_AT, "--namespace", this.namespace]);
      const all = workloads.map((workload) => readReadiness(objects, workload, wanted(workload)));
      const now = showProgress(all);
      if (now !== told) this.tell(`pods ready: ${now} (at most ${PATIENCE.pods} s)`);
      told = now;
      if (!all.every(isReady)) steady = { pods: "", since: 0 };
      else if (steady.pods !== showPods(all)) steady = { pods: showPods(all), since: Date.now() };
      else if (Date.now() - steady.since > SETTLED) return all;
      if (decidedTrouble(all) || Date.now() > end) return all;
      await sleep(PAUSE, undefined, { signal: this.options.signal });
    }
  }

  /**
   * Waits until a Service leads to a pod that is ready, which it does a moment after the pod is; what there is when the
   * patience is over. Null where this user may not look.
   */
  async waitForEndpoints(service: string): Promise<Endpoints | null> {
    const end = Date.now() + PATIENCE.endpoints * 1000;
    const selector = `kubernetes.io/service-name=${service}`;
    this.tell(`waiting until the Service ${service} leads to a pod (at most ${PATIENCE.endpoints} s)`);
    for (;;) {
      const slices = await this.mine()
        .list(["endpointslices", "--selector", selector, "--namespace", this.namespace])
        .catch((error: unknown) => {
          if (error instanceof TqError && MAY_NOT_LOOK.has(error.code)) return null;
          throw error;
        });
      if (slices === null) return null;
      const found = readEndpoints(slices);
      if (found.ready.length > 0 || Date.now() > end) return found;
      await sleep(PAUSE, undefined, { signal: this.options.signal });
    }
  }

  /** Runs a command in a pod, with what it is given on standard input. */
  execute(
    pod: string,
    words: readonly string[],
    given: { input?: string; seconds?: number } = {},
  ): Promise<KubectlAnswer> {
    const stdin = given.input === undefined ? [] : ["--stdin"];
    return this.mine().ask(["exec", ...stdin, pod, "--namespace", this.namespace, "--", ...words], given);
  }

  /** How often the containers of a pod were started again; null where there is no such pod. */
  async restartsOf(pod: string): Promise<number | null> {
    const pods = await this.mine().list(["pods", "--namespace", this.namespace]);
    const found = pods.map(asFields).find((one) => nameOf(one) === pod);
    return found ? countRestarts(found) : null;
  }

  /** A line on what is under way. */
  tell(line: string): void {
    this.options.progress(line);
  }

  /** Sets how many pods a workload has. */
  async scale({ manifest }: Workload, replicas: number): Promise<void> {
    const target = `${manifest.kind.toLowerCase()}/${manifest.name}`;
    await this.mine().ask(["scale", target, `--replicas=${replicas}`, "--namespace", this.namespace]);
  }

  /** Runs a Python program in a container, given on its standard input; returns the JSON that it prints. */
  async runPython(pod: string, program: string, words: readonly string[], seconds: number): Promise<unknown> {
    const answer = await this.execute(pod, ["python3", "-", ...words], { input: program, seconds });
    if (!answer.ok) return { error: lastLine(answer.stderr) };
    try {
      return JSON.parse(answer.stdout) as unknown;
    } catch {
      return { error: `kubectl exec printed: ${answer.stdout.trim().slice(0, 80)}` };
    }
  }

  /** Removes the namespace with all that is in it, and waits for it. */
  readonly remove = once(async (): Promise<Removal> => {
    const { namespace, options } = this;
    this.tell(`removing the namespace ${namespace} (at most ${REMOVAL_PATIENCE} s)`);
    const removal = await removeNamespace(
      this.mine().unstoppable(),
      namespace,
      await this.manifests(),
      options.signal,
    );
    if (removal.gone) this.made = false;
    return removal;
  });

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.made) return;
    try {
      const { gone, namespace } = await this.remove();
      if (!gone)
        this.options.progress(
          `the namespace ${namespace} is still being removed: kubectl get namespace ${namespace}`,
        );
    } catch (error) {
      if (!(error instanceof TqError)) throw error;
      this.options.progress(
        `the namespace ${this.namespace} is left: kubectl delete namespace ${this.namespace} (${error.message})`,
      );
    }
  }

  private mine(): Kubectl {
    if (!this.kubectl) throw new Error("nothing was applied yet");
    return this.kubectl;
  }
}
