// A consumer in a process of its own, as a user would write it, for tests that kill it. It appends to a file what it
// does, a line before and a line after each message: what stands there was done, however the process ended.
//   node consumer.mjs '{"port", "file", "name", "reliable", "lease", "concurrency", "work"}'
import { openSync, writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { HotQueue } from "../../../dist/index.js";

const { file, name, work, concurrency, ...options } = JSON.parse(process.argv[2]);
const record = openSync(file, "a");
const say = (...words) => writeSync(record, `${words.join(" ")}\n`);

const onEvent = ({ type, count = 1 }) => say(type, name, count);
const queue = new HotQueue("queue", { ...options, db: 1, serializer: "text", onEvent });
process.once("SIGTERM", () => queue.close());

const handle = async (item, { message }) => {
  say("start", name, item, message.attempt);
  if (work > 0) await delay(work);
  say("done", name, item);
};
say("ready", name);
await queue.worker(handle, { concurrency })();
