import { purgeAll } from "./worker-kills.js";
import { type BrokerQueue } from "./rabbit-api.js";
import { type Asked, type Scene } from "./stack-tasks.js";

/** Tasks that waited while no worker ran, and the broker was restarted. */
export interface Waiting {
  sent: number;
  /** The queue that held them, as RabbitMQ's API said it; null where none did. */
  before: BrokerQueue | null;
  /** The same after the restart; null where it is gone. */
  after: BrokerQueue | null;
  /** The broker answered again. */
  cameBack: boolean;
  /** What became of them when a worker ran again. */
  tasks: Asked[];
  /** A task that was sent after the restart. */
  later: Asked;
}

const COUNT = 3;

/** Milliseconds: for the queue to hold them, for the broker to be back, and for a worker to do them; seconds to end. */
const PATIENCE = { seen: 8000, back: 40_000, done: 30_000, end: 3 };

/** No worker runs when it is called; one runs afterwards. */
export async function observeWaiting(scene: Scene): Promise<Waiting> {
  const { stack, post, queuesWhen, follow } = scene;
  await purgeAll(scene);
  const sent = await Promise.all(Array.from({ length: COUNT }, (_, n) => post(101 + n)));
  const sum = (queues: BrokerQueue[]): number => queues.reduce((all, { ready }) => all + ready, 0);
  const seen = await queuesWhen((queues) => sum(queues) >= COUNT, PATIENCE.seen);
  const before = seen.find(({ ready }) => ready > 0) ?? null;
  const [brokers, workers] = [await stack.containers("broker"), await stack.containers("worker")];
  await stack.restart(
    brokers.map(({ id }) => id),
    PATIENCE.end,
  );
  let cameBack = false;
  // It recovers what it has kept before its API answers.
  const after = await queuesWhen(() => (cameBack = true), PATIENCE.back);
  await stack.start(workers.filter(({ running }) => !running).map(({ id }) => id));
  const isKept = sum(after) > 0;
  const later = await post(104);
  const all = await follow([...(isKept ? sent : []), later], PATIENCE.done);
  const tasks = isKept ? all.slice(0, -1) : await follow(sent, 0);
  return {
    sent: COUNT,
    before,
    after: after.find(({ name }) => name === before?.name) ?? null,
    cameBack,
    tasks,
    later: all.at(-1) ?? later,
  };
}
