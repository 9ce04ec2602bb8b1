// Puts COUNT messages, each when the one before it came back, and prints the milliseconds that each took from before
// its put until `tq consume` in another process had printed it, as JSON.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { HotQueue } from "../../../dist/index.js";

const count = Number(process.env.COUNT);
const tq = new URL("../../../bin/tq.js", import.meta.url).pathname;
const queue = new HotQueue("queue", { port: Number(process.env.REDIS_PORT), db: 1 });
const consumer = spawn(process.execPath, [tq, "consume"], { stdio: ["ignore", "pipe", "inherit"] });
process.once("exit", () => consumer.kill("SIGKILL"));
const lines = createInterface({ input: consumer.stdout })[Symbol.asyncIterator]();
const took = [];
for (let n = -count / 10; n < count; n += 1) {
  const before = performance.now();
  await queue.put(`message ${n}`);
  const { value } = await lines.next();
  if (value !== `message ${n}`) throw new Error(`got ${value} instead of message ${n}`);
  if (n >= 0) took.push(performance.now() - before);
}
console.log(JSON.stringify(took));
consumer.kill("SIGTERM");
await queue.close();
