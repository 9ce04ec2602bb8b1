import { ask, type Exchange } from "../../lab/http/exchange.js";
import { waitUntil } from "../../lab/wait-until.js";
import { type BrokerQueue, RabbitApi } from "./rabbit-api.js";
import { type Stack } from "./stack.js";

/** A number that was sent, and what the web said in the end. */
export interface Asked {
  /** As JSON. */
  sent: string;
  post: Exchange;
  id: string | null;
  /** The last answer; null where no id came. */
  get: Exchange | null;
  /** SUCCESS, FAILURE, PENDING …; null where the answer has none. */
  status: string | null;
  /** What the task returned. */
  result: unknown;
}

/** A container that does not run any more. */
export interface Stopped {
  service: string;
  exitCode: number;
  /** The last that it printed. */
  log: string[];
}

/** What the phases share. */
export interface Scene {
  stack: Stack;
  rabbit: RabbitApi;
  /** Sends a number, and does not wait for its answer. */
  post: (sent: unknown) => Promise<Asked>;
  /** Asks for what became of it. */
  look: (asked: Asked) => Promise<Asked>;
  /** Asks again and again until they are done, or so many milliseconds are over. */
  follow: (all: readonly Asked[], patience: number) => Promise<Asked[]>;
  /** The broker's queues, when they are as wanted, or when so many milliseconds are over. */
  queuesWhen: (isWanted: (queues: BrokerQueue[]) => boolean, patience: number) => Promise<BrokerQueue[]>;
  signal: AbortSignal;
}

export interface SceneOptions {
  credentials: { user: string; password: string };
  signal: AbortSignal;
}

/** Milliseconds between two looks. */
const PAUSE = 100;

export function openScene(stack: Stack, url: string, { credentials, signal }: SceneOptions): Scene {
  const rabbit = new RabbitApi(() => stack.port("broker"), credentials);
  const look = async (asked: Asked): Promise<Asked> => {
    if (asked.id === null) return asked;
    const get = await ask(url, { method: "GET", path: `/${asked.id}` });
    const { status, result } = (get.json ?? {}) as { status?: unknown; result?: unknown };
    return { ...asked, get, status: typeof status === "string" ? status : null, result };
  };
  const isOver = ({ id, status }: Asked): boolean =>
    id === null || /SUCCESS|FAILURE|REVOKED/.test(status ?? "");
  return {
    stack,
    rabbit,
    look,
    signal,
    post: async (sent) => {
      // A number as it stands: JSON of JavaScript's own would lose the last digits of a long one.
      const text = typeof sent === "bigint" ? String(sent) : JSON.stringify(sent);
      const post = await ask(url, { method: "POST", path: "/", body: `{"number": ${text}}` });
      const { task_id: id } = (post.json ?? {}) as { task_id?: unknown };
      return {
        sent: text,
        post,
        id: typeof id === "string" ? id : null,
        get: null,
        status: null,
        result: null,
      };
    },
    follow: async (all, patience) => {
      let last = [...all];
      await waitUntil(
        async () => {
          last = await Promise.all(last.map((one) => (isOver(one) ? Promise.resolve(one) : look(one))));
          return last.every(isOver) || (await listStopped(stack)).some(({ exitCode }) => exitCode !== 137);
        },
        ...([patience, signal, PAUSE] as const),
      );
      return last;
    },
    queuesWhen: async (isWanted, patience) => {
      let queues: BrokerQueue[] = [];
      await waitUntil(
        async () => {
          const now = await rabbit.queues();
          if (now) queues = now;
          return now !== null && isWanted(now);
        },
        ...([patience, signal, PAUSE] as const),
      );
      return queues;
    },
  };
}

export async function listStopped(stack: Stack): Promise<Stopped[]> {
  const all = await stack.all();
  const ended = all.filter(({ status }) => status === "exited" || status === "restarting");
  return Promise.all(
    ended.map(async ({ id, service, exitCode }) => ({ service, exitCode, log: await stack.logs(id) })),
  );
}
