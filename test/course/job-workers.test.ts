import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { loadExercise } from "../../src/course/catalog.js";
import { type Exercise } from "../../src/course/exercise.js";
import { checkOnce } from "../../src/course/session.js";
import { type CheckResult } from "../../src/verdict/verdict.js";
import { writeProject } from "../support/python/python-project.js";
import { describeWith, python } from "../support/suite/needs.js";
import { sessionIn } from "../support/suite/session.js";

const assets = new URL("../../dist", import.meta.url).pathname;
const [save, loaded] = [await loadExercise(assets, 5), await loadExercise(assets, 6)];
const solution = (file: string): string => readFileSync(`${loaded.folder}/solution/flask/${file}`, "utf8");
const [api, jobs, worker] = ["api.py", "jobs.py", "worker.py"].map(solution) as [string, string, string];

type Files = Readonly<Record<string, string>>;

/** Programs of exercise 6 that are right in another way than the solution. */
const RIGHT: Readonly<Record<string, Files>> = {
  "a queue with JSON for messages": {
    "jobs.py": jobs
      .replace('HotQueue("queue", ', 'HotQueue("queue", serializer=json, ')
      .replace("import os", "import json\nimport os"),
  },
  "a list that is filled on the left and emptied on the right": {
    "jobs.py": `${jobs.replace("q.put(jid)", 'waiting.lpush("jobs", jid)')}
waiting = redis.Redis(host=host, port=6379, db=1, decode_responses=True)
`,
    "worker.py": worker
      .replace("import q, ", "import waiting, ")
      .replace("@q.worker\n", "")
      .replace("\nexecute_job()\n", '\nwhile True:\n    execute_job(waiting.brpop("jobs")[1])\n'),
  },
};

async function notPassed(exercise: Exercise, files: Files): Promise<CheckResult[]> {
  await using project = await writeProject({ "api.py": api, "jobs.py": jobs, "worker.py": worker, ...files });
  const { checks } = await checkOnce(sessionIn(project.folder, { exercise, assets, python: python() }));
  return checks.filter(({ verdict }) => verdict !== "passed");
}

describeWith(["redis", "web"], "exercises 5 and 6 take for right what is so in another way", () => {
  it.concurrent.each(Object.entries(RIGHT))("%s", async (name, files) => {
    expect(await notPassed(loaded.exercise, files)).toEqual([]);
    // Exercise 5 asks for the course's queue, which two programs share.
    if (!name.startsWith("a list ")) expect(await notPassed(save.exercise, files)).toEqual([]);
  });
});

describeWith(["redis", "web"], "exercise 6", () => {
  it("says of a worker that passes when its wait for a job comes to an end", async () => {
    const quiet = { "jobs.py": jobs.replace(", socket_timeout=None", ", socket_timeout=5") };
    await using project = await writeProject({ "api.py": api, "worker.py": worker, ...quiet });
    const { checks } = await checkOnce(
      sessionIn(project.folder, { exercise: loaded.exercise, assets, python: python() }),
    );
    const five = checks.find(({ id }) => id === "6.5");
    expect(five?.verdict).toBe("passed");
    expect(five?.observed).toContain("socket_timeout=5");
    expect(five?.observed).toContain("socket_timeout=None");
  });
});
