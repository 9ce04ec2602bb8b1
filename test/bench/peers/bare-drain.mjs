// Takes COUNT messages with LPOP, a thousand at a time, and writes their bytes as they are, pickled.
import { writeSync } from "node:fs";
import { Redis } from "ioredis";

const client = new Redis({ port: Number(process.env.REDIS_PORT), db: 1 });
async function drain() {
  const end = Buffer.from("\n");
  for (let left = Number(process.env.COUNT); left > 0; left -= 1000) {
    const batch = await client.lpopBuffer("hotqueue:queue", 1000);
    writeSync(1, Buffer.concat(batch.flatMap((bytes) => [bytes, end])));
  }
  client.disconnect();
}
void drain();
