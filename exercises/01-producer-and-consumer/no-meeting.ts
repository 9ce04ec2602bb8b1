import {
  endedOfQuiet,
  type Judgement,
  notYet,
  type Place,
  type QueueTrace,
  shellCommand,
} from "../../src/course/authoring.js";
import { type OtherRedis } from "../../src/subjects/redis/probe.js";
import {
  consumersOf,
  describeQueue,
  type Evidence,
  explainQuiet,
  isQueue,
  nameOf,
  plural,
  queueLine,
} from "./evidence.js";

const expected = "one client puts on a queue, and another takes from the same queue";

/** Why producer and consumer have not met: the mistakes that keep two ends apart, the most particular first. */
export function explainNoMeeting(evidence: Evidence, others: readonly OtherRedis[], place: Place): Judgement {
  const { traces, known, clients } = evidence;
  const filled = traces.filter(({ puts, length }) => puts.length > 0 || length > 0);
  const queues = filled.filter(isQueue);
  const bare = filled.find((trace) => !isQueue(trace));
  const awaited = traces.find((trace) => isQueue(trace) && consumersOf(trace).size > 0);
  const both = queues.find((queue) => queue.puts.some(({ client }) => consumersOf(queue).has(client)));
  if (both) return oneClient(both, place);
  const apart = awaited && queues.find((queue) => queue !== awaited);
  if (apart) return endsApart(apart, awaited, place);
  const blocked = clients.find((client) => client.blocked && client.command === "BLPOP");
  const [filledQueue] = queues;
  if (blocked && filledQueue && !awaited) return waitsElsewhere(filledQueue, blocked, place);
  if (bare && queues.length === 0) return bareList(bare, place);
  const elsewhere = others.find(
    ({ lists, clients }) => lists.some(isQueue) || clients.some(({ blocked }) => blocked),
  );
  if (elsewhere) return twoServers(elsewhere, evidence, place);
  const [lonely] = queues;
  const quiet = traces.filter(isQueue).find((trace) => endedOfQuiet(trace));
  const seen = lonely
    ? `${plural(lonely.puts.length || lonely.length, lonely.puts.length > 0 ? "put" : "message")} on ${describeQueue(lonely)}; nobody takes`
    : awaited
      ? `a client waits on ${describeQueue(awaited)}; nobody has put anything`
      : "no client has used a queue";
  if (quiet) {
    return notYet({
      expected,
      observed: `${seen}; the consumer that waited is gone`,
      probe: place.redisCli(0, "CLIENT", "LIST"),
      next: "",
      ...explainQuiet(quiet, place),
    });
  }
  const atAll = lonely !== undefined || awaited !== undefined;
  return notYet({
    expected,
    observed: known === "nothing" ? `not observed${atAll ? ` (now: ${seen})` : ""}` : seen,
    probe: place.redisCli(0, "CLIENT", "LIST"),
    next:
      known === "nothing"
        ? `${place.tq("exercise 1 --watch")}   in one terminal, and the step again in the others`
        : lonely
          ? `in a second terminal: for item in q.consume(): print(item)   or: ${place.tq("consume")}`
          : `in another terminal: q.put("hello")   or: ${place.tq('push "hello"')}`,
  });
}

function oneClient(queue: QueueTrace, place: Place): Judgement {
  const client = queue.puts.find((put) => consumersOf(queue).has(put.client))?.client ?? "";
  return notYet({
    expected,
    observed: `the one client ${client} both puts and takes, on ${describeQueue(queue)}`,
    probe: place.redisCli(0, "CLIENT", "LIST"),
    cause: "producer and consumer are the same Python shell",
    next: "open a second terminal with a Python shell and a HotQueue object of its own, and consume there",
    mistake: "one-client",
  });
}

function endsApart(filled: QueueTrace, awaited: QueueTrace, place: Place): Judgement {
  const sameName = filled.key === awaited.key;
  return notYet({
    expected,
    observed: `put on ${describeQueue(filled)}; taken from ${describeQueue(awaited)}`,
    probe: place.redisCli(filled.db, "LLEN", filled.key),
    cause: sameName
      ? `the two ends use different databases: db=${filled.db} and db=${awaited.db}`
      : `the two ends use different names: "${nameOf(filled)}" and "${nameOf(awaited)}"`,
    next: `make both the same: ${queueLine(place, nameOf(filled), filled.db)}`,
    mistake: sameName ? "different-dbs" : "different-names",
  });
}

/** The server does not tell on which key a client waits; that it waits beside a filled queue tells enough. */
function waitsElsewhere(
  filled: QueueTrace,
  { address, db }: { address: string; db: number },
  place: Place,
): Judgement {
  const otherDb = db !== filled.db;
  return notYet({
    expected,
    observed: `put on ${describeQueue(filled)}; ${address} waits in database ${db}${otherDb ? "" : ", and gets nothing"}`,
    probe: `${place.redisCli(filled.db, "CLIENT", "LIST")}   (cmd=blpop, and its db)`,
    cause: otherDb
      ? `the two ends use different databases: db=${filled.db} and db=${db}`
      : `the two ends use different names: the producer's is "${nameOf(filled)}"`,
    next: `make both the same: ${queueLine(place, nameOf(filled), filled.db)}`,
    mistake: otherDb ? "different-dbs" : "different-names",
  });
}

function bareList(list: QueueTrace, place: Place): Judgement {
  return notYet({
    expected,
    observed: `messages in the list "${list.key}" of database ${list.db}, which is no queue of HotQueue's`,
    probe: place.redisCli(list.db, "LLEN", list.key),
    cause: `HotQueue's key has a prefix: hotqueue:${list.key}`,
    next: `put with a HotQueue object: q.put("hello")   or: ${place.tq('push "hello"')}`,
    mistake: "bare-list",
  });
}

function twoServers(other: OtherRedis, { queue }: Evidence, place: Place): Judgement {
  const there = other.lists.find(isQueue);
  return notYet({
    expected,
    observed: `two Redis servers: ${place.redisUrl} has ${queue ? `traffic on ${describeQueue(queue)}` : "no queue in use"}, and ${other.url} has ${there ? `${plural(there.length, "message")} on ${describeQueue(there)}` : "a client that waits"}`,
    probe: shellCommand("tq", "redis", "cli", "--redis-url", other.url, "CLIENT", "LIST"),
    cause: "two Redis servers run on this machine, and each end uses another one",
    next: `give both ends the same host and port: host="${place.host}", port=${place.port}`,
    mistake: "two-servers",
  });
}
