import { expect, it } from "vitest";
import { judgeExchange, judgeSharing } from "../../../exercises/08-kubernetes/rules/index.js";
import { type Place } from "../../../src/course/authoring.js";
import { type Exchange, type Sharing, type Silence } from "../../../src/subjects/kubernetes/probe.js";

const exchange = (put: object, taken: object, more: object = {}): Exchange =>
  ({
    host: "redis-db",
    port: 6379,
    endpoints: { ready: ["10.0.0.9"], waiting: 0, ports: [6379] },
    silence: null,
    sent: ["a 1", "a 2"],
    ...more,
    put: { pod: "p1", ...put },
    taken: { pod: "p2", ...taken },
  }) as unknown as Exchange;

it.each([
  [{ put: 2 }, { taken: ["a 1", "a 2"] }, "passed", undefined],
  [{ put: 2 }, { taken: ["a 1"] }, "not-yet", "something else takes messages"],
  [{ error: "gaierror: [Errno -2] Name or service not known" }, { taken: [] }, "not-yet", "is not known"],
  [
    { error: "ConnectionRefusedError: [Errno 111] Connection refused" },
    { taken: [] },
    "not-yet",
    "nothing answers behind redis-db:6379",
  ],
  [{ put: 2 }, { error: "TimeoutError: timed out" }, "not-yet", "nothing answers behind redis-db:6379"],
  [{ error: 'exec: "python3": executable file not found in $PATH' }, { taken: [] }, "not-yet", "no Python"],
  [
    { error: "RuntimeError: Redis says: NOAUTH Authentication required." },
    { taken: [] },
    "not-yet",
    "Redis wants a password",
  ],
])("8.9 judges put %j, taken %j", (put, taken, verdict, cause) => {
  expect(judgeExchange(exchange(put, taken))).toMatchObject({
    verdict,
    ...(cause !== undefined && { cause: expect.stringContaining(cause) as string }),
  });
});

const place = { again: (id: string) => `tq --step ${id}` } as Place;
const workers = ["10.0.0.1", "10.0.0.2", "10.0.0.3"].map((address, n) => ({
  name: `w${n + 1}`,
  address,
  ready: true,
  restarts: 0,
  trouble: null,
}));

function sharing(by: readonly string[][], error?: string, more: object = {}, found: object = {}): Sharing {
  const jobs = by.map((one, n) => ({ id: `job-${n}`, by: one }));
  const answer =
    error === undefined
      ? { pod: "p1", jobs, puts: [], workers: [], ...more }
      : { pod: "p1", error, restarted: false, ...more };
  return {
    leftOut: [],
    workers: [{ workload: "jobs-worker", wanted: 3, pods: workers, trouble: null }],
    run: {
      url: "http://jobs-api:5000/jobs",
      endpoints: { ready: ["10.0.0.8"], waiting: 0, ports: [5000] },
      silence: null,
      ...found,
      answer,
    },
  };
}

it.each([
  ["shared", sharing([["10.0.0.1"], ["10.0.0.2"], ["10.0.0.3"], ["10.0.0.1"]]), "passed", "w1 2, w2 1, w3 1"],
  ["taken by two only", sharing([["10.0.0.1"], ["10.0.0.2"]]), "not-yet", "taken by w1 and w2"],
  ["left lying", sharing([["10.0.0.1"], []]), "not-yet", "1 of 2 jobs were taken by no worker"],
  ["done twice", sharing([["10.0.0.1", "10.0.0.3"]]), "not-yet", "job-0 was taken by w1 and w3"],
  [
    "refused",
    sharing([], "RuntimeError: POST http://jobs-api:5000/jobs was answered with 400: start"),
    "not-yet",
    "400",
  ],
])("8.10 judges jobs that are %s", (_, evidence, verdict, observed) => {
  const judgement = judgeSharing(evidence, place);
  expect(judgement.verdict).toBe(verdict);
  expect(judgement.observed).toContain(observed);
});

const REFUSED = "ConnectionRefusedError: [Errno 111] Connection refused";
const near = (found: Partial<Silence>): Silence => ({
  fromOutside: false,
  fromInside: false,
  onLoopback: false,
  hasPolicy: false,
  ...found,
});
const OUTSIDE = { fromOutside: true, fromInside: null, onLoopback: null };
const failedPut = { error: REFUSED, restarted: false };

it.each([
  ["the Service's rules are late", { silence: near(OUTSIDE) }, "blocked", undefined],
  [
    "no pod is behind the Service",
    { endpoints: { ready: [], waiting: 0, ports: [6379] }, silence: near(OUTSIDE) },
    "not-yet",
    "its selector fits none",
  ],
  ["Redis does not listen", { silence: near({}) }, "not-yet", "nothing in it listens on port 6379"],
  ["Redis listens inside only", { silence: near({ onLoopback: true }) }, "not-yet", "listens on 127.0.0.1"],
  ["the pods' network is gone", { silence: near({ fromInside: true }) }, "blocked", undefined],
  [
    "a policy keeps the pods apart",
    { silence: near({ fromInside: true, hasPolicy: true }) },
    "not-yet",
    "NetworkPolicy",
  ],
  [
    "the Service leads to another port",
    { endpoints: { ready: ["10.0.0.9"], waiting: 0, ports: [6380] }, silence: near(OUTSIDE) },
    "not-yet",
    "leads to port 6380",
  ],
])("8.9 where %s", (_, more, verdict, cause) => {
  const judgement = judgeExchange(exchange(failedPut, failedPut, more));
  expect(judgement.verdict).toBe(verdict);
  if (cause !== undefined)
    expect(judgement).toMatchObject({ cause: expect.stringContaining(cause) as string });
});

it("names a debug pod whose container ended meanwhile, and not what it asked", () => {
  const gone = { error: "error: unable to upgrade connection: container not found", restarted: true };
  const put = judgeExchange(exchange(gone, gone));
  const jobs = judgeSharing(sharing([], gone.error, { restarted: true }), place);
  for (const judgement of [put, jobs]) {
    expect(judgement).toMatchObject({
      verdict: "not-yet",
      observed: expect.stringContaining("the container of p1 ended") as string,
      next: expect.stringContaining("sleep") as string,
    });
  }
});

const LIE = [{ db: 1, key: "hotqueue:queue" }];
const waits = (db: number) => workers.map(({ address }) => ({ address, dbs: [db], waits: true }));

it.each([
  ["no worker is there", LIE, [], "no worker is connected to this Redis; the jobs lie in hotqueue:queue"],
  ["they wait elsewhere", LIE, waits(2), "in database 1, and the workers are in database 2"],
  ["they wait on another key", LIE, waits(1), "every worker waits on another key"],
  ["nothing was put", [], waits(1), "the API puts no job on a queue of this Redis"],
])("8.10 says why jobs lie there: %s", (_, puts, clients, cause) => {
  const judgement = judgeSharing(sharing([[]], undefined, { puts, workers: clients }), place);
  expect(judgement).toMatchObject({ verdict: "not-yet", cause: expect.stringContaining(cause) as string });
});

it.each([
  ["listens inside only", { silence: near({ onLoopback: true }) }, "not-yet", "listens on 127.0.0.1"],
  ["does not listen", { silence: near({}) }, "not-yet", "nothing in it listens on the port"],
  [
    "is behind a Service that finds none",
    { endpoints: { ready: [], waiting: 0, ports: [] } },
    "not-yet",
    "leads to no pod",
  ],
  ["is there by its address only", { silence: near(OUTSIDE) }, "blocked", undefined],
])("8.10 says why an API does not answer that %s", (_, found, verdict, cause) => {
  const judgement = judgeSharing(sharing([], REFUSED, {}, found), place);
  expect(judgement.verdict).toBe(verdict);
  if (cause !== undefined)
    expect(judgement).toMatchObject({ cause: expect.stringContaining(cause) as string });
});
