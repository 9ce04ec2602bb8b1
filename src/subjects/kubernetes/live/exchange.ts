import { type Endpoints } from "../cluster/endpoints.js";
import { type Trial } from "../cluster/trial.js";
import { type InPod, type PodRunner } from "./in-pod.js";

/** Messages that were put in one pod and taken in another. */
export interface Exchange {
  host: string;
  port: number;
  /** Behind the Service of Redis; null where the cluster does not say. */
  endpoints: Endpoints | null;
  sent: readonly string[];
  put: InPod<{ put: number }>;
  taken: InPod<{ taken: readonly string[] }>;
  /** Where Redis was not reached by its Service: whether it was by its pod's own address. */
  direct: boolean | null;
}

const MESSAGES = 3;
/** Seconds until a Service's name and rules are everywhere, and for a message that was put to be taken. */
const PATIENCE = { service: 30, message: 10, direct: 3 };

interface Place {
  /** The two debug pods. */
  first: string;
  second: string;
  host: string;
  port: number;
  /** Addresses of the pods of Redis. */
  redis: readonly string[];
}

/** Waits until the Service leads to Redis, then puts messages in one pod, and takes them in the other. */
export async function exchangeMessages(
  trial: Trial,
  pods: PodRunner,
  { first, second, host, port, redis }: Place,
  seed: string,
): Promise<Exchange> {
  const endpoints = await trial.waitForEndpoints(host);
  const sent = Array.from({ length: MESSAGES }, (_, n) => `${seed} ${n + 1}`);
  const found = { host, port, endpoints, sent };
  // A Service that leads nowhere by now is not waited for once more.
  const patience = endpoints?.ready.length === 0 ? 0 : PATIENCE.service;
  for (const pod of new Set([first, second])) {
    trial.tell(`waiting until ${host}:${port} answers in ${pod} (at most ${patience} s)`);
    const reached = await pods.run<object>(pod, ["reach", host, port, patience], patience);
    if (reached.error === undefined) continue;
    const failed = { error: reached.error, pod, restarted: reached.restarted };
    return { ...found, put: failed, taken: failed, direct: await reachDirectly(pods, pod, redis) };
  }
  const key = `hotqueue:tq-${seed}`;
  const put = await pods.run<{ put: number }>(first, ["put", host, port, 1, key, seed, MESSAGES], 0);
  const taken = await pods.run<{ taken: string[] }>(
    second,
    ["take", host, port, 1, key, MESSAGES, PATIENCE.message],
    MESSAGES * PATIENCE.message,
  );
  return { ...found, put, taken, direct: null };
}

async function reachDirectly(
  pods: PodRunner,
  pod: string,
  addresses: readonly string[],
): Promise<boolean | null> {
  const [address] = addresses;
  if (address === undefined || address === "") return null;
  const answer = await pods.run<object>(pod, ["reach", address, 6379, PATIENCE.direct], PATIENCE.direct);
  return answer.error === undefined;
}
