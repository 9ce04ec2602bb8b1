import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeContainers } from "../../../exercises/07-jobs-api/rules/containers.js";
import { findComposeProject } from "../../../src/compose/find-project.js";
import { type Place } from "../../../src/lab/place.js";
import { readProject } from "../../../src/subjects/python-code/project.js";
import { type Judgement } from "../../../src/verdict/verdict.js";
import { writeProject } from "../../support/python/python-project.js";

async function judge(files: Record<string, string>, folder: string): Promise<Judgement> {
  await using project = await writeProject(files);
  const root = join(project.folder, folder);
  const place = { folder: root, file: (one: string) => one } as Place;
  return judgeContainers(findComposeProject(root), await readProject(root), place);
}

describe("7.10 says where redis for Python is one that gives up waiting", () => {
  const judged = async (requirements: string, queue = "", run = "pip install -r requirements.txt") => {
    const files = {
      "api.py": "from flask import Flask\nfrom jobs import q\napp = Flask(__name__)\n",
      "jobs.py": `import os\nfrom hotqueue import HotQueue\nq = HotQueue("queue", host=os.environ["REDIS_IP"], db=1${queue})\n`,
      "worker.py": "from jobs import q\n@q.worker\ndef work(jid):\n    pass\nwork()\n",
      "requirements.txt": requirements,
      Dockerfile: `FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN ${run}\nCMD ["flask", "--app", "api", "run", "--host=0.0.0.0"]\n`,
      "docker-compose.yml": `services:
  redis-db: {image: "redis:7"}
  api: {build: ., ports: ["5000:5000"], environment: {REDIS_IP: redis-db}}
  worker: {build: ., command: python worker.py, environment: {REDIS_IP: redis-db}}
`,
    };
    const found = await judge(files, "");
    expect(found.verdict, JSON.stringify(found)).toBe("passed");
    return found.observed.split("could be better: ")[1] ?? null;
  };

  it.each([
    ["redis\nhotqueue\n", "requirements.txt:1: redis "],
    ["flask\nredis>=5,!=6\nhotqueue==0.2.8\n", "requirements.txt:2: redis>=5,!=6 "],
    ["flask\nhotqueue\n", "requirements.txt:2: hotqueue "],
    ["redis[hiredis] >= 7.0 # fast\n", "requirements.txt:1: redis[hiredis] >= 7.0"],
  ])("of %j it is %j", async (requirements, said) => {
    expect(await judged(requirements)).toContain(said);
  });

  it.each([["redis<8\nhotqueue\n"], ["redis==5.0.1\n"], ["redis~=7.1\nhotqueue\n"], ["redis >= 5, < 8\n"]])(
    "of %j nothing",
    async (requirements) => {
      expect(await judged(requirements)).toBeNull();
    },
  );

  it("of the line of a Dockerfile, and nothing where the queue says how long it waits", async () => {
    expect(await judged("", "", "pip install flask redis hotqueue")).toContain("Dockerfile:4: ");
    expect(await judged("", "", 'pip install flask "redis<8" hotqueue')).toBeNull();
    expect(await judged("redis\n", ", socket_timeout=None")).toBeNull();
  });
});

describe("7.10 names in a module that is started with -m", () => {
  const project = (changed: Record<string, string>): Record<string, string> => ({
    "api.py":
      'from flask import Flask\nfrom jobs import q\napp = Flask(__name__)\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=5000)\n',
    "jobs.py":
      'import os\nfrom hotqueue import HotQueue\nq = HotQueue("queue", host=os.environ["REDIS_IP"], port=int(os.environ["REDIS_PORT"]), db=1)\n',
    "worker.py": "from jobs import q\n@q.worker\ndef work(jid):\n    pass\nwork()\n",
    Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install flask hotqueue "redis<8"\n',
    ".env": "REDIS_PORT=6379\n",
    "docker-compose.yml": `services:
  redis-db: {image: "redis:7"}
  api:
    build: .
    command: python -m api
    ports: ["5000:5000"]
    environment:
      REDIS_IP: redis-db
      REDIS_PORT: \${REDIS_PORT}
  worker:
    build: .
    command: python -m worker
    environment:
      REDIS_IP: redis-db
      REDIS_PORT: \${REDIS_PORT}
`,
    ...changed,
  });

  it("nothing where it is right", async () => {
    expect(await judge(project({}), "")).toMatchObject({ verdict: "passed" });
  });

  it("a server on 127.0.0.1", async () => {
    const api = (project({})["api.py"] ?? "").replace("0.0.0.0", "127.0.0.1");
    expect(await judge(project({ "api.py": api }), "")).toMatchObject({
      mistake: "heard-inside-only",
      observed: expect.stringContaining("api.py:5: ") as string,
    });
  });

  it("a number that nothing sets", async () => {
    expect(await judge(project({ ".env": "" }), "")).toMatchObject({
      mistake: "compose-variable-unset",
      observed: expect.stringContaining("docker-compose.yml:9: ") as string,
      cause: expect.stringContaining("REDIS_PORT") as string,
    });
  });
});
