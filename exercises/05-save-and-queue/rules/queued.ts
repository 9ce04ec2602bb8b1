import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import {
  isQueuedFirst,
  namedId,
  type Queued,
  queuedBy,
  type SubmitRun,
} from "../../../src/subjects/jobs/probe.js";

/** 5.3: the queue holds the id, and nothing else. */
export function judgeQueued(run: SubmitRun | null, place: Place): Judgement {
  const [first] = run?.good ?? [];
  if (!first) throw new Error("an API that answers was sent no request");
  const { name, db } = place.queue;
  const key = `hotqueue:${name}`;
  const id = namedId(first.exchange) ?? "";
  const facts = {
    expected: `${key} in database ${db} holds the id ${id}, and nothing else`,
    probe: place.again("5.3"),
  };
  const found = queuedBy(first);
  const queued = found.find(({ at }) => at.key === key && at.db === db);
  if (!queued) return notYet({ ...facts, observed: describe(found), ...explainElsewhere(found, place) });
  const { at, item } = queued;
  const observed = `${key} holds ${at.items.map(({ shown }) => shown).join(", ")}`;
  if (!item.pickled && item.value === null) {
    return notYet({
      ...facts,
      observed,
      cause: "the message is put with a Redis client, not with the queue object: HotQueue cannot read it",
      next: "q.put(jid) in _queue_job",
      mistake: "queued-without-hotqueue",
    });
  }
  if (item.value !== id) {
    return notYet({ ...facts, observed, ...explainOther(item.shown, id) });
  }
  if (at.items.length > 1) {
    return notYet({
      ...facts,
      observed,
      cause: `the job is queued ${at.items.length} times`,
      next: "call _queue_job once, in add_job",
      mistake: "queued-twice",
    });
  }
  if (isQueuedFirst(first)) {
    return notYet({
      ...facts,
      observed: `${observed}; it was put before the record was saved`,
      cause: "a quick worker takes the id, and finds no record",
      next: "in add_job: first _save_job, then _queue_job",
      mistake: "queued-before-saved",
    });
  }
  return passed(`${key} in database ${db} holds ${item.shown}, put after the record was saved`);
}

function explainOther(shown: string, id: string): { cause: string; next: string; mistake: string } {
  if (shown.startsWith("{")) {
    return {
      cause: "the whole job is on the queue: it would be there twice, and the two would soon differ",
      next: "q.put(jid): the worker reads the rest from Redis",
      mistake: "job-queued-instead-of-id",
    };
  }
  return shown.includes(id)
    ? {
        cause: "the record's key is on the queue, and the worker is to get the id",
        next: "_queue_job(jid), not _queue_job(job_key)",
        mistake: "key-queued-instead-of-id",
      }
    : {
        cause: "what is on the queue is not the id of the answer",
        next: "generate the id once in add_job, and use it for record, queue and answer",
        mistake: "other-id-queued",
      };
}

function explainElsewhere(
  found: readonly Queued[],
  { queue }: Place,
): { cause: string; next: string; mistake: string } {
  const [other] = found;
  if (!other) {
    return {
      cause: "nothing calls _queue_job, or it does nothing yet",
      next: "add_job calls _queue_job(jid), and that calls q.put(jid)",
      mistake: "not-queued",
    };
  }
  const wanted = `q = HotQueue("${queue.name}", host=…, port=6379, db=${queue.db})`;
  return other.at.key === `hotqueue:${queue.name}`
    ? {
        cause: `the queue is in database ${other.at.db}, beside the records or in one of its own. In another program this may be right; the exercise has it in database ${queue.db}`,
        next: wanted,
        mistake: "queue-in-other-db",
      }
    : {
        cause: `the list is called ${other.at.key}. Any name is right when both ends use it; the exercise calls it "${queue.name}"`,
        next: `${wanted}   or tell tq your name: --queue <name>`,
        mistake: "queue-named-otherwise",
      };
}

function describe(found: readonly Queued[]): string {
  const shown = found.map(({ at, item }) => `${at.key} in database ${at.db} holds ${item.shown}`);
  return shown.length === 0 ? "no list has a new message after the request" : shown.join("; ");
}
