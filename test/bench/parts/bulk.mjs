import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { pythonPeer } from "../harness/cache.mjs";
import { comparison, comparisonColumns } from "../harness/comparison.mjs";
import { run, time } from "../harness/processes.mjs";
import { withRedis } from "../harness/redis.mjs";
import { measure } from "../harness/rounds.mjs";

/** A file of lines becomes messages; and what `redis-cli --pipe` makes of them when others have pickled them. */
export const bulk = {
  name: "bulk",
  title: "Push a file of lines, whole commands",
  columns: comparisonColumns,

  run: ({ tq, env, rounds, folder, short }) =>
    withRedis(async ({ port, client }) => {
      const count = short ? 300_000 : 1_000_000;
      const lines = await write(join(folder, "lines"), count, (text) => `${text}\n`);
      const commands = await write(join(folder, "commands"), count, asCommand);
      const settings = { env: env(port) };
      const perSecond = (command, input) => async () => {
        await client.unlink("hotqueue:queue");
        const took = time(command, { ...settings, input });
        const length = await client.llen("hotqueue:queue");
        if (length !== count) throw new Error(`${command.join(" ")} put ${length} of ${count}`);
        return count / (took / 1000);
      };
      const values = await measure(rounds, {
        "tq push < lines": perSecond([...tq, "push"], lines),
        "Python, 1,000 a put": perSecond(pythonPeer("bulk_put"), lines),
        "redis-cli --pipe": perSecond(["redis-cli", "-p", String(port), "-n", "1", "--pipe"], commands),
      });
      const row = (against, least) =>
        comparison(values, "tq push < lines", against, { target: { least }, unit: "/s" });
      const part = await write(join(folder, "part"), count / 10, (text) => `${text}\n`);
      const { memory } = await run([...tq, "push"], { ...settings, input: lines });
      const { memory: less } = await run([...tq, "push"], { ...settings, input: part });
      return [
        row("Python, 1,000 a put", 1.4),
        row("redis-cli --pipe", 0.55),
        {
          what: "tq push < lines, peak memory",
          ours: memory,
          peer: "a tenth of the lines",
          theirs: less,
          ratio: memory / less,
          unit: "MB",
          target: { of: "ours", most: 150, unit: "MB" },
        },
      ];
    }),
};

async function write(file, count, show) {
  const stream = createWriteStream(file);
  for (let from = 0; from < count; from += 1000) {
    let text = "";
    for (let n = from; n < from + 1000; n += 1) text += show(`message-${String(n).padStart(10, "0")}`);
    if (!stream.write(text, "latin1")) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
  return file;
}

/** As Redis reads it, pickled: one RPUSH a message, as its documentation of mass insertion does. */
function asCommand(text) {
  const frame = String.fromCharCode(text.length + 4);
  const pickle = `\x80\x04\x95${frame}\0\0\0\0\0\0\0\x8c${String.fromCharCode(text.length)}${text}\x94.`;
  return `*3\r\n$5\r\nRPUSH\r\n$14\r\nhotqueue:queue\r\n$${pickle.length}\r\n${pickle}\r\n`;
}
