import {
  type Exercise,
  type Judgement,
  type Place,
  type Probes,
  type Step,
} from "../../src/course/authoring.js";
import { hints } from "./hints.js";
import { type Aspect, judgeLive, judgeNothing } from "./live.js";
import { judgeLasting, judgePrinted, judgeTwo } from "./printed.js";
import { judgeDecorated, judgeWaits } from "./rules.js";

/** The kinds of evidence that its checks ask for. */
type Evidence = "code" | "redis" | "worker";

/** Judges worker.py; where there is none, a worker in a shell by what the student's Redis shows of it. */
function fileOrLive(
  aspect: Aspect,
  judgeFile: (probes: Probes<Evidence>) => Promise<Judgement>,
): Step<Evidence>["examine"] {
  return async (probes) => {
    const { worker, redis, place } = probes;
    if (worker.exists) return judgeFile(probes);
    const answer = await redis.answers();
    return answer.answers
      ? judgeLive(aspect, await redis.traffic(), place)
      : judgeNothing(aspect, answer.reason, place);
  };
}

const describeQueue = ({ queue }: Place): string => `queue "${queue.name}", database ${queue.db}`;

const steps: Step<Evidence>[] = [
  {
    id: "3.1",
    solution: ["worker.py#q", "worker.py#echo"],
    title: "echo is decorated with the queue's worker",
    needs: [],
    lasting: false,
    task: (place) =>
      `Write worker.py (tq exercise 3 --start lays out a beginning): a queue object, a\nfunction echo(item) that prints the item, and above it the decorator:\n\n    q = HotQueue("${place.queue.name}", host="${place.host}", port=${place.port}, db=${place.queue.db})\n\n    @q.worker\n    def echo(item):\n        print(item)\n\ntq runs a copy of your file against a Redis of its own. Without a worker.py\nhere it watches ${place.redisUrl}: a worker in a shell counts too.`,
    examine: fileOrLive("decorated", async ({ worker, code }) =>
      judgeDecorated(await worker.alone(), await code.project()),
    ),
  },
  {
    id: "3.2",
    solution: ["worker.py"],
    title: "called, it waits",
    needs: ["3.1"],
    lasting: false,
    task: (place) =>
      `Call the function at the end of the file, and run it:\n\n    echo()\n\n    python worker.py\n\nIt does not return: it waits for a message on ${describeQueue(place)}.`,
    examine: fileOrLive("waits", async ({ worker, code, place }) =>
      judgeWaits(await worker.alone(), place, await code.project()),
    ),
  },
  {
    id: "3.3",
    title: "what is put is printed, once each, in order",
    needs: ["3.2"],
    lasting: false,
    task: (place) =>
      `While it runs, put messages from a second terminal:\n\n    ${place.tq("push one two three")}`,
    examine: fileOrLive("printed", async ({ worker, code, place }) =>
      judgePrinted(await worker.alone(), place, await code.project()),
    ),
  },
  {
    id: "3.4",
    title: "it lives on, and an exception ends it",
    needs: ["3.3"],
    lasting: false,
    task: (place) =>
      `Put many more; wait; put again. Then put something that it cannot read:\n\n    ${place.redisCli(place.queue.db, "RPUSH", `hotqueue:${place.queue.name}`, "oops")}\n\nWhat becomes of that message? Look at the length of the queue.`,
    examine: fileOrLive("lasting", async ({ worker, place }) => judgeLasting(await worker.alone(), place)),
  },
  {
    id: "3.5",
    title: "two workers share one queue",
    needs: ["3.3"],
    lasting: false,
    task: (place) =>
      `Run python worker.py in two terminals, and put twenty messages from a third:\n\n    seq 20 | ${place.tq("push")}\n\nEach message goes to one of them.`,
    examine: fileOrLive("two", async ({ worker, place }) => judgeTwo(await worker.two(), place)),
  },
];

export const exercise: Exercise<Evidence> = {
  number: 3,
  slug: "echo-worker",
  title: "The echo worker",
  summary: "a function that becomes a consumer",
  needs: ["redis", "python"],
  subjects: ["code", "redis", "worker"],
  steps,
  hints,
  halfway: ["3.1"],
  mistakes: {
    "no-decorator": "3.1",
    "never-called": "3.2",
    "crash-on-import": "3.1",
    "called-with-argument": "3.3",
    "other-db": "3.3",
    "other-name": "3.3",
    "consume-loop-inside": "3.3",
    "returns-instead-of-prints": "3.3",
    "prints-at-the-end": "3.3",
    "swallows-one": "3.3",
  },
};
