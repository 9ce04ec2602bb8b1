import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { judgeExchange } from "../../../exercises/02-compose/exchange.js";
import { judgeFile } from "../../../exercises/02-compose/file.js";
import { readComposeProject } from "../../../src/compose/project.js";
import { type Place } from "../../../src/lab/place.js";
import { type ComposeProbe } from "../../../src/subjects/containers/probe.js";
import { writeProject } from "../../support/python/python-project.js";

/** A project in which python1 runs this, and nobody is connected. */
function projectWith(redis: string, program: string): ComposeProbe {
  const container = (service: string, name: string) => ({ service, name, running: true, networks: {} });
  const containers = new Map([
    ["redis-db", container("redis-db", redis)],
    ["python1", container("python1", "p1")],
    ["python2", container("python2", "p2")],
  ]);
  const some: Partial<Record<keyof ComposeProbe, unknown>> = {
    containers: () => Promise.resolve(containers),
    traffic: () => Promise.resolve({ traces: [], lists: [], clients: [], known: "live", version: "7" }),
    processes: (service: string) => Promise.resolve(service === "python1" ? [`python ${program}`] : []),
  };
  return some as ComposeProbe;
}

it.each([
  ["lesson-redis-db-1", "lesson_redis-db_1", "underscores-or-hyphens"],
  ["lesson_redis-db_1", "lesson-redis-db-1", "underscores-or-hyphens"],
  ["lesson-redis-db-1", "my_work-redis-db-1", "container-name"],
  ["lesson_redis-db_1", "other_redis-db_1", "container-name"],
  ["lesson-redis-db-1", "localhost", "localhost-inside"],
])("where Redis' container is %s, a host %s is told as %s", async (redis, host, mistake) => {
  const judgement = await judgeExchange(projectWith(redis, `-c HotQueue('q', host='${host}')`), {} as Place);
  expect(judgement).toMatchObject({ verdict: "not-yet", mistake });
});

/** python1 and python2 at their ends, as the present or a history shows them. */
async function judgeEnds(
  putting: [db: number, key: string],
  waiting: [db: number, key: string],
  known: string,
) {
  const container = (service: string, address: string) =>
    [service, { service, name: service, running: true, networks: { n: { address } } }] as const;
  const [put, wait] = ["10.0.0.1:1", "10.0.0.2:2"];
  const traces = [
    {
      db: putting[0],
      key: putting[1],
      puts: [{ client: put, order: 1 }],
      waiting: [],
      deliveries: [],
      left: [],
    },
    { db: waiting[0], key: waiting[1], puts: [], waiting: [wait], deliveries: [], left: [] },
  ];
  const compose: Partial<Record<keyof ComposeProbe, unknown>> = {
    containers: () =>
      Promise.resolve(
        new Map([
          container("redis-db", "10.0.0.9"),
          container("python1", "10.0.0.1"),
          container("python2", "10.0.0.2"),
        ]),
      ),
    traffic: () =>
      Promise.resolve({
        traces: known === "nothing" ? [] : traces,
        lists: [{ db: putting[0], key: putting[1], length: 1, head: [] }],
        clients: [
          { address: put, db: putting[0], command: "RPUSH", blocked: false },
          { address: wait, db: waiting[0], command: "BLPOP", blocked: true },
        ],
        known,
        version: "7",
      }),
  };
  return judgeExchange(compose as ComposeProbe, {} as Place);
}

it.each(["history", "nothing"])("names the other database, where %s is known", async (known) => {
  const judgement = await judgeEnds([1, "hotqueue:queue"], [0, "hotqueue:queue"], known);
  expect(judgement).toMatchObject({ verdict: "not-yet", mistake: "other-database" });
  expect(judgement).toHaveProperty("cause", expect.stringContaining("db=1 and db=0"));
});

it.each(["live", "nothing"])("names a queue of another name, where %s is known", async (known) => {
  const judgement = await judgeEnds([1, "hotqueue:queue"], [1, "hotqueue:numbers"], known);
  expect(judgement).toMatchObject({ verdict: "not-yet", mistake: "other-queue" });
});

it("lets an obsolete version: pass, and says so", async () => {
  const solution = new URL("../../../compose/containers/docker-compose.yml", import.meta.url);
  const text = `version: "3.9"\n${readFileSync(solution, "utf8")}`;
  await using project = await writeProject({ "docker-compose.yml": text });
  const judgement = judgeFile(readComposeProject(project.folder), {} as Place);
  expect(judgement.verdict).toBe("passed");
  expect(judgement.observed).toContain("its line version: is obsolete, and does no harm");
});
