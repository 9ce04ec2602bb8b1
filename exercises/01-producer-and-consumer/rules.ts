import {
  type Delivery,
  delayOf,
  type Judgement,
  notYet,
  passed,
  type Place,
  type QueueTrace,
} from "../../src/course/authoring.js";
import { type OtherRedis } from "../../src/subjects/redis/probe.js";
import {
  consumersOf,
  countMessages,
  describeQueue,
  ENOUGH,
  type Evidence,
  exchanges,
  explainQuiet,
  findListInOne,
  findPlainText,
  isQueue,
  plural,
} from "./evidence.js";
import { explainNoMeeting } from "./no-meeting.js";

/** 1.2: two separate clients use the same queue. */
export function judgeTwoClients(evidence: Evidence, others: readonly OtherRedis[], place: Place): Judgement {
  const { queue } = evidence;
  if (queue) {
    const producers = new Set(queue.puts.map(({ client }) => client));
    const consumers = consumersOf(queue);
    for (const producer of producers) {
      const other = [...consumers].find((consumer) => consumer !== producer);
      if (other !== undefined) {
        return passed(`${producer} puts and ${other} takes, on ${describeQueue(queue)}`);
      }
    }
  }
  return explainNoMeeting(evidence, others, place);
}

/** 1.3: three or more strings are put, and the length is read while they wait. */
export function judgeLength(evidence: Evidence, place: Place): Judgement {
  const { known } = evidence;
  const queue = fullestQueue(evidence);
  const expected = `${ENOUGH} or more strings put on the queue, and then its length read`;
  const probe = queue ? place.redisCli(queue.db, "LLEN", queue.key) : place.tq("queues");
  if (!queue) {
    return notYet({
      expected,
      observed: known === "nothing" ? NOT_OBSERVED : "no message was put",
      probe,
      next: `q.put("hello")   or: ${place.tq('push "hello" "two" "three"')}`,
    });
  }
  const list = findListInOne(queue);
  const count = countMessages(queue.puts);
  if (list !== null && count < ENOUGH) {
    return notYet({
      expected,
      observed: `one message that is a list: ${list}`,
      probe: place.redisCli(queue.db, "LLEN", queue.key),
      cause: "q.put([...]) puts the whole list as one message",
      next: 'put them one by one: q.put("a"), or with a star: q.put(*["a", "b", "c"])',
      mistake: "list-as-one-message",
    });
  }
  const text = findPlainText(queue);
  if (text !== null) {
    return notYet({
      expected: "messages that HotQueue can read: pickled",
      observed: `a message that is plain text: ${text}`,
      probe: place.redisCli(queue.db, "LRANGE", queue.key, "0", "-1"),
      cause: "it was pushed with redis-cli or a bare client; HotQueue fails to unpickle it",
      next: `${place.tq("clear")}   then put with q.put(...) or tq push`,
      mistake: "plain-text",
    });
  }
  const read = queue.lengthsRead.find(({ length }) => length >= ENOUGH);
  if (read) {
    return passed(
      `${plural(count, "message")} put on ${describeQueue(queue)}; the length read was ${read.length}`,
    );
  }
  if (known === "nothing") {
    return notYet({
      expected,
      observed: `${plural(queue.length, "message")} on ${describeQueue(queue)}; who put them and who read the length was ${NOT_OBSERVED}`,
      probe,
      next: `${place.tq("exercise 1 --watch")}   in one terminal, and the step again in another`,
    });
  }
  const reads = queue.lengthsRead.map(({ length }) => length);
  return notYet({
    expected,
    observed: `${plural(count, "message")} put on ${describeQueue(queue)}; ${reads.length === 0 ? "nobody has read the length" : `lengths read: ${reads.slice(-5).join(", ")}`}`,
    probe,
    next:
      count < ENOUGH
        ? `put ${ENOUGH - count} more while nobody consumes, then: len(q)   or: ${place.tq("len")}`
        : queue.length >= ENOUGH
          ? `len(q)   or: ${place.tq("len")}`
          : `stop the consumer (Ctrl-C), put ${ENOUGH}, then: len(q)   or: ${place.tq("len")}`,
  });
}

const NOT_OBSERVED = "not observed";

/** Where the messages wait that are to be counted, which need not be where others were taken before. */
function fullestQueue({ queue, traces }: Evidence): QueueTrace | null {
  const isRead = ({ lengthsRead }: QueueTrace): boolean => lengthsRead.some(({ length }) => length >= ENOUGH);
  const rank = (trace: QueueTrace): number =>
    Number(isRead(trace)) * 1_000_000 +
    2 * Math.max(countMessages(trace.puts), trace.length) +
    Number(trace === queue);
  const [fullest] = traces
    .filter((trace) => isQueue(trace) && trace.puts.length + trace.length > 0)
    .sort((a, b) => rank(b) - rank(a));
  return fullest ?? queue;
}

/** 1.4: a loop in another client takes them, in order. */
export function judgeConsumer({ queue, known }: Evidence, place: Place): Judgement {
  const expected = `a loop over q.consume() in the second terminal takes ${ENOUGH} messages, in order`;
  if (!queue) return nothingTaken(expected, known, place);
  const taken = exchanges(queue);
  const byConsumer = new Map<string, Delivery[]>();
  for (const one of taken) byConsumer.set(one.taker, [...(byConsumer.get(one.taker) ?? []), one]);
  for (const [consumer, all] of byConsumer) {
    const looped = all.filter(({ by }) => by === "BLPOP");
    if (looped.length >= ENOUGH) {
      return passed(
        `${consumer} took ${plural(looped.length, "message")} from ${describeQueue(queue)}, in order`,
      );
    }
  }
  const probe = place.redisCli(queue.db, "LLEN", queue.key);
  const [first] = taken;
  if (!first) return nothingTaken(expected, known, place, probe);
  const wrongEnd = taken.find(({ by }) => by.includes("RPOP"));
  if (wrongEnd) {
    return notYet({
      expected,
      observed: `${wrongEnd.taker} takes from the tail, with ${wrongEnd.by}: the newest first`,
      probe,
      cause: "a bare Redis client is used where HotQueue takes from the head",
      next: "for item in q.consume(): print(item)",
    });
  }
  if (taken.every(({ by }) => by === "LPOP") && taken.length >= ENOUGH) {
    return notYet({
      expected,
      observed: `${plural(taken.length, "message")} taken one at a time, without waiting (LPOP)`,
      probe,
      cause: "q.get() was called where a loop over q.consume() is asked for",
      next: `for item in q.consume(): print(item)   or: ${place.tq("consume")}`,
    });
  }
  return notYet({
    expected,
    observed:
      byConsumer.size > 1
        ? `${plural(taken.length, "message")} taken by ${byConsumer.size} clients: ${[...byConsumer].map(([client, all]) => `${client} took ${all.length}`).join(", ")}`
        : `${plural(taken.length, "message")} taken by ${first.taker}`,
    probe,
    ...explainConsumers([...byConsumer.values()]),
  });
}

/** Side by side they share the messages; one that was stopped and started again is another client to Redis. */
function explainConsumers(all: readonly (readonly Delivery[])[]): { cause?: string; next: string } {
  if (all.length < 2) return { next: "let the loop run, and put more in the first terminal" };
  const spans = all
    .map((taken) => taken.map(({ order }) => order))
    .map((orders) => ({ from: Math.min(...orders), to: Math.max(...orders) }))
    .sort((a, b) => a.from - b.from);
  const overlap = spans.some(({ from }, n) => n > 0 && from < (spans[n - 1]?.to ?? 0));
  return overlap
    ? {
        cause: "several consumers run: each message goes to one of them",
        next: "stop all consumers but one (Ctrl-C), and put three more",
      }
    : {
        cause:
          "one client took messages, and another after it: a loop that is started again is another client",
        next: "let the loop run that runs now, and put three more",
      };
}

function nothingTaken(
  expected: string,
  known: Evidence["known"],
  place: Place,
  probe = place.tq("queues"),
): Judgement {
  return notYet({
    expected,
    observed:
      known === "nothing" ? NOT_OBSERVED : "no message was taken by another client than the one that put it",
    probe,
    next:
      known === "nothing"
        ? `${place.tq("exercise 1 --watch")}   in one terminal, and the step again in the others`
        : `in the second terminal: for item in q.consume(): print(item)   or: ${place.tq("consume")}`,
  });
}

/** 1.5: all taken, the length read as 0, and more put. */
export function judgeEmpty({ queue, known }: Evidence, place: Place): Judgement {
  const expected = "the length is 0 after the consumer took all; then more is put";
  if (!queue || !exchanges(queue)[ENOUGH - 1]) return nothingTaken(expected, known, place);
  const { read, more } = afterEmpty(queue);
  if (more) return passed(`the length read was 0; then ${plural(more.count, "message")} more was put`);
  return notYet({
    expected,
    observed: read ? "the length read was 0; nothing was put after that" : "nobody has read the length since",
    probe: place.redisCli(queue.db, "LLEN", queue.key),
    next: read
      ? `leave the consumer running, and: q.put("more")   or: ${place.tq('push "more"')}`
      : `len(q)   or: ${place.tq("len")}`,
  });
}

/** The length that was read as 0 when all were taken, and what was put after that. */
function afterEmpty(queue: QueueTrace): {
  read: QueueTrace["lengthsRead"][number] | undefined;
  more: QueueTrace["puts"][number] | undefined;
} {
  const thirdTaken = exchanges(queue)[ENOUGH - 1];
  const read = queue.lengthsRead.find(
    ({ length, order }) => thirdTaken !== undefined && length === 0 && order > thirdTaken.order,
  );
  return { read, more: read && queue.puts.find(({ order }) => order > read.order) };
}

/** 1.6: what is put while the consumer waits comes at once. */
export function judgeAtOnce({ queue, known, clients }: Evidence, place: Place): Judgement {
  const expected = "a message that is put while the consumer waits is taken at once";
  if (!queue) return nothingTaken(expected, known, place);
  const { more } = afterEmpty(queue);
  // The message of the step before is no answer to this one.
  const prompt = exchanges(queue).filter(
    ({ awaited, put }) => awaited && (put?.order ?? 0) > (more?.order ?? -1),
  );
  const delays = prompt.flatMap((delivery) => delayOf(delivery) ?? []);
  // Watched live, who took it and is still there comes back in a moment, and that tells how long it took.
  const isAtWork = prompt.some(({ taker }) => clients.some(({ address }) => address === taker));
  if (known === "live" && delays.length === 0 && isAtWork) {
    return notYet({
      expected,
      observed: "a message was taken at once, and the consumer is at work on it",
      probe: `${place.redisCli(0, "CLIENT", "LIST")}   (a consumer that waits has cmd=blpop)`,
      next: "wait until it asks for the next one",
    });
  }
  if (prompt.length > 0) {
    const fastest = Math.min(...delays);
    return passed(
      delays.length > 0
        ? `put to taken and done with: ${(fastest * 1000).toFixed(1)} ms`
        : "taken in the same moment, before anything else happened (the walk-through shows the milliseconds)",
    );
  }
  const probe = `${place.redisCli(0, "CLIENT", "LIST")}   (a consumer that waits has cmd=blpop)`;
  return notYet({
    expected,
    observed: `${queue.length > 0 ? plural(queue.length, "message") : "no message"} on the queue; ${queue.waiting.length === 0 ? "no consumer waits" : "a consumer waits"}`,
    probe,
    ...(queue.waiting.length === 0 && {
      cause: "the consumer was ended before the next message was put",
      mistake: "consumer-ended",
    }),
    next:
      queue.waiting.length === 0
        ? `start the loop again, and put while it waits: q.put("now")   or: ${place.tq('push "now"')}`
        : `q.put("now")   or: ${place.tq('push "now"')}`,
    ...explainQuiet(queue, place),
  });
}
