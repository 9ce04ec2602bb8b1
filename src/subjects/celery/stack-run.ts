import { disconnect } from "../../queue/client.js";
import { connectTo } from "../../queue/connect.js";
import { ask } from "../../lab/http/exchange.js";
import { waitUntil } from "../../lab/wait-until.js";
import { type Asked, listStopped, openScene, type Stopped } from "./stack-tasks.js";
import { Stack, type StackFailure, type StackOptions } from "./stack.js";
import { type Busy, observeBusy } from "./load-run.js";
import { type Death, observeDeaths } from "./worker-kills.js";
import { observeWaiting, type Waiting } from "./waiting-tasks.js";

/** What a student's stack did, run by tq. What comes after a failure was not tried, and is null. */
export interface StackRun {
  failure: StackFailure | null;
  /** Milliseconds from the start until the first number was answered. */
  upAfter: number;
  /** The web answered a request. */
  webAnswers: boolean;
  stopped: Stopped[];
  first: Asked | null;
  /** Redis holds what Celery stored of the first number; null where it could not be asked. */
  stored: boolean | null;
  others: Asked[];
  /** The status of RabbitMQ's management API. */
  management: number | null;
  busy: Busy | null;
  deaths: Death[];
  waiting: Waiting | null;
}

export interface StackRunOptions extends StackOptions {
  /** Of the worker's task: it acknowledges when it is done. */
  acksLate: boolean;
  /** `--slow`: the long number is waited for. */
  slow: boolean;
  credentials: { user: string; password: string };
}

/** Milliseconds for the web to answer at all, and for the first number and the others to be done. */
const PATIENCE = { web: 30_000, first: 30_000, others: 15_000, pause: 100 };

/** The numbers that the course names, beside the first. */
const OTHERS = [1, 0, -7, 4, 6, 8, 9, 25, 49, "11"];

export async function runStack(options: StackRunOptions): Promise<StackRun> {
  const { signal } = options;
  await using stack = new Stack(options);
  const failure = await stack.build();
  if (failure) return { ...NOTHING, failure };
  const began = performance.now();
  const notUp = await stack.up();
  if (notUp) return { ...NOTHING, failure: notUp, stopped: await listStopped(stack) };
  const url = `http://127.0.0.1:${(await stack.port("web")) ?? 0}`;
  const web = { answers: false };
  await waitUntil(
    async () => {
      web.answers = (await ask(url, { method: "GET", path: "/" })).status !== null;
      return web.answers || (await listStopped(stack)).length > 0;
    },
    ...([PATIENCE.web, signal, PATIENCE.pause] as const),
  );
  if (!web.answers) return { ...NOTHING, stopped: await listStopped(stack) };
  const scene = openScene(stack, url, options);
  const [first] = await scene.follow([await scene.post(11)], PATIENCE.first);
  const upAfter = performance.now() - began;
  const stopped = first?.status === "SUCCESS" ? [] : await listStopped(stack);
  const base = { ...NOTHING, webAnswers: true, first: first ?? null, stopped, upAfter };
  if (first?.status !== "SUCCESS") return base;
  const [others, management, stored] = await Promise.all([
    Promise.all(OTHERS.map(scene.post)).then((all) => scene.follow(all, PATIENCE.others)),
    scene.rabbit.status(),
    isStored(stack, first.id ?? ""),
  ]);
  const known = { ...base, others, management, stored };
  if (others.some(({ status }) => status !== "SUCCESS")) return known;
  const busy = await observeBusy(scene, options.slow);
  if (!busy.isFine || management !== 200) return { ...known, busy };
  const deaths = await observeDeaths(scene, busy.long, options);
  return { ...known, busy, deaths, waiting: await observeWaiting(scene) };
}

/** In whichever database the backend's url names. */
async function isStored(stack: Stack, id: string): Promise<boolean | null> {
  const port = await stack.port("store");
  if (port === null) return null;
  const client = await connectTo({ host: "127.0.0.1", port, connectTimeout: 2000 })().catch(() => null);
  if (!client) return null;
  try {
    for (let db = 0; db < 16; db += 1) {
      await client.callBuffer("SELECT", String(db));
      if (Number(await client.callBuffer("EXISTS", `celery-task-meta-${id}`)) === 1) return true;
    }
    return false;
  } catch {
    return null; // such as one that wants a password
  } finally {
    disconnect(client);
  }
}

const NOTHING: StackRun = {
  failure: null,
  upAfter: 0,
  webAnswers: false,
  stopped: [],
  first: null,
  stored: null,
  others: [],
  management: null,
  busy: null,
  deaths: [],
  waiting: null,
};
