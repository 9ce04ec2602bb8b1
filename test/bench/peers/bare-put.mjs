// One put with ioredis and nothing else, bundled to one CommonJS file, which starts soonest.
import { Redis } from "ioredis";

const client = new Redis({
  port: Number(process.env.REDIS_PORT),
  db: 1,
  enableReadyCheck: false,
  disableClientInfo: true,
});
void client.rpush("hotqueue:queue", "x").then((length) => {
  console.log(`${length} on the queue`);
  client.disconnect();
});
