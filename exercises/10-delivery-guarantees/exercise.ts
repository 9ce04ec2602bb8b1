import {
  type Exercise,
  type Judgement,
  notYet,
  type Place,
  type Probes,
  type Step,
} from "../../src/course/authoring.js";
import { type MessageRun, type MoreRuns } from "../../src/subjects/messages/probe.js";
import { hints } from "./hints.js";
import { judgeLost } from "./rules/lost.js";
import { judgeReturned, judgeTwice } from "./rules/returned.js";
import { judgeDone, judgeFailure, judgeOnce } from "./rules/work.js";

/** The kinds of evidence that its checks ask for. */
type Evidence = "redis" | "message";

/** Judges what happened in the student's Redis. */
function ofRedis(judge: (probes: Probes<Evidence>) => Promise<Judgement>): Step<Evidence>["examine"] {
  return async (probes) => {
    const { redis, place } = probes;
    const answer = await redis.answers();
    if (answer.answers) return judge(probes);
    return notYet({
      expected: `a Redis answers at ${place.redisUrl} (${place.why})`,
      observed: answer.reason,
      probe: place.redisCli(0, "PING"),
      next: answer.hint,
    });
  };
}

/** Judges the runs of work.py, which there is once it does its work. */
function ofRun(
  judge: (run: MessageRun, more: MoreRuns, place: Place) => Judgement,
): Step<Evidence>["examine"] {
  return async ({ message, place }) => {
    const run = await message.run();
    if (!run?.more) throw new Error("work.py did its work, and was run no further");
    return judge(run, run.more, place);
  };
}

const steps: Step<Evidence>[] = [
  {
    id: "10.1",
    title: "a worker is killed, and its message is gone",
    needs: [],
    lasting: true,
    task: ({ tq }) =>
      `Let this walk, or ${tq("exercise 10 --watch")}, run in a terminal of its own:\nwhat a worker was about to do, no history tells. In a second terminal, a\nworker that takes half a minute for each message; in a third, a message:\n\n    ${tq("echo-worker --delay 30")}\n\n    ${tq("push one")}\n\nWithin these 30 seconds kill the worker, or close its terminal:\n\n    kill -9 <process id>\n\n    ${tq("len")}\n\nWhere is the message now? Start the worker again, and see whether it comes.`,
    examine: ofRedis(async ({ redis, place }) =>
      judgeLost(await redis.traffic(), await redis.holds(), place),
    ),
  },
  {
    id: "10.2",
    title: "with --reliable it comes back",
    needs: [],
    lasting: true,
    task: ({ tq }) =>
      `End what still runs. Then the same with reliable delivery, in two\nterminals:\n\n    ${tq("echo-worker --reliable --delay 30")}\n\n    ${tq("push two")}\n\nKill the worker that printed the message, again with kill -9. The other\nwaits. Look at who has what, until the lease is over (10 seconds):\n\n    ${tq("status")}`,
    examine: ofRedis(async ({ redis, place }) =>
      judgeReturned(await redis.holds(), (await redis.traffic()).known, place),
    ),
  },
  {
    id: "10.3",
    title: "a worker is only slow, and the work is done twice",
    needs: ["10.2"],
    lasting: true,
    task: ({ tq }) =>
      `End both, and start two that work for 5 seconds. The one that gets the\nmessage is paused for longer than its lease, like a laptop with its lid\nclosed:\n\n    ${tq("echo-worker --reliable --delay 5")}\n\n    ${tq("push three")}\n\nPress Ctrl-Z in the terminal of the worker that printed it. When the other\nprints the same message, let the first go on:\n\n    fg\n\nIt does what is left of its work, and is told that it comes too late.`,
    examine: ofRedis(async ({ redis, place }) =>
      judgeTwice(await redis.holds(), (await redis.traffic()).known, place),
    ),
  },
  {
    id: "10.4",
    solution: ["work.py"],
    title: "exit code 0 comes when the work is done",
    needs: [],
    lasting: false,
    task: ({ tq, queue }) =>
      `Now the work is a program of yours. work.py (${tq("exercise 10 --start")} lays\nout a beginning) finds one message on its standard input, a line of JSON:\n\n    {"id": "a1", "account": "anna", "amount": 5}\n\nand adds the amount to account:anna in database ${queue.db}. Exit code 0 is the\nacknowledgement. Try it:\n\n    ${tq('push \'{"id": "a1", "account": "anna", "amount": 5}\'')}\n\n    ${tq('consume --exec "python work.py"')}\n\ntq runs a copy of your file against a Redis of its own, and kills it in bad\nmoments.`,
    examine: async ({ message, place }) => judgeDone(await message.run(), place),
  },
  {
    id: "10.5",
    solution: ["work.py"],
    title: "a failure is told",
    needs: ["10.4"],
    lasting: false,
    task: ({ redisCli, queue }) =>
      `Make Redis refuse the change, and send a message for that account:\n\n    ${redisCli(queue.db, "SET", "account:bob", "closed")}\n\nAny exit code but 0 tells tq that the work failed: it tries again after 1\nand 2 seconds, and then keeps the message among the dead letters.`,
    examine: ofRun((_, more, place) => judgeFailure(more, place)),
  },
  {
    id: "10.6",
    solution: ["work.py"],
    title: "the same message twice changes the account once",
    needs: ["10.4"],
    lasting: false,
    task: ({ tq }) =>
      `Push the very same message twice, and another id with the same amount:\n\n    ${tq('push \'{"id": "a2", "account": "anna", "amount": 5}\'')}\n\nThe first must count once, however often it comes, also when two programs\nhave it at once, and when one is killed between two of its writes.`,
    examine: ofRun(judgeOnce),
  },
];

export const exercise: Exercise<Evidence> = {
  number: 10,
  slug: "delivery-guarantees",
  title: "Delivery guarantees",
  summary: "a message is lost, comes back, comes twice, and counts once",
  needs: ["redis", "python"],
  subjects: ["redis", "message"],
  watched: true,
  steps,
  hints,
  halfway: ["10.1", "10.2"],
  mistakes: {
    "killed-too-late": "10.1",
    "reliable-already": "10.1",
    "ends-after-one": "10.1",
    "acknowledged-before-the-kill": "10.2",
    "stopped-instead-of-killed": "10.2",
    "plain-again": "10.2",
    "nobody-took-it": "10.2",
    "killed-not-paused": "10.3",
    "slow-without-reliable": "10.3",
    "done-in-time": "10.3",
    "stopped-not-paused": "10.3",
    "acknowledged-too-early": "10.4",
    "account-not-changed": "10.4",
    "does-not-end": "10.4",
    "ends-with-an-error": "10.4",
    "marked-first": "10.4",
    "failure-swallowed": "10.5",
    "tries-for-ever": "10.5",
    "not-idempotent": "10.6",
    "mark-not-found-again": "10.6",
    "mark-not-heeded": "10.6",
    "done-is-no-failure": "10.6",
    "attempt-is-no-id": "10.6",
    "wrong-key": "10.6",
    "mark-apart": "10.6",
    "not-at-once": "10.6",
  },
};
