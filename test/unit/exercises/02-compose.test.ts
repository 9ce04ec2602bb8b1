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

it("lets an obsolete version: pass, and says so", async () => {
  const solution = new URL("../../../compose/containers/docker-compose.yml", import.meta.url);
  const text = `version: "3.9"\n${readFileSync(solution, "utf8")}`;
  await using project = await writeProject({ "docker-compose.yml": text });
  const judgement = judgeFile(readComposeProject(project.folder), {} as Place);
  expect(judgement.verdict).toBe("passed");
  expect(judgement.observed).toContain("its line version: is obsolete, and does no harm");
});
