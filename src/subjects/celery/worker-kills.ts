import { type BrokerQueue } from "./rabbit-api.js";
import { type Asked, type Scene } from "./stack-tasks.js";
import { commandLine } from "../../compose/service.js";
import { type StackServices } from "./services.js";
import { LONG } from "./load-run.js";
import { waitUntil } from "../../lab/wait-until.js";
import WORKER from "./programs/hold_tasks.py";

/** A worker that was killed in the middle of a task, and what became of the task. */
export interface Death {
  /** The student's own worker; else the same code, run by tq so that it acknowledges as said. */
  own: boolean;
  acksLate: boolean;
  /** The message is back in the queue; else nobody has it any more. */
  back: boolean;
  /** The queue that was looked at: where it waits, or would. */
  queue: string;
  /** What the web says of the task. */
  status: string | null;
}

export interface DeathOptions {
  acksLate: boolean;
  services: StackServices;
}

/** Milliseconds: for the broker to notice that a worker is gone, and for a worker to begin. */
const PATIENCE = { back: 2000, begin: 15_000, pause: 150 };

/**
 * Kills the student's worker while it computes, where it still does, and a worker that acknowledges the other way, where
 * its command names the app.
 */
export async function observeDeaths(scene: Scene, long: Asked, options: DeathOptions): Promise<Death[]> {
  const { stack, look, post } = scene;
  const deaths: Death[] = [];
  const ids = (await stack.containers("worker")).filter(({ running }) => running).map(({ id }) => id);
  // With --slow it is done by now, and another one is begun.
  const now = await look(long);
  const still = now.status === "SUCCESS" ? await again(scene) : now;
  const isInMiddle = still !== null;
  await stack.kill(ids);
  if (isInMiddle) deaths.push({ own: true, acksLate: options.acksLate, ...(await observeEnd(scene, still)) });
  const app = /(?:-A|--app)(?:\s+|=)(\S+)/.exec(commandLine(options.services.worker?.runs ?? null))?.[1];
  if (app === undefined) return deaths;
  const modes = isInMiddle ? [!options.acksLate] : [false, true];
  for (const acksLate of modes) {
    await purgeAll(scene);
    const worker = await stack.runWorker(["python", "-c", WORKER, app, acksLate ? "1" : "0"]);
    const task = await post(LONG);
    const seen = { began: false };
    await waitUntil(
      async () => {
        seen.began = (await stack.logs(worker)).some((line) => line.includes(`tq: began ${task.id ?? "?"}`));
        return seen.began;
      },
      ...([PATIENCE.begin, scene.signal, PATIENCE.pause] as const),
    );
    await stack.kill([worker]);
    if (!seen.began) break;
    deaths.push({ own: false, acksLate, ...(await observeEnd(scene, task)) });
  }
  await purgeAll(scene);
  return deaths;
}

/** Another long task that a worker has begun; null where it is done before it can be killed. */
async function again({ post, look, queuesWhen }: Scene): Promise<Asked | null> {
  const task = await post(LONG);
  await queuesWhen((queues) => queues.every(({ ready }) => ready === 0), PATIENCE.back);
  const { status } = await look(task);
  return status === "SUCCESS" ? null : task;
}

async function observeEnd(
  { queuesWhen, look }: Scene,
  task: Asked,
): Promise<Pick<Death, "back" | "queue" | "status">> {
  const isBack = (queues: BrokerQueue[]): boolean => queues.some(({ ready }) => ready > 0);
  const queues = await queuesWhen(isBack, PATIENCE.back);
  const queue = queues.find(({ ready }) => ready > 0) ?? queues[0];
  return { back: isBack(queues), queue: queue?.name ?? "celery", status: (await look(task)).status };
}

export async function purgeAll({ rabbit }: Pick<Scene, "rabbit">): Promise<void> {
  for (const { name } of (await rabbit.queues()) ?? []) await rabbit.purge(name);
}
