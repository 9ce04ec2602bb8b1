import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { judgeImports } from "../../../exercises/04-code-organization/rules/imports.js";
import { judgeNames, judgeReadable } from "../../../exercises/04-code-organization/rules/names.js";
import { judgePlacement } from "../../../exercises/04-code-organization/rules/placement.js";
import { judgePrivacy } from "../../../exercises/04-code-organization/rules/privacy.js";
import { describePlace, targetAt } from "../../../src/lab/place.js";
import { readProject } from "../../../src/subjects/python-code/project.js";
import { type Judgement } from "../../../src/verdict/verdict.js";
import { listWays, writeJobsApi } from "../../support/python/jobs-api.js";
import { writeProject } from "../../support/python/python-project.js";

/** What the rules say of files, without the one that runs Python. */
async function judgeAll(files: Record<string, string>): Promise<Record<string, Judgement>> {
  await using project = await writeProject(files);
  const { folder } = project;
  const place = describePlace({
    target: targetAt("redis://127.0.0.1:6379"),
    redisUrl: undefined,
    folder,
    shownFolder: "",
    queue: "queue",
    seed: "1",
    python: undefined,
    allowNetwork: false,
    url: undefined,
    job: undefined,
    slow: false,
  });
  const read = await readProject(folder);
  return {
    "4.1": judgePlacement(read, place),
    "4.2": judgePrivacy(read, place),
    "4.3": judgeImports(read, place),
    "4.4": judgeNames(read, place),
    "4.5": judgeReadable(read, place) ?? { verdict: "passed", observed: "" },
  };
}

describe("exercise 4", () => {
  it.each(listWays().map((ways, n) => [n, ways] as const))(
    "takes a finished jobs API for right, way %i",
    async (_, ways) => {
      const judgements = await judgeAll(writeJobsApi(ways));
      expect(Object.values(judgements).filter(({ verdict }) => verdict !== "passed")).toEqual([]);
    },
  );

  it.each(["flask", "fastapi"])(
    "takes the fragments for right when they are sorted: %s",
    async (framework) => {
      const page = await readFile("exercises/04-code-organization/starter/fragments.txt", "utf8");
      const [, ...parts] = page.split(/^-{70,}\n/m);
      const inner = ["generate_jid", "generate_job_key", "instantiate_job", "save_job", "queue_job"];
      const part = (mark: string): string => {
        const found = parts.find((text) => text.includes(mark)) ?? "";
        const code = found.replace(/^(With|Or with) .*:\n/m, "");
        return inner.reduce(
          (text, name) => text.replace(new RegExp(`\\b${name}\\(`, "g"), `_${name}(`),
          code,
        );
      };
      const jobs = [
        ...inner.map((name) => `def ${name}(`),
        "def add_job",
        "def get_job_by_id",
        "def update_job_status",
      ];
      const judgements = await judgeAll({
        "api.py":
          framework === "flask"
            ? `from flask import Flask, request\nfrom jobs import add_job\n${part("Flask(")}`
            : `import uvicorn\nfrom fastapi import FastAPI\nfrom jobs import add_job\n${part("FastAPI(")}`,
        "jobs.py": `import uuid\nimport redis\nfrom hotqueue import HotQueue\n${["rd = ", "q = ", ...jobs].map(part).join("\n")}`,
        "worker.py": `from jobs import update_job_status\n${part("def execute_job")}`,
      });
      expect(Object.values(judgements).filter(({ verdict }) => verdict !== "passed")).toEqual([]);
    },
  );

  it("says what is there, where nothing of it is", async () => {
    expect((await judgeAll({}))["4.1"]).toMatchObject({ verdict: "not-yet", mistake: "module-missing" });
    expect((await judgeAll({ "hello.py": "print('hello')\n" }))["4.1"]).toMatchObject({
      observed: "there are hello.py; not found: api.py, jobs.py, worker.py",
    });
  });
});
