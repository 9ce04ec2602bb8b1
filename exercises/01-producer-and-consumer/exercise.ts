import { type Exercise, notYet, passed, type Step } from "../../src/course/authoring.js";
import { findQueue, queueLine } from "./evidence.js";
import { hints } from "./hints.js";
import { judgeAtOnce, judgeConsumer, judgeEmpty, judgeLength, judgeTwoClients } from "./rules.js";

/** The kinds of evidence that its checks ask for. */
type Evidence = "redis";

const steps: Step<Evidence>[] = [
  {
    id: "1.1",
    title: "Redis answers",
    needs: [],
    lasting: true,
    task: ({ redisUrl, why, tq }) =>
      `Start a Redis in the background:\n\n    tq redis up\n\nThis exercise looks at ${redisUrl} (${why}).\nSee that it answers:  ${tq("redis cli PING")}`,
    examine: async ({ redis, place }) => {
      const found = await redis.answers();
      if (found.answers) return passed(`Redis ${found.version} answers at ${place.redisUrl}`);
      return notYet({
        expected: `a Redis answers at ${place.redisUrl} (${place.why})`,
        observed: found.reason,
        probe: place.redisCli(0, "PING"),
        next: found.hint,
      });
    },
  },
  {
    id: "1.2",
    solution: ["producer.py", "consumer.py"],
    title: "two clients use the same queue",
    needs: ["1.1"],
    lasting: true,
    task: (place) =>
      `Open two terminals with a Python shell each. In a folder of your own, once:\n\n    python3 -m venv .venv\n    .venv/bin/pip install hotqueue redis\n\nThen in both terminals   .venv/bin/python   and there:\n\n    from hotqueue import HotQueue\n    ${queueLine(place)}\n\n(With socket_timeout=None it waits as long as it takes: without, redis for\nPython gives up after a minute, from version 8 on.) Put in the first, and take in the second:\n\n    q.put("hello")\n\n    for item in q.consume(): print(item)\n\nOr without Python:  ${place.tq('push "hello"')}   and   ${place.tq("consume")}`,
    examine: async ({ redis, place }) => {
      const evidence = findQueue(await redis.traffic());
      const alone = judgeTwoClients(evidence, [], place);
      if (alone.verdict !== "not-yet" || alone.mistake !== undefined) return alone;
      return judgeTwoClients(evidence, await redis.others(), place);
    },
  },
  {
    id: "1.3",
    solution: ["producer.py"],
    title: "messages wait, and the length counts them",
    needs: ["1.1"],
    lasting: true,
    task: (place) =>
      `While nobody consumes (Ctrl-C ends the loop), put three strings in the first\nterminal, and read the length:\n\n    q.put("a"); q.put("b"); q.put("c")\n    len(q)\n\nOr:  ${place.tq("push a b c")}   and   ${place.tq("len")}`,
    examine: async ({ redis, place }) => judgeLength(findQueue(await redis.traffic()), place),
  },
  {
    id: "1.4",
    solution: ["consumer.py"],
    title: "a consumer in the second terminal takes them in order",
    needs: ["1.2", "1.3"],
    lasting: true,
    task: (place) =>
      `In the second terminal:\n\n    for item in q.consume(): print(item)\n\nOr:  ${place.tq("consume")}`,
    examine: async ({ redis, place }) => judgeConsumer(findQueue(await redis.traffic()), place),
  },
  {
    id: "1.5",
    title: "the queue is empty, and more is put",
    needs: ["1.4"],
    lasting: true,
    task: (place) =>
      `Leave the consumer running. In the first terminal read the length again, and\nput one more:\n\n    len(q)\n    q.put("more")\n\nOr:  ${place.tq("len")}   and   ${place.tq('push "more"')}`,
    examine: async ({ redis, place }) => judgeEmpty(findQueue(await redis.traffic()), place),
  },
  {
    id: "1.6",
    title: "what is put while the consumer waits comes at once",
    needs: ["1.5"],
    lasting: true,
    task: (place) =>
      `Watch the second terminal while you put another in the first:\n\n    q.put("now")\n\nOr:  ${place.tq('push "now"')}`,
    examine: async ({ redis, place }) => judgeAtOnce(findQueue(await redis.traffic()), place),
  },
];

export const exercise: Exercise<Evidence> = {
  number: 1,
  slug: "producer-and-consumer",
  title: "Producer and consumer",
  summary: "two terminals, one queue",
  needs: ["redis"],
  subjects: ["redis"],
  steps,
  hints,
  halfway: ["1.1", "1.2", "1.3", "1.4"],
  mistakes: {
    "different-dbs": "1.2",
    "different-names": "1.2",
    "bare-list": "1.2",
    "one-client": "1.2",
    "two-servers": "1.2",
    "list-as-one-message": "1.3",
    "plain-text": "1.3",
    "consumer-ended": "1.6",
  },
};
