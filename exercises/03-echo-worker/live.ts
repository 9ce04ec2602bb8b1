import {
  type Judgement,
  notYet,
  passed,
  type Place,
  type QueueTrace,
  type Traffic,
} from "../../src/course/authoring.js";

/** What a worker in a shell is asked for, as far as Redis shows it. */
export type Aspect = "decorated" | "waits" | "printed" | "lasting" | "two";

/** So many messages show that it goes on. */
const MANY = 10;

/** Without a worker.py: what the student's Redis shows of a worker in a shell. */
export function judgeLive(aspect: Aspect, traffic: Traffic, place: Place): Judgement {
  const key = `hotqueue:${place.queue.name}`;
  const trace = traffic.traces.find((one) => one.key === key && one.db === place.queue.db);
  const waiting = traffic.clients.filter(({ blocked, db }) => blocked && db === place.queue.db);
  const workers = new Set([
    ...(trace?.waiting ?? waiting.map(({ address }) => address)),
    ...takersOf(trace).keys(),
  ]);
  if (aspect === "decorated" || aspect === "waits") {
    const [worker] = workers;
    if (worker !== undefined) return judgeWaiting(aspect, worker, place);
  }
  if (!trace || workers.size === 0) {
    const seen =
      traffic.known === "nothing"
        ? "a worker in a shell was not observed (run it with --watch)"
        : `nobody waits on ${key} in database ${place.queue.db}`;
    return judgeNothing(aspect, seen, place);
  }
  if (aspect === "decorated" || aspect === "waits") return insufficient(aspect, trace, workers, place);
  return RULES[aspect](trace) ?? insufficient(aspect, trace, workers, place);
}

export function judgeNothing(aspect: Aspect, seen: string, place: Place): Judgement {
  return notYet({
    expected: EXPECTED[aspect],
    observed: `no worker.py in ${place.folder}; ${seen}`,
    probe: `${place.redisCli(place.queue.db, "CLIENT", "LIST")}   (a worker that waits has cmd=blpop)`,
    next: `write worker.py: ${place.tq("exercise 3 --start")}   or start a worker: ${place.tq("echo-worker")}`,
  });
}

const EXPECTED: Readonly<Record<Aspect, string>> = {
  decorated: "a worker on the queue",
  waits: "a worker that waits for messages",
  printed: "a worker takes what is put, in order",
  lasting: `a worker takes ${MANY} messages or more, and waits on`,
  two: "two workers take messages from one queue, each some of them",
};

type Rule = (trace: QueueTrace) => Judgement | null;

function judgeWaiting(aspect: "decorated" | "waits", worker: string, { queue }: Place): Judgement {
  return passed(
    aspect === "waits"
      ? `${worker} waits for messages in database ${queue.db}`
      : `${worker} takes messages as a worker does (whether by a decorator, Redis does not tell)`,
  );
}

const RULES: Readonly<Record<Exclude<Aspect, "decorated" | "waits">, Rule>> = {
  printed: (trace) =>
    trace.deliveries.some(({ put }) => put !== null)
      ? passed(
          `${trace.deliveries.length} messages taken, each by one worker, in order (what is printed, Redis does not tell)`,
        )
      : null,
  lasting: (trace) => {
    const [taker, count] = [...takersOf(trace)].find(([, taken]) => taken >= MANY) ?? [];
    return taker === undefined ? null : passed(`${taker} took ${count ?? 0} messages, one after the other`);
  },
  two: (trace) => {
    const takers = [...takersOf(trace)];
    return takers.length >= 2
      ? passed(
          `each message went to one of them: ${takers.map(([client, count]) => `${client} took ${count}`).join(", ")}`,
        )
      : null;
  },
};

function insufficient(
  aspect: Aspect,
  trace: QueueTrace,
  workers: ReadonlySet<string>,
  place: Place,
): Judgement {
  const takers = [...takersOf(trace)].map(([client, count]) => `${client} took ${count}`);
  return notYet({
    expected: EXPECTED[aspect],
    observed: `${workers.size} ${workers.size === 1 ? "worker" : "workers"} on ${trace.key}; ${takers.length === 0 ? "nothing taken yet" : takers.join(", ")}`,
    probe: place.redisCli(place.queue.db, "CLIENT", "LIST"),
    next:
      aspect === "two" && workers.size < 2
        ? "start a second worker in another terminal, and put twenty messages"
        : `put more: seq 20 | ${place.tq("push")}`,
  });
}

/** How many messages each client took. */
function takersOf(trace: QueueTrace | undefined): Map<string, number> {
  const takers = new Map<string, number>();
  for (const { taker } of trace?.deliveries ?? []) takers.set(taker, (takers.get(taker) ?? 0) + 1);
  return takers;
}
