// Several producers or consumers in one process, for as long as they are told, and the memory that it takes.
//   node --expose-gc soak.mjs '{"role", "port", "file", "count", "from", "messages", "seconds"}'
// Into the file go lines: "done <message>", and "memory <ms> <bytes of heap after a collection> <bytes resident>".
import { appendFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { HotQueue } from "../../../dist/index.js";

const { role, port, file, count, from, messages, seconds } = JSON.parse(process.argv[2]);
let lines = "";
const flush = () => {
  if (lines) appendFileSync(file, lines);
  lines = "";
};
const measure = () => {
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  lines += `memory ${Math.round(performance.now())} ${heapUsed} ${rss}\n`;
  flush();
};
const queues = Array.from(
  { length: count },
  () => new HotQueue("queue", { port, db: 1, serializer: "text", reliable: true }),
);

async function produce(queue, at) {
  const share = messages / count;
  const since = performance.now();
  for (let n = 0; n < share; n += 1) {
    const early = (n / share) * seconds * 1000 - (performance.now() - since);
    if (early > 5) await delay(early);
    await queue.put(String(from + at * share + n));
  }
}

const consume = (queue) =>
  queue.worker((item) => {
    lines += `done ${item}\n`;
  })();

process.once("SIGTERM", () => queues.forEach((queue) => void queue.close()));
const samples = setInterval(measure, 2000);
await Promise.all(queues.map(role === "produce" ? produce : consume));
clearInterval(samples);
flush();
await Promise.all(queues.map((queue) => queue.close()));
