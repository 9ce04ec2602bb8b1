import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { HotQueue } from "../../queue/hot-queue.js";
import { serveEmbedded } from "../../redis/engines/embedded-server.js";
import { type CommandModule } from "../command.js";
import { type Context } from "../context.js";
import { ownCommand } from "../own-command.js";

const GREETINGS = ["hello", "two", "three"];

/** The database of the course's queue. */
const DB = 1;

/** A queue at work from end to end, in a private Redis; nothing of it is left behind. */
export const demo: CommandModule = {
  define: (command) => command,

  run: async (context) => {
    const { out, signal } = context;
    await using redis = await serveEmbedded({ port: 0 });
    const url = `redis://127.0.0.1:${redis.port}`;
    await out.tell(`1. A private Redis, for this moment only, listens on ${url}`);

    const queue = new HotQueue<string>("queue", { port: redis.port, db: DB });
    try {
      const length = await queue.put(...GREETINGS);
      await out.tell(`2. A producer, this process, pushed: ${GREETINGS.join(", ")}`);
      await out.tell(`3. Nobody consumes yet, so they wait. Length of the queue: ${length}`);
      await out.tell("4. A consumer, a second process (tq consume), prints each as it comes:");
      await using consumer = startConsumer(context, url, GREETINGS.length + 1);
      for (let n = 0; n < GREETINGS.length; n += 1) await out.line(`     ${await consumer.nextLine(signal)}`);
      await out.tell(`5. Length of the queue: ${await queue.length()}. The consumer waits.`);
      const pushed = performance.now();
      await queue.put("are you there?");
      const answer = await consumer.nextLine(signal);
      const delay = performance.now() - pushed;
      await out.tell(`6. One more is pushed, and comes at once:\n     ${answer}`);
      await out.tell(`   Delay from push to print, between two processes: ${delay.toFixed(1)} ms`);
    } finally {
      await queue.close();
    }
    const tq = ownCommand(context);
    await out.tell("7. Everything is stopped again. Your turn, in two terminals:");
    await out.tell(`     ${tq} redis up && ${tq} push hello\n     ${tq} consume`);
    if (tq !== "tq") {
      await out.tell("   For tq as a command:  npm install --global .   (or as the README says)");
    }
    return 0;
  },
};

interface Consumer extends AsyncDisposable {
  /** Rejects when the consumer ends before it has printed one, or at the signal. */
  nextLine: (signal: AbortSignal) => Promise<string>;
}

function startConsumer({ self, env }: Context, url: string, max: number): Consumer {
  const [node, script] = self;
  const args = [script, "consume", "--quiet", "--redis-url", url, "--db", String(DB), "--max", String(max)];
  const child = spawn(node, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async nextLine(signal) {
      const stop = () => child.kill();
      signal.addEventListener("abort", stop, { once: true });
      const next = await lines.next();
      signal.throwIfAborted();
      if (next.done) throw new Error("the consumer ended before it had printed its messages");
      return next.value;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) child.kill();
      await ended;
    },
  };
}
