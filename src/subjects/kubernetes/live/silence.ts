import { type Trial } from "../cluster/trial.js";
import { type PodRunner } from "./in-pod.js";

/** How something answers that a Service leads to, and that was not reached by it. Null: that was not to be found out. */
export interface Silence {
  /** By its pod's address, from another pod. */
  fromOutside: boolean | null;
  /** By its pod's address, inside of its pod. */
  fromInside: boolean | null;
  /** By 127.0.0.1, inside of its pod. */
  onLoopback: boolean | null;
  /** A NetworkPolicy is among the student's objects. */
  hasPolicy: boolean;
}

/** Seconds for an answer from close by. */
const PATIENCE = 3;

interface Listener {
  name: string;
  address: string;
  port: number;
  /** By which program it is asked inside of its pod. */
  by: "redis-cli" | "python";
}

/** Seconds after which it is looked closely whether to wait on is of use. */
const FIRST = 5;

/**
 * Waits until a Service answers in a pod, at most so many seconds; not for what listens inside of its own pod alone, which
 * stays so. Null once it answers.
 */
export async function waitForAnswer(
  trial: Trial,
  pods: PodRunner,
  from: string,
  { host, port, patience }: { host: string; port: number; patience: number },
  listener: Listener | null,
  hasPolicy: boolean,
): Promise<{ failed: { pod: string; error: string; restarted: boolean }; silence: Silence | null } | null> {
  let waited = 0;
  for (;;) {
    const seconds = waited === 0 ? Math.min(FIRST, patience) : patience - waited;
    const answer = await pods.run<object>(from, ["reach", host, port, seconds], seconds);
    if (answer.error === undefined) return null;
    waited += seconds;
    const silence =
      answer.restarted || !listener ? null : await listenClosely(trial, pods, from, listener, hasPolicy);
    const isFinal = silence?.onLoopback === true && silence.fromInside === false;
    if (answer.restarted || isFinal || waited >= patience) {
      return { failed: { pod: from, error: answer.error, restarted: answer.restarted }, silence };
    }
  }
}

/** `from`: another pod, which has Python. */
async function listenClosely(
  trial: Trial,
  pods: PodRunner,
  from: string,
  { name, address, port, by }: Listener,
  hasPolicy: boolean,
): Promise<Silence> {
  const outside = await reaches(pods, from, address, port);
  if (outside === true) return { fromOutside: true, fromInside: null, onLoopback: null, hasPolicy };
  const ask = (host: string): Promise<boolean | null> =>
    by === "python" ? reaches(pods, name, host, port) : answersRedis(trial, name, host, port);
  return {
    fromOutside: outside,
    fromInside: await ask(address),
    onLoopback: await ask("127.0.0.1"),
    hasPolicy,
  };
}

async function reaches(pods: PodRunner, pod: string, host: string, port: number): Promise<boolean | null> {
  const answer = await pods.run<object>(pod, ["reach", host, port, PATIENCE], PATIENCE);
  if (answer.error === undefined) return true;
  // Anything else was not said by the program: an image without Python says nothing of what listens.
  return /^(?:\w*Error|timeout|gaierror): /.test(answer.error) ? false : null;
}

async function answersRedis(trial: Trial, pod: string, host: string, port: number): Promise<boolean | null> {
  const { ok, stdout, stderr } = await trial.execute(pod, [
    "redis-cli",
    "-h",
    host,
    "-p",
    String(port),
    "ping",
  ]);
  if (/Could not connect/i.test(stdout + stderr)) return false;
  return ok ? true : null;
}
