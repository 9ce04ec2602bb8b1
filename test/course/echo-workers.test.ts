import { expect, it } from "vitest";
import { loadExercise } from "../../src/course/catalog.js";
import { checkOnce } from "../../src/course/session.js";
import { writeProject } from "../support/python/python-project.js";
import { describeWith, python } from "../support/suite/needs.js";
import { sessionIn } from "../support/suite/session.js";

const assets = new URL("../../dist", import.meta.url).pathname;
const { exercise } = await loadExercise(assets, 3);

const worker = (queue: string, rest = "@q.worker\ndef echo(item):\n    print(item)\n\n\necho()\n"): string =>
  `import json\n\nfrom hotqueue import HotQueue\n\nq = HotQueue("queue", ${queue})\n\n\n${rest}`;

const HOST = 'host="127.0.0.1", port=6379, db=1';

/** Echo workers that are right in another way than the solution. */
const RIGHT: Readonly<Record<string, string>> = {
  "with JSON for messages": worker(`serializer=json, ${HOST}`),
  "with text as it is for messages": worker(`serializer=None, ${HOST}`),
  "by way of a unix socket": worker('unix_socket_path="/var/run/redis/redis.sock", db=1'),
  "under another name": worker(
    HOST,
    '@q.worker\ndef show(message):\n    print(f"got: {message}", flush=True)\n\n\nif __name__ == "__main__":\n    show()\n',
  ),
  "with brackets behind the decorator": worker(
    HOST,
    "@q.worker()\ndef echo(item):\n    print(item)\n\n\necho()\n",
  ),
  "decorated by hand": worker(HOST, "def echo(item):\n    print(item)\n\n\nq.worker(echo)()\n"),
};

describeWith(["redis", "python"], "exercise 3 takes a worker for right that is so in another way", () => {
  it.concurrent.each(Object.entries(RIGHT))("%s", async (_, text) => {
    await using project = await writeProject({ "worker.py": text });
    const { checks } = await checkOnce(sessionIn(project.folder, { exercise, assets, python: python() }));
    expect(checks.filter(({ verdict }) => verdict !== "passed")).toEqual([]);
  });
});
