import {
  blocked,
  type Judgement,
  notYet,
  passed,
  shellCommand,
  shellWord,
} from "../../../src/course/authoring.js";
import { type Exchange, type Silence } from "../../../src/subjects/kubernetes/probe.js";

/** 8.9: what one debug pod puts, the other takes, under the Service's name. */
export function judgeExchange(exchange: Exchange): Judgement {
  const { host, port, sent, put, taken } = exchange;
  const expected = `messages put in one debug pod are consumed in the other, through ${host}:${port}`;
  const failed = [put, taken].find((one) => one.error !== undefined);
  if (failed?.error !== undefined) {
    const observed = `in ${failed.pod}: ${failed.error}`;
    if (failed.restarted) return notYet({ expected, ...explainRestart(failed.pod) });
    const cluster = judgeCluster(exchange.silence, leadsToRedis(exchange), observed);
    if (cluster) return cluster;
    return notYet({
      expected,
      ...explainInPod(failed.error, exchange),
      observed,
      probe: inPod(
        failed.pod,
        `import socket; print(socket.create_connection((${JSON.stringify(host)}, ${port})))`,
      ),
    });
  }
  const got = taken.error === undefined ? taken.taken : [];
  if (got.join("\n") !== sent.join("\n")) {
    return notYet({
      mistake: "taken-by-others",
      expected,
      observed: `put: ${sent.join(", ")}; taken: ${got.join(", ") || "nothing"}`,
      probe: inPod(put.pod, `import socket; print(socket.gethostbyname(${JSON.stringify(host)}))`),
      cause: "something else takes messages from this Redis, or the two pods reach different servers",
      next: `kubectl get endpoints ${shellWord(host)}   must show one address behind the Service of Redis`,
    });
  }
  const two =
    put.pod === taken.pod ? `${put.pod} (there is only one debug pod)` : `${put.pod}, taken in ${taken.pod}`;
  return passed(`${sent.length} messages put in ${two}`);
}

export interface Explained {
  cause: string;
  next: string;
  mistake?: string;
}

/** The cluster's doing: what listens is there, and its Service, or the network between pods, is not. `leads`: the Service's endpoints are right. */
export function judgeCluster(silence: Silence | null, leads: boolean, observed: string): Judgement | null {
  if (silence?.fromOutside === true && leads) {
    return blocked(
      `${observed}; by its pod's own address it answers, and the Service leads to that pod`,
      "the cluster has not made the Service known everywhere: kubectl get endpoints   and check again",
    );
  }
  if (silence?.fromOutside === false && silence.fromInside === true && !silence.hasPolicy) {
    return blocked(
      `${observed}; inside of its own pod it answers by the same address, so the pods do not reach each other`,
      "the network of the cluster's pods is in the way: kubectl get pods --namespace kube-system   shows whether it runs",
    );
  }
  return null;
}

/** Pods that answer inside, and not for others, behind a policy. */
export function isKeptApart(silence: Silence | null): boolean {
  return silence?.fromOutside === false && silence.fromInside === true && silence.hasPolicy;
}

export const POLICY = {
  cause: "a NetworkPolicy keeps the pods apart: inside of its pod the same address answers",
  next: "let the policy's ingress take the pods that need it, by their labels: kubectl describe networkpolicy",
};

/** The container of a debug pod came to its end while it was used. */
export function explainRestart(pod: string): {
  observed: string;
  probe: string;
  cause: string;
  next: string;
} {
  return {
    observed: `the container of ${pod} ended, and was started again, while it was used`,
    probe: `${shellCommand("kubectl", "describe", "pod", pod)}   shows its last state, and how often it was started`,
    cause: "the command of the debug pods does not last, or they have too little memory",
    next: 'give them a command that lasts: command: ["sleep", "9999999"]',
  };
}

function leadsToRedis({ endpoints }: Exchange): boolean {
  return endpoints !== null && endpoints.ready.length > 0 && endpoints.ports.includes(6379);
}

function inPod(pod: string, code: string): string {
  return shellCommand("kubectl", "exec", pod, "--", "python3", "-c", code);
}

function explainInPod(error: string, { host, port, endpoints, silence }: Exchange): Explained {
  if (/gaierror|name resolution|not known/i.test(error)) {
    return {
      cause: `the name ${host} is not known in the cluster`,
      next: "kubectl get services   shows the names that are known",
    };
  }
  if (/refused|timed out|timeout/i.test(error)) return explainSilence({ host, port, endpoints, silence });
  if (/NOAUTH|WRONGPASS/.test(error)) {
    return {
      mistake: "password-unknown",
      cause: "Redis wants a password that these files do not tell tq",
      next: "write it where Redis gets it: --requirepass with a variable from a Secret in these files",
    };
  }
  if (/python3?.*(not found|no such file)|executable file/i.test(error)) {
    return { cause: "there is no Python in the debug pod", next: "write: image: python:3.14" };
  }
  if (/Redis says: /.test(error)) {
    return {
      mistake: "redis-refuses",
      cause: "Redis is reached, and refuses what every queue needs",
      next: "look at its settings, in the command and in the configuration: kubectl logs deployment/<redis>",
    };
  }
  return {
    cause: "the program in the pod failed",
    next: `kubectl exec <pod> -- python3   and try ${host} by hand`,
  };
}

function explainSilence({
  host,
  port,
  endpoints,
  silence,
}: Pick<Exchange, "host" | "port" | "endpoints" | "silence">): Explained {
  if (endpoints?.ready.length === 0) {
    return {
      cause: `the Service ${host} leads to no pod that is ready: its selector fits none`,
      next: `make the selector of ${host} the labels of Redis' pod: kubectl get pods --show-labels`,
    };
  }
  if (isKeptApart(silence)) return POLICY;
  if (silence?.fromInside === false) {
    return {
      mistake: silence.onLoopback ? "redis-inside-only" : "redis-on-another-port",
      cause: silence.onLoopback
        ? "Redis listens on 127.0.0.1, where only its own pod reaches it"
        : "Redis' pod is ready, and nothing in it listens on port 6379",
      next: "leave out --bind and --port, in the command and in the configuration: kubectl logs deployment/<redis>   shows what it listens on",
    };
  }
  if (endpoints && !endpoints.ports.includes(6379)) {
    return {
      cause: `the Service ${host} leads to port ${endpoints.ports.join(", ")} of the pod, and Redis listens on 6379`,
      next: "write: targetPort: 6379",
    };
  }
  return {
    cause: `nothing answers behind ${host}:${port}: the Service leads to no pod, or to a port on which nothing listens`,
    next: `kubectl get endpoints ${shellWord(host)}   must show the address of the pod of Redis, with 6379`,
  };
}
