import {
  type Delivery,
  type Hold,
  type Judgement,
  notYet,
  passed,
  type Place,
  readMessage,
  type Traffic,
} from "../../../src/course/authoring.js";

/** Seconds that a worker which takes 30 for a message was at work at least; a program that takes one and ends is gone sooner. */
const WORKED = 0.5;

const expected = "a plain worker is killed in the middle of its work, and its message is gone";

/** 10.1: a message was taken with BLPOP, and the connection that took it ended without another command. */
export function judgeLost(traffic: Traffic, holds: readonly Hold[], place: Place): Judgement {
  const { traces, clients, known } = traffic;
  const connected = new Set(clients.map(({ address }) => address));
  const taken = traces
    .filter(({ key }) => key.startsWith("hotqueue:"))
    .flatMap((trace) => trace.deliveries.map((delivery) => ({ ...delivery, key: trace.key })))
    .filter(({ by }) => by === "BLPOP");
  const open = taken.filter(({ doneAt, told }) => doneAt === null && told === "issued");
  const gone = open.filter(({ taker }) => !connected.has(taker));
  const lost = gone.find(({ takenAt, thereUntil }) => thereUntil - takenAt >= WORKED);
  if (lost) {
    return passed(
      `${lost.taker} took ${show(lost)} from ${lost.key}, and its connection ended without another command: Redis has that message no more`,
    );
  }
  const facts = { expected, probe: place.redisCli(place.queue.db, "LLEN", `hotqueue:${place.queue.name}`) };
  const again = `${place.tq("echo-worker --delay 30")}   then put a message, and kill -9 the worker while it works`;
  const working = open.find((delivery) => !gone.includes(delivery));
  if (working) {
    return notYet({
      ...facts,
      observed: `${working.taker} has ${show(working)} in work, and is still connected`,
      next: "kill that worker now: kill -9 <its process id>, or close its terminal",
    });
  }
  const [short] = gone;
  if (short) {
    return notYet({
      ...facts,
      observed: `${short.taker} took ${show(short)}, and its connection ended at once`,
      cause:
        "it was not at work: a program that takes one message and ends, such as consume --max 1, leaves the same trace",
      next: `${again}, some seconds after it has printed the message`,
      mistake: "ends-after-one",
    });
  }
  const finished = taken.findLast(({ doneAt }) => doneAt !== null);
  if (finished) {
    return notYet({
      ...facts,
      observed: `${finished.taker} took ${show(finished)}, and then asked for the next`,
      cause: "it was done with its work before it ended, if it ended at all",
      next: again,
      mistake: "killed-too-late",
    });
  }
  if (taken.length > 0 || known === "nothing") {
    return notYet({
      ...facts,
      observed:
        taken.length > 0
          ? `not observed: a message was taken with BLPOP, but the history does not tell whether the worker asked for another`
          : "not observed",
      next: `${place.tq("exercise 10 --watch")}   in one terminal, and the step again in the others`,
    });
  }
  if (holds.some(({ reliable }) => reliable)) {
    return notYet({
      ...facts,
      observed: "messages were taken with --reliable only",
      cause: "reliable delivery keeps the message: this step is about what happens without it",
      next: again,
      mistake: "reliable-already",
    });
  }
  return notYet({ ...facts, observed: "no worker has taken a message with BLPOP", next: again });
}

function show({ put, position }: Delivery): string {
  const bytes = put?.messages[position];
  return bytes ? `the message ${readMessage(bytes).shown}` : "a message";
}
