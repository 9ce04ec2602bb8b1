// Works on COUNT jobs with BullMQ at CONCURRENCY; prints how many a second, the first tenth apart. Jobs that are
// done are not kept, as tq keeps none.
import { Queue, Worker } from "bullmq";

const count = Number(process.env.COUNT);
const connection = { port: Number(process.env.REDIS_PORT), db: 2, maxRetriesPerRequest: null };
const job = { name: "job", data: "message-0123456789", opts: { removeOnComplete: true } };

async function fill() {
  const queue = new Queue("bench", { connection });
  for (let from = 0; from < count; from += 1000) await queue.addBulk(Array.from({ length: 1000 }, () => job));
  await queue.close();
}

function work() {
  let taken = 0;
  let started = 0;
  return new Promise((resolve, reject) => {
    const worker = new Worker("bench", async () => undefined, {
      connection,
      concurrency: Number(process.env.CONCURRENCY),
    });
    worker.on("error", reject);
    worker.on("completed", () => {
      taken += 1;
      if (taken === count / 10) started = performance.now();
      if (taken === count) resolve({ worker, seconds: (performance.now() - started) / 1000 });
    });
  });
}

async function main() {
  await fill();
  const { worker, seconds } = await work();
  console.log((count * 0.9) / seconds);
  await worker.close();
}
void main();
