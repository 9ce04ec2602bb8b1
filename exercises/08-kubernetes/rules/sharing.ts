import { blocked, type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type ApiRun, type Sharing, showProgress, WORKERS } from "../../../src/subjects/kubernetes/probe.js";
import { type Explained, explainRestart, isKeptApart, judgeCluster, POLICY } from "./exchange.js";
import { judgeLeftOut, judgeReadiness } from "./ready.js";

/** 8.10: three workers share the jobs, each job done by one of them. */
export function judgeSharing({ leftOut, workers, run }: Sharing, place: Place): Judgement {
  const expected = "three workers run, and every job that the API takes is done by exactly one of them";
  const lack = judgeLeftOut(leftOut[0], expected) ?? judgeReadiness(workers, expected);
  if (lack) return lack;
  if (!run) return blocked(`the workers are not ready: ${showProgress(workers)}`, "check again in a while");
  const probe = place.again("8.10");
  const { answer } = run;
  if (answer.error !== undefined) {
    if (answer.restarted) return notYet({ expected, ...explainRestart(answer.pod) });
    const observed = `in ${answer.pod}: ${answer.error}`;
    const cluster = judgeCluster(run.silence, (run.endpoints?.ready.length ?? 0) > 0, observed);
    if (cluster) return cluster;
    return notYet({ expected, probe, observed, ...explainApi(answer.error, run) });
  }
  const names = new Map(workers.flatMap(({ pods }) => pods.map(({ address, name }) => [address, name])));
  const name = (address: string): string => names.get(address) ?? address;
  const undone = answer.jobs.filter(({ by }) => by.length === 0);
  if (undone.length > 0) {
    return notYet({
      expected,
      probe,
      observed: `${undone.length} of ${answer.jobs.length} jobs were taken by no worker, such as ${undone[0]?.id ?? ""}`,
      ...explainUndone(answer),
    });
  }
  const twice = answer.jobs.find(({ by }) => by.length > 1);
  if (twice) {
    return notYet({
      expected,
      probe,
      mistake: "job-taken-twice",
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
      mistake: "idle-workers",
      observed: `${answer.jobs.length} jobs, all of them taken by ${busy.map(name).join(" and ")}`,
      cause: "the other workers run, and take nothing: they may wait on another queue",
      next: "kubectl logs   of a worker that took nothing",
    });
  }
  const shares = busy.map((one) => `${name(one)} ${answer.jobs.filter(({ by }) => by.includes(one)).length}`);
  return passed(`${answer.jobs.length} jobs, shared by ${shares.join(", ")}`);
}

function explainApi(error: string, { url, endpoints, silence }: ApiRun): Explained {
  if (/answered with|no id/.test(error)) {
    return {
      mistake: "job-refused",
      cause: "the API does not take such a job",
      next: `say what your API takes: --job '{"start": 1, "end": 2}'`,
    };
  }
  if (endpoints?.ready.length === 0) {
    return {
      cause: `the Service of the API leads to no pod that is ready (${url})`,
      next: "make its selector the labels of the API's pod: kubectl get pods --show-labels",
    };
  }
  if (isKeptApart(silence)) return POLICY;
  if (silence?.fromInside === false && silence.onLoopback === true) {
    return {
      mistake: "api-inside-only",
      cause: "the API listens on 127.0.0.1, where only its own pod reaches it",
      next: 'start the server on 0.0.0.0: app.run(host="0.0.0.0"), or --host 0.0.0.0',
    };
  }
  if (silence?.fromInside === false && silence.onLoopback === false) {
    return {
      mistake: "api-on-another-port",
      cause: "the API's pod is ready, and nothing in it listens on the port to which its Service leads",
      next: "kubectl logs deployment/<api>   shows its port, or why it does not come up; write that port as targetPort",
    };
  }
  return {
    cause: `the API does not answer at ${url}`,
    next: "kubectl logs deployment/<api>   shows why; the server must listen on 0.0.0.0, not on 127.0.0.1",
  };
}

type Answered = Extract<ApiRun["answer"], { error?: undefined }>;

/** Where the jobs lie, and where the workers wait. */
function explainUndone({ puts, workers }: Answered): Explained {
  const lies = puts.map(({ db, key }) => `${key} in database ${db}`).join(", ");
  if (workers.length === 0) {
    return {
      mistake: "no-worker-connected",
      cause: `no worker is connected to this Redis${lies === "" ? "" : `; the jobs lie in ${lies}`}`,
      next: "kubectl logs deployment/<worker>   shows where it looks for Redis, or why it does not get that far",
    };
  }
  if (lies === "") {
    return {
      mistake: "nothing-queued",
      cause: "the API puts no job on a queue of this Redis",
      next: "kubectl logs deployment/<api>   and compare the variables of both: kubectl set env --list deployment --all",
    };
  }
  const dbs = [...new Set(workers.flatMap((one) => one.dbs))];
  if (!puts.some(({ db }) => dbs.includes(db))) {
    return {
      mistake: "other-database",
      cause: `the jobs lie in ${lies}, and the workers are in database ${dbs.join(", ")}`,
      next: "give the API and the workers the same database for the queue (db=)",
    };
  }
  return {
    mistake: "other-queue",
    cause: workers.every(({ waits }) => waits)
      ? `the jobs lie in ${lies}, and every worker waits on another key`
      : `the jobs lie in ${lies}, and the workers do not ask there`,
    next: "give the API and the workers a queue of the same name; kubectl logs deployment/<worker>   shows theirs",
  };
}
