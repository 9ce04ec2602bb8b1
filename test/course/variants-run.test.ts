import { dirname } from "node:path";
import { realpathSync } from "node:fs";
import { type Redis } from "ioredis";
import { expect, it } from "vitest";
import { ApiProgram } from "../../src/subjects/jobs/api-program.js";
import { Program } from "../../src/lab/program/program.js";
import { HotQueue } from "../../src/queue/hot-queue.js";
import { startHere } from "../../src/lab/python/start-here.js";
import { describeWith, python } from "../support/suite/needs.js";
import { writeProject } from "../support/python/python-project.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { apiModule } from "./variants/api.js";
import { type Choices, ways, WAYS } from "./variants/choices.js";
import { wordsOf } from "./variants/statuses.js";
import { type Topic, topicOf } from "./variants/topics.js";
import { listSample, pathOf, type Variant } from "./variants/variants.js";

const runtime = new URL("../../src/lab/program/runtime", import.meta.url).pathname;

const chosen = listSample();

it("the variants that are run make every choice", () => {
  for (const way of ways) {
    expect(new Set<unknown>(chosen.map(({ choices }) => choices[way])), way).toEqual(
      new Set<unknown>(WAYS[way]),
    );
  }
});

describeWith(["redis", "python", "web"], "a variant does a job", () => {
  const redis = useRedisServer();
  const client = useClient(redis);

  it.each(chosen.map((variant) => [variant.name, variant] as const))("%s", async (_, variant) => {
    await using stage = await Stage.open(variant, redis().port);
    const topic = topicOf(variant.choices);
    await loadsData(stage, topic);
    await refusesBadJobs(stage, client());
    const id = await submitsJob(stage, client());
    await using writes = await watchWrites(client());
    stage.startWorker();
    await doesJob(stage, id, topic);
    const { submitted, running, done } = wordsOf(variant.choices);
    await expect.poll(() => [running, done].map((word) => writes.indexOf(word))).not.toContain(-1);
    expect(writes.indexOf(running)).toBeLessThan(writes.indexOf(done));
    expect(writes.indexOf(submitted)).toBe(-1);
    await speaksOfUnknownJob(stage, client());
  });
});

/** A variant whose API is served, in a folder of its own. */
class Stage implements AsyncDisposable {
  private worker: Program | null = null;

  private constructor(
    readonly choices: Choices,
    readonly port: number,
    private readonly project: AsyncDisposable & { folder: string },
    readonly api: ApiProgram,
  ) {}

  static async open({ choices, files }: Variant, port: number): Promise<Stage> {
    const project = await writeProject(files);
    const { signal } = new AbortController();
    const file = pathOf(choices, `${apiModule(choices)}.py`);
    const api = await ApiProgram.run(file, Stage.options(choices, project.folder, port), signal);
    return new Stage(choices, port, project, api);
  }

  startWorker(): void {
    const options = Stage.options(this.choices, this.project.folder, this.port);
    this.worker = new Program({ ...options, command: ["worker.py"] });
  }

  get running(): Program {
    if (!this.worker) throw new Error("the worker was not started");
    return this.worker;
  }

  async ask(
    method: "GET" | "POST",
    path: string,
    body?: unknown,
  ): Promise<{ status: number | null; json: unknown }> {
    const { status, json, text, traceback } = await this.api.ask({ method, path, body });
    expect(json, `${method} ${path} answers ${status} ${text} ${JSON.stringify(traceback)}`).toBeDefined();
    return { status, json };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker?.[Symbol.asyncDispose]();
    await this.api[Symbol.asyncDispose]();
    await this.project[Symbol.asyncDispose]();
  }

  private static options(choices: Choices, folder: string, redisPort: number) {
    const within = dirname(pathOf(choices, "worker.py"));
    const real = realpathSync(folder);
    return {
      python: startHere(python()),
      folder: real,
      within,
      runtime,
      env: process.env,
      allowNetwork: false,
      redisPort,
      speed: 100,
    };
  }
}

async function loadsData(stage: Stage, { records, fields, id, search }: Topic): Promise<void> {
  expect((await stage.ask("GET", "/data")).json).toEqual([]);
  expect((await stage.ask("POST", "/data")).status).toBe(200);
  const all = records.map((record) => Object.fromEntries(fields.map((field, n) => [field, record[n]])));
  // A hash keeps no order.
  const listed = (await stage.ask("GET", "/data")).json;
  expect(listed).toHaveLength(all.length);
  expect(listed).toEqual(expect.arrayContaining(all));
  const one = all[7] ?? {};
  expect((await stage.ask("GET", `/data/${String(one[id])}`)).json).toEqual(one);
  const words = String(one[search]).toUpperCase();
  expect((await stage.ask("GET", `/data?search=${encodeURIComponent(words)}`)).json).toEqual([one]);
  expect(await stage.ask("GET", "/data/none")).toMatchObject({ status: 404, json: {} });
}

async function refusesBadJobs(stage: Stage, client: Redis): Promise<void> {
  for (const body of ["start and end", { start: 1 }, { end: 2 }, { start: "soon", end: 2 }, []]) {
    const { status, json } = await stage.ask("POST", "/jobs", body);
    expect(status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
    expect(status, JSON.stringify(body)).toBeLessThan(500);
    expect(JSON.stringify(json)).toMatch(/JSON|object|missing|required|integer/);
  }
  expect((await stage.ask("GET", "/jobs")).json).toEqual([]);
  await client.select(stage.choices.queueDb);
  expect(await client.dbsize()).toBe(0);
}

/** Its id. */
async function submitsJob(stage: Stage, client: Redis): Promise<string> {
  const { accepted, early, jobKey, jobsDb, queueDb, record, list } = stage.choices;
  const { status, json } = await stage.ask("POST", "/jobs", { start: 3, end: 2010 });
  const { submitted } = wordsOf(stage.choices);
  expect({ status, json }).toMatchObject({
    status: accepted,
    json: { status: submitted, start: 3, end: 2010 },
  });
  const { id } = json as { id: string };
  expect((await stage.ask("GET", `/jobs/${id}`)).json).toEqual(json);
  expect((await stage.ask("GET", "/jobs")).json).toEqual([list === "ids" ? id : json]);
  expect((await stage.ask("GET", `/jobs/${id}/results`)).status).toBe(early);
  for (const path of ["/jobs/none", "/jobs/none/results"]) {
    const unknown = await stage.ask("GET", path);
    expect(unknown.status).toBe(404);
    expect(JSON.stringify(unknown.json)).toContain("there is no job none");
  }
  await client.select(jobsDb);
  expect(await client.type(`${jobKey}${id}`)).toBe(record === "json" ? "string" : "hash");
  await client.select(queueDb);
  expect(await client.llen(`hotqueue:${topicOf(stage.choices).queue}`)).toBe(1);
  return id;
}

async function doesJob(stage: Stage, id: string, topic: Topic): Promise<void> {
  const { done } = wordsOf(stage.choices);
  await expect
    .poll(async () => (await stage.ask("GET", `/jobs/${id}`)).json, { message: stage.running.errors })
    .toMatchObject({ id, status: done, start: 3, end: 2010 });
  const [range, measure] = [topic.range, topic.measure].map((field) => topic.fields.indexOf(field));
  const found = topic.records
    .filter((record) => Number(record[range ?? 0]) >= 3 && Number(record[range ?? 0]) <= 2010)
    .map((record) => Number(record[measure ?? 0]));
  const { status, json } = await stage.ask("GET", `/jobs/${id}/results`);
  expect({ status, json }).toMatchObject({ status: 200, json: { id, result: { count: found.length } } });
  const { result } = json as { result: Record<string, number> };
  expect(result[`mean_${topic.measure}`]).toBeCloseTo(found.reduce((sum, n) => sum + n) / found.length, 9);
}

/** It ends with the id in its traceback, or says the id and does the next job. */
async function speaksOfUnknownJob(stage: Stage, client: Redis): Promise<void> {
  const { port, running: worker } = stage;
  const { queueDb: db, unknownId } = stage.choices;
  const { queue: name } = topicOf(stage.choices);
  await using queue = new HotQueue<string>(name, { host: "127.0.0.1", port, db });
  await queue.put("nobody");
  if (unknownId === "raise") {
    await expect.poll(() => worker.ended?.code).toBe(1);
    expect(worker.errors).toContain("KeyError: 'nobody'");
  } else {
    await expect.poll(() => worker.lines).toEqual(["there is no job nobody"]);
    const { json } = await stage.ask("POST", "/jobs", { start: 1, end: 2 });
    const { id } = json as { id: string };
    const result = async (): Promise<unknown> => (await stage.ask("GET", `/jobs/${id}/results`)).json;
    await expect.poll(result).toMatchObject({ result: { count: expect.any(Number) as number } });
    expect(worker.ended).toBeNull();
  }
  expect(await client.llen(`hotqueue:${name}`)).toBe(0);
}

/** The words that are written into records from now on, in their order; what is no status is among them. */
async function watchWrites(client: Redis): Promise<AsyncDisposable & { indexOf: (word: string) => number }> {
  const monitor = await client.monitor();
  const written: string[] = [];
  monitor.on("monitor", (_: string, [name = "", ...args]: string[]) => {
    if (/^h?m?set$/i.test(name)) written.push(args.join(" "));
  });
  return {
    indexOf: (word) => written.findIndex((one) => new RegExp(`\\b${word}\\b`).test(one)),
    [Symbol.asyncDispose]: () => {
      monitor.disconnect();
      return Promise.resolve();
    },
  };
}
