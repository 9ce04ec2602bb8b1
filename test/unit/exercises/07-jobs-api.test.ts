import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { judgeContainers } from "../../../exercises/07-jobs-api/rules/containers.js";
import { type Judgement } from "../../../src/verdict/verdict.js";
import { type Place } from "../../../src/lab/place.js";
import { readComposeProject } from "../../../src/compose/project.js";
import { readProject } from "../../../src/subjects/python-code/project.js";
import { writeProject } from "../../support/python/python-project.js";

const exercise = fileURLToPath(new URL("../../../dist/exercises/07-jobs-api", import.meta.url));

/** The solution in Flask with a change in its Compose file, and with these files besides. */
async function judge(find: string, put: string, files: Record<string, string> = {}): Promise<Judgement> {
  await using project = await writeProject(files);
  await cp(join(exercise, "solution/flask"), project.folder, { recursive: true, force: false });
  const path = join(project.folder, "docker-compose.yml");
  const text = await readFile(path, "utf8");
  expect(text).toContain(find);
  await writeFile(path, text.replace(find, put));
  const place = { folder: project.folder, file: (one: string) => one } as Place;
  return judgeContainers(readComposeProject(project.folder), await readProject(project.folder), place);
}

it.each([
  "redis",
  "redis:7-alpine",
  "redis/redis-stack-server",
  "redis/redis-stack:latest",
  "valkey/valkey",
  "valkey/valkey-bundle:8",
  "bitnami/redis:7.2",
  "bitnami/valkey",
  "registry.example.org:5000/library/redis",
  "localhost:5000/redis:7",
  "redis@sha256:8b81dd37ff027bec4e516d41acfbe9fe2460070dc6d4a4570a2ac5b9d59df065",
  "docker.io/library/redis:7@sha256:8b81dd37ff027bec4e516d41acfbe9fe2460070dc6d4a4570a2ac5b9d59df065",
])("7.10 takes the image %s for a Redis", async (image) => {
  expect(await judge("image: redis:7", `image: ${image}`)).toMatchObject({ verdict: "passed" });
});

it("7.10 takes a service that builds on a Redis image for a Redis", async () => {
  const files = { "redis/Dockerfile": 'FROM redis:7\nCMD ["redis-server", "--save", "1", "1"]\n' };
  expect(await judge("image: redis:7", "build: ./redis", files)).toMatchObject({ verdict: "passed" });
});

it.each(["redis/redisinsight", "rediscommander/redis-commander", "oliver006/redis_exporter", "python:3.14"])(
  "7.10 does not take the image %s for a Redis",
  async (image) => {
    const verdict = await judge("image: redis:7", `image: ${image}`);
    expect(verdict).toMatchObject({ verdict: "not-yet", mistake: "services-missing" });
  },
);
