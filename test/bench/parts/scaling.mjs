import { HotQueue } from "../../../dist/index.js";
import { fitExponent } from "../harness/exponent.mjs";
import { run } from "../harness/processes.mjs";
import { MESSAGE, withRedis } from "../harness/redis.mjs";
import { measure, median } from "../harness/rounds.mjs";
import { number } from "../harness/table.mjs";
import { describeTarget, verdict } from "../harness/target.mjs";

const FLAT = { of: "exponent", most: 0.05 };
const LINEAR = { of: "exponent", most: 1.1 };

/** What each operation costs where little waits and where much does. */
export const scaling = {
  name: "scaling",
  title: "Cost as work grows: the exponent b of cost = a · size^b, 0 for flat, 1 for linear",
  columns: [
    ["", ({ what }) => what],
    ["sizes", ({ sizes }) => sizes?.map(shorten).join(" ")],
    ["cost", ({ costs, unit }) => costs && `${costs.map(number).join(" ")} ${unit}`],
    [">exponent", ({ exponent }) => (exponent === undefined ? "" : exponent.toFixed(2))],
    [">target", describeTarget],
    ["", verdict],
  ],

  run: (bench) =>
    withRedis(async (redis) => [...(await perMessage(bench, redis)), ...(await perQueue(bench, redis))]),
};

const shorten = (size) =>
  String(size)
    .replace(/000000$/, "M")
    .replace(/000$/, "k");

/** len, push, get and peek on a queue that holds so many; and how long clearing it keeps Redis from others. */
async function perMessage({ short, rounds }, { port, client, fill }) {
  const sizes = short ? [10, 1000, 100_000] : [10, 1000, 100_000, 10_000_000];
  const queues = sizes.map((size) => new HotQueue(`holds-${size}`, { port, db: 1 }));
  for (const size of sizes) await fill(size, `holds-${size}`);
  const time = (operation, queue) => async () => {
    const repeat = 200;
    const started = performance.now();
    for (let n = 0; n < repeat; n += 1) await operation(queue);
    return ((performance.now() - started) / repeat) * 1000;
  };
  const row = async (what, operation) => {
    const runs = Object.fromEntries(sizes.map((size, at) => [`of ${size}`, time(operation, queues[at])]));
    await measure(1, runs); // warms up
    const values = await measure(rounds, runs);
    const costs = sizes.map((size) => median(values[`of ${size}`]));
    return { what, sizes, costs, unit: "µs", exponent: fitExponent(sizes, costs), target: FLAT };
  };
  const rows = [
    await row("len", (queue) => queue.length()),
    await row("push and get", async (queue) => {
      await queue.put("message-0123456789");
      await queue.get();
    }),
    await row("peek 10", (queue) => queue.peek(10)),
  ];
  const costs = [];
  for (const queue of queues) {
    const started = performance.now();
    await Promise.all([queue.clear(), client.ping()]); // the ping waits for the clear, if that blocks
    costs.push((performance.now() - started) * 1000);
  }
  for (const queue of queues) await queue.close();
  const flatEnough = { of: "longest", most: 20_000, unit: "µs" };
  rows.push({
    what: "clear, others wait",
    sizes,
    costs,
    unit: "µs",
    exponent: fitExponent(sizes, costs),
    longest: Math.max(...costs),
    target: flatEnough,
  });
  return rows;
}

/** `tq queues`, whole commands less the start: so many queues, and as many other keys beside them. */
async function perQueue({ short, tq, env }, { port, client }) {
  const sizes = short ? [100, 10_000] : [1000, 10_000, 100_000];
  const costs = [];
  const memories = [];
  for (const size of sizes) {
    await client.flushall();
    for (let from = 0; from < size; from += 1000) {
      const pipeline = client.pipeline();
      for (let n = from; n < Math.min(from + 1000, size); n += 1)
        pipeline.rpush(`hotqueue:queue-${n}`, MESSAGE).set(`other-${n}`, "x");
      await pipeline.exec();
    }
    const took = [];
    const list = async () => {
      const started = performance.now();
      const { stdout, memory } = await run([...tq, "queues"], { env: env(port) });
      if (stdout.split("\n").length !== size + 1) throw new Error(`tq queues did not name all ${size}`);
      took.push(performance.now() - started);
      return memory;
    };
    for (let n = 0; n < 3; n += 1) memories.push(await list());
    costs.push(median(took));
  }
  await client.flushall();
  const most = Math.max(...memories);
  return [
    { what: "queues", sizes, costs, unit: "ms", exponent: fitExponent(sizes, costs), target: LINEAR },
    {
      what: "queues, peak memory",
      sizes,
      costs: sizes.map((_, at) => median(memories.slice(at * 3, at * 3 + 3))),
      unit: "MB",
      most,
      target: { of: "most", most: 150, unit: "MB" },
    },
  ];
}
