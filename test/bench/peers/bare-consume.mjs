// Takes COUNT messages one by one with BLPOP and ioredis, and does not even unpickle them.
import { Redis } from "ioredis";

const count = Number(process.env.COUNT);
const client = new Redis({ port: Number(process.env.REDIS_PORT), db: 1 });
async function consume() {
  let started = 0;
  for (let taken = 1; taken <= count; taken += 1) {
    const [, bytes] = await client.blpopBuffer("hotqueue:queue", 0);
    if (bytes.length === 0) throw new Error("not a message");
    if (taken === count / 10) started = performance.now();
  }
  console.log((count * 0.9) / ((performance.now() - started) / 1000));
  client.disconnect();
}
void consume();
