import {
  blocked,
  type Judgement,
  notYet,
  passed,
  type Place,
  shellCommand,
  shellWord,
} from "../../../src/course/authoring.js";
import {
  allTroubles,
  type Applied,
  decidedTrouble,
  type Exchange,
  isReady,
  type LeftOut,
  type Readiness,
  type Removal,
  type Sharing,
  showProgress,
  type Trouble,
} from "../../../src/subjects/kubernetes/probe.js";

/** 8.8, where it does not come to pods: the cluster does not take the objects. */
export function judgeRefusal(applied: Extract<Applied, { ok: false }>): Judgement {
  return notYet({
    expected: "the cluster accepts every object",
    observed: applied.refusal,
    probe: "kubectl apply --dry-run=server -f .",
    cause: "the cluster itself refuses an object; it names the field",
    next: "change what it names, and check again",
  });
}

/** 8.8: the pods of Redis and of the debug Deployment are ready. */
export function judgePods(
  states: readonly Readiness[],
  { notes, leftOut }: Extract<Applied, { ok: true }>,
): Judgement {
  const expected = "the pods of Redis and of the debug Deployment are ready";
  const lack =
    judgeLeftOut(
      leftOut.find(({ part }) => part === "redis" || part === "debug"),
      expected,
    ) ?? judgeReadiness(states, expected);
  if (lack) return lack;
  const aside = notes.length === 0 ? "" : ` (${notes.join("; ")})`;
  return passed(`pods ready: ${showProgress(states)}${aside}`);
}

/** What tq does not apply, because it could reach what is not of the trial. */
function judgeLeftOut(one: LeftOut | undefined, expected: string): Judgement | null {
  if (!one) return null;
  const observed = `${one.what} was not applied: ${one.why}`;
  if (one.isCopy) {
    return blocked(
      observed,
      "describe Redis in a file of this folder, with all that it needs, and check again",
    );
  }
  return notYet({
    expected,
    observed,
    probe: "kubectl apply --dry-run=client --output yaml -f .",
    cause:
      "a copy of it, run by tq, could reach what is not of this trial: your own Redis, or somebody else's",
    next: "let it lead only to Services that these files describe, by their names",
  });
}

/** Null where all are ready; else by whose doing they are not. */
function judgeReadiness(states: readonly Readiness[], expected: string): Judgement | null {
  if (states.every(isReady)) return null;
  const decided = decidedTrouble(states);
  const trouble: Trouble | undefined = decided ?? allTroubles(states)[0];
  if (!trouble) {
    return blocked(
      `the cluster has made no pods yet: ${showProgress(states)}`,
      "kubectl get events   shows what it is doing; check again in a while",
    );
  }
  const observed = `pods ready: ${showProgress(states)}; ${trouble.reason}: ${trouble.says}`;
  const isTheirs = trouble.whose === "student" || trouble.suspect === true;
  if (!isTheirs) return blocked(observed, trouble.next);
  return notYet({
    expected,
    observed,
    cause: trouble.says,
    next: trouble.next,
    probe: "kubectl apply -f .   and then: kubectl get pods   and: kubectl describe pods",
  });
}

/** 8.9: what one debug pod puts, the other takes, under the Service's name. */
export function judgeExchange({ host, port, sent, put, taken }: Exchange): Judgement {
  const expected = `messages put in one debug pod are consumed in the other, through ${host}:${port}`;
  const failed = [put, taken].find((one) => one.error !== undefined);
  if (failed?.error !== undefined) {
    return notYet({
      expected,
      ...explainInPod(failed.error, host, port),
      observed: `in ${failed.pod}: ${failed.error}`,
      probe: inPod(
        failed.pod,
        `import socket; print(socket.create_connection((${JSON.stringify(host)}, ${port})))`,
      ),
    });
  }
  const got = taken.error === undefined ? taken.taken : [];
  if (got.join("\n") !== sent.join("\n")) {
    return notYet({
      expected,
      observed: `put: ${sent.join(", ")}; taken: ${got.join(", ") || "nothing"}`,
      probe: inPod(put.pod, `import socket; print(socket.gethostbyname(${JSON.stringify(host)}))`),
      cause: "something else takes messages from this Redis, or the two pods reach different servers",
      next: "kubectl get endpoints   must show one address behind the Service of Redis",
    });
  }
  const two =
    put.pod === taken.pod ? `${put.pod} (there is only one debug pod)` : `${put.pod}, taken in ${taken.pod}`;
  return passed(`${sent.length} messages put in ${two}`);
}

function inPod(pod: string, code: string): string {
  return shellCommand("kubectl", "exec", pod, "--", "python3", "-c", code);
}

function explainInPod(error: string, host: string, port: number): { cause: string; next: string } {
  if (/gaierror|name resolution|not known/i.test(error)) {
    return {
      cause: `the name ${host} is not known in the cluster`,
      next: "kubectl get services   shows the names that are known",
    };
  }
  if (/refused|timed out|timeout/i.test(error)) {
    return {
      cause: `nothing answers behind ${host}:${port}: the Service leads to no pod, or to a port on which nothing listens`,
      next: `kubectl get endpoints ${shellWord(host)}   must show the address of the pod of Redis, with 6379`,
    };
  }
  if (/NOAUTH|WRONGPASS/.test(error)) {
    return { cause: "Redis wants a password", next: "leave requirepass out" };
  }
  if (/python3?.*(not found|no such file)|executable file/i.test(error)) {
    return { cause: "there is no Python in the debug pod", next: "write: image: python:3.14" };
  }
  return {
    cause: "the program in the pod failed",
    next: `kubectl exec <pod> -- python3   and try ${host} by hand`,
  };
}

const WORKERS = 3;

/** 8.10: three workers share the jobs, each job done by one of them. */
export function judgeSharing({ leftOut, workers, run }: Sharing, place: Place): Judgement {
  const expected = "three workers run, and every job that the API takes is done by exactly one of them";
  const lack = judgeLeftOut(leftOut[0], expected) ?? judgeReadiness(workers, expected);
  if (lack) return lack;
  if (!run) return blocked(`the workers are not ready: ${showProgress(workers)}`, "check again in a while");
  const { url, answer } = run;
  const probe = place.again("8.10");
  if (answer.error !== undefined) {
    return notYet({
      expected,
      probe,
      observed: `in ${answer.pod}: ${answer.error}`,
      cause: /answered with|no id/.test(answer.error)
        ? "the API does not take such a job"
        : `the API does not answer at ${url}`,
      next: /answered with|no id/.test(answer.error)
        ? `say what your API takes: --job '{"start": 1, "end": 2}'`
        : "kubectl logs deployment/<api>   shows why; the server must listen on 0.0.0.0, not on 127.0.0.1",
    });
  }
  const names = new Map(workers.flatMap(({ pods }) => pods.map(({ address, name }) => [address, name])));
  const name = (address: string): string => names.get(address) ?? address;
  const undone = answer.jobs.filter(({ by }) => by.length === 0);
  if (undone.length > 0) {
    return notYet({
      expected,
      probe,
      observed: `${undone.length} of ${answer.jobs.length} jobs were taken by no worker, such as ${undone[0]?.id ?? ""}`,
      cause:
        "the workers wait on another queue or another Redis than the API puts into, or none of them was started",
      next: "kubectl logs deployment/<worker>   and compare the variables of both: kubectl set env --list deployment --all",
    });
  }
  const twice = answer.jobs.find(({ by }) => by.length > 1);
  if (twice) {
    return notYet({
      expected,
      probe,
      observed: `job ${twice.id} was taken by ${twice.by.map(name).join(" and ")}`,
      cause:
        "a job's message is read without being taken off the queue, or every worker is told of every job",
      next: "let HotQueue hand them out: @q.worker, or q.get()",
    });
  }
  const busy = [...new Set(answer.jobs.flatMap(({ by }) => by))];
  if (busy.length < WORKERS) {
    return notYet({
      expected,
      probe,
      observed: `${answer.jobs.length} jobs, all of them taken by ${busy.map(name).join(" and ")}`,
      cause: "the other workers run, and take nothing: they may wait on another queue",
      next: "kubectl logs   of a worker that took nothing",
    });
  }
  const shares = busy.map((one) => `${name(one)} ${answer.jobs.filter(({ by }) => by.includes(one)).length}`);
  return passed(`${answer.jobs.length} jobs, shared by ${shares.join(", ")}`);
}

/** 8.11: nothing is left in the cluster. */
export function judgeRemoval({ namespace, gone, reasons }: Removal): Judgement {
  if (gone) return passed(`the namespace ${namespace} is gone, with all that was in it`);
  return blocked(
    `the namespace ${namespace} is still there: ${reasons.join("; ")}`,
    `kubectl get namespace ${namespace}   until it is gone; what holds it is named above`,
  );
}
