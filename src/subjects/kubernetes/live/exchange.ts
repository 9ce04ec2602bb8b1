import { type Endpoints } from "../cluster/endpoints.js";
import { type Trial } from "../cluster/trial.js";
import { type InPod, type PodRunner } from "./in-pod.js";
import { type Silence, waitForAnswer } from "./silence.js";

/** Messages that were put in one pod and taken in another. */
export interface Exchange {
  host: string;
  port: number;
  /** Behind the Service of Redis; null where the cluster does not say. */
  endpoints: Endpoints | null;
  sent: readonly string[];
  put: InPod<{ put: number }>;
  taken: InPod<{ taken: readonly string[] }>;
  /** Where Redis was not reached by its Service. */
  silence: Silence | null;
}

const MESSAGES = 3;
/** Seconds until a Service's name and rules are everywhere, and for a message that was put to be taken. */
const PATIENCE = { service: 30, message: 10 };

interface Place {
  /** The two debug pods. */
  first: string;
  second: string;
  host: string;
  port: number;
  /** The pod of Redis. */
  redis: { name: string; address: string } | null;
  hasPolicy: boolean;
}

/** Waits until the Service leads to Redis, then puts messages in one pod, and takes them in the other. */
export async function exchangeMessages(
  trial: Trial,
  pods: PodRunner,
  { first, second, host, port, redis, hasPolicy }: Place,
  seed: string,
): Promise<Exchange> {
  const endpoints = await trial.waitForEndpoints(host);
  const sent = Array.from({ length: MESSAGES }, (_, n) => `${seed} ${n + 1}`);
  const found = { host, port, endpoints, sent };
  // A Service that leads nowhere by now is not waited for once more.
  const patience = endpoints?.ready.length === 0 ? 0 : PATIENCE.service;
  for (const pod of new Set([first, second])) {
    trial.tell(`waiting until ${host}:${port} answers in ${pod} (at most ${patience} s)`);
    const listener = redis && { ...redis, port: 6379, by: "redis-cli" as const };
    const silent = await waitForAnswer(trial, pods, pod, { host, port, patience }, listener, hasPolicy);
    if (silent) return { ...found, put: silent.failed, taken: silent.failed, silence: silent.silence };
  }
  const key = `hotqueue:tq-${seed}`;
  const put = await pods.run<{ put: number }>(first, ["put", host, port, 1, key, seed, MESSAGES], 0);
  const taken = await pods.run<{ taken: string[] }>(
    second,
    ["take", host, port, 1, key, MESSAGES, PATIENCE.message],
    MESSAGES * PATIENCE.message,
  );
  return { ...found, put, taken, silence: null };
}
