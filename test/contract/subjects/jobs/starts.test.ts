import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCopy } from "../../../../src/lab/program/run-copy.js";
import { type SystemFile } from "../../../../src/lab/system-file/system-file.js";
import { runSubmissions } from "../../../../src/subjects/jobs/submit-run.js";
import { planStart } from "../../../../src/subjects/jobs/start/start-plan.js";
import { runWork } from "../../../../src/subjects/jobs/work-run.js";
import { readProject } from "../../../../src/subjects/python-code/project.js";
import { writeProject } from "../../../support/python/python-project.js";
import { describeWith, python } from "../../../support/suite/needs.js";

const runtime = new URL("../../../../src/lab/program/runtime", import.meta.url).pathname;

const API = `from flask import Flask, request
from jobs import add_job
app = Flask(__name__)
@app.route('/jobs', methods=['POST'])
def post_job():
    body = request.get_json()
    return add_job(body['start'], body['end'])
if __name__ == '__main__':
    app.run(host='0.0.0.0')
`;
const JOBS = `import os, uuid, redis
from hotqueue import HotQueue
host = os.environ.get('REDIS_IP', '127.0.0.1')
rd = redis.Redis(host=host, port=6379, db=0, decode_responses=True)
q = HotQueue('queue', host=host, port=6379, db=1)
def add_job(start, end):
    job = {'id': str(uuid.uuid4()), 'status': 'submitted', 'start': start, 'end': end}
    rd.hset('job.' + job['id'], mapping=job)
    q.put(job['id'])
    return job
def update_job_status(jid, status):
    rd.hset('job.' + jid, 'status', status)
`;
const WORKER = `from jobs import q, update_job_status
@q.worker
def execute_job(jid):
    update_job_status(jid, 'in progress')
    update_job_status(jid, 'complete')
execute_job()
`;
const FLAT = { "api.py": API, "jobs.py": JOBS, "worker.py": WORKER };
const PORT = "port=int(os.environ['REDIS_PORT'])";

type Files = Record<string, string>;

const put = (files: Files, folder: string): Files =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

const change = (files: Files, from: string, to: string): Files =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll(from, to)]));

const workerWith = (first: string, last = ""): string =>
  `${first}\n${WORKER.replace("    update_job_status(jid, 'complete')", `${last}    update_job_status(jid, 'complete')`)}`;

const dockerfile = (...lines: string[]): string =>
  ["FROM python:3.12", "WORKDIR /app", ...lines, ""].join("\n");

const compose = (api: string, worker: string, more = ""): string => `services:
  redis-db: {image: "redis:7"}
  api: {build: ., ${api}ports: ["5000:5000"], environment: {REDIS_IP: redis-db${more}}}
  worker: {build: ., ${worker}environment: {REDIS_IP: redis-db${more}}}
`;

const RUNS_API = 'CMD ["python", "api.py"]';
const RUNS_WORKER = "command: python worker.py, ";
const DONE = ["submitted", "in progress", "complete"];

describeWith("python", "a jobs API that is started as its own files say", () => {
  let assets = "";
  beforeAll(async () => {
    assets = await mkdtemp(join(tmpdir(), "tq-test-assets-"));
    await symlink(runtime, join(assets, "python"));
  });
  afterAll(() => rm(assets, { recursive: true }));

  /** Serves the API, submits a job, and has the worker do it. */
  const doOneJob = async (files: Files, place = "", system: Partial<SystemFile> | null = null) => {
    await using written = await writeProject(files);
    const folder = join(written.folder, place);
    const project = await readProject(folder);
    const { api, worker } = project;
    if (!api || !worker) throw new Error(`found: ${api?.file ?? "no API"}, ${worker?.file ?? "no worker"}`);
    const plan = planStart(project, api, system && { path: "", shown: "tq.yaml", ...system });
    const lab = {
      folder,
      assets,
      home: written.folder,
      env: process.env,
      python: python(),
      container: undefined as never,
      allowNetwork: false,
    };
    return await runCopy(lab, [], async (sandbox) => {
      for (const one of plan.folders) await mkdir(join(sandbox.folder, one), { recursive: true });
      const options = {
        sandbox,
        plan,
        api: api.file,
        worker: worker.file,
        seed: "a",
        keep: undefined,
        told: () => undefined,
        signal: new AbortController().signal,
      };
      const { api: start, worker: state, jobs } = await runWork(options);
      const { refused } = await runSubmissions(options);
      const words = jobs[0]?.statuses.map(({ status }) => status);
      return { words, said: plan.said, errors: JSON.stringify([start, state, plan], null, 1), refused };
    });
  };

  it.each<[string, Files, string?]>([
    ["flat", FLAT],
    ["in src/", put(FLAT, "src")],
    ["as a package, from above", put(change(FLAT, "from jobs", "from src.jobs"), "src")],
    [
      "as a package, from above the folder given",
      put(change(FLAT, "from jobs", "from src.jobs"), "src"),
      "src",
    ],
    ["as a package, by dots", put(change(FLAT, "from jobs", "from .jobs"), "src")],
    ["as a package of a project", put(change(FLAT, "from jobs", "from birds.jobs"), "src/birds")],
    [
      "in folders that an image brings together",
      {
        "api/api.py": API,
        "worker/worker.py": WORKER,
        "common/jobs.py": JOBS,
        Dockerfile: dockerfile("COPY api/ worker/ common/ ./", RUNS_API),
      },
    ],
    [
      "with variables that only the Dockerfile and Compose set",
      {
        ...change(FLAT, "port=6379", PORT),
        "worker.py": workerWith("import logging, os\nlogging.basicConfig(level=os.environ['LOG_LEVEL'])"),
        Dockerfile: dockerfile("ENV REDIS_PORT=6379", "COPY *.py ./", RUNS_API),
        "docker-compose.yml": compose("", RUNS_WORKER, ", LOG_LEVEL: DEBUG"),
      },
    ],
    [
      "with variables that nothing sets",
      {
        ...change(FLAT, "port=6379", PORT),
        "worker.py": workerWith(
          "import logging, os\nlogging.basicConfig(level=os.environ['LOG_LEVEL'])\nme = os.environ['WORKER_IP']",
        ),
      },
    ],
    [
      "with a whole url, and its default",
      change(
        FLAT,
        "redis.Redis(host=host, port=6379, db=0, ",
        "redis.from_url(os.environ.get('REDIS_URL', 'redis://redis-db:6379/0'), ",
      ),
    ],
    [
      "with a whole url that nothing sets",
      change(FLAT, "redis.Redis(host=host, port=6379, db=0, ", "redis.from_url(os.environ['REDIS_URL'], "),
    ],
    [
      "with a password",
      {
        ...change(FLAT, "db=0,", "db=0, password=os.environ['REDIS_PASSWORD'],"),
        ".env": "REDIS_PASSWORD=secret\n",
      },
    ],
    [
      "with a worker that wants arguments",
      {
        ...FLAT,
        "worker.py": workerWith(
          "import sys\nname, value = sys.argv[1:]\nassert (name, value) == ('--name', 'w1')",
        ),
        Dockerfile: dockerfile("COPY . /app", RUNS_API),
        "docker-compose.yml": compose("", 'command: ["python", "worker.py", "--name", "w1"], '),
      },
    ],
    [
      "with files at its container's paths",
      {
        ...FLAT,
        "worker.py": workerWith(
          "",
          "    for path in (f'/app/{jid}.png', '/output.png', '/plots/a.png'):\n        open(path, 'wb').write(b'x')\n        assert open(path, 'rb').read() == b'x'\n",
        ),
        Dockerfile: dockerfile("COPY . /app", RUNS_API),
      },
    ],
    [
      "with data that its image puts beside it",
      {
        ...put(FLAT, "src"),
        "src/jobs.py": `${JOBS}\nassert open('words.txt').read() == open('/app/words.txt').read() == 'x'\n`,
        "data/words.txt": "x",
        Dockerfile: dockerfile("COPY src /app", "COPY data/words.txt /app/words.txt", RUNS_API),
        "docker-compose.yml": compose("", RUNS_WORKER),
      },
    ],
    [
      "with data that is found from the project's folder",
      {
        ...put(FLAT, "src"),
        "src/jobs.py": `${JOBS}\nassert open('data/words.txt').read() == 'x'\n`,
        "data/words.txt": "x",
      },
    ],
    [
      "with a Compose file in docker/",
      {
        ...put(change(FLAT, "port=6379", PORT), "src"),
        "docker/Dockerfile": dockerfile("COPY src/ /app/", RUNS_API),
        "docker/docker-compose.yml": compose("", RUNS_WORKER, ", REDIS_PORT: 6379").replaceAll(
          "build: .",
          "build: {context: .., dockerfile: docker/Dockerfile}",
        ),
      },
    ],
    [
      "with a Compose file above the folder",
      {
        ...put(change(FLAT, "port=6379", PORT), "src"),
        Dockerfile: dockerfile("COPY src/ /app/", RUNS_API),
        "docker-compose.yml": compose("", RUNS_WORKER, ", REDIS_PORT: 6379"),
      },
      "src",
    ],
    [
      "by a server that is given its application",
      {
        ...put(change(FLAT, "from jobs", "from .jobs"), "app"),
        Dockerfile: dockerfile("COPY app /app/app", 'CMD ["gunicorn", "-b", "0.0.0.0:5000", "app.api:app"]'),
        "docker-compose.yml": compose("", "command: python -m app.worker, "),
      },
    ],
  ])("does a job: %s", async (_, files, place) => {
    const { words, errors, refused } = await doOneJob(files, place);
    expect(words, errors).toEqual(DONE);
    expect(refused).toEqual([]);
  });

  it("says which variables nothing sets, and what it gives them", async () => {
    const { said } = await doOneJob(change(FLAT, "port=6379", PORT));
    expect(said).toEqual(['nothing sets REDIS_PORT: the check gives it "6379"']);
  });

  it("says by which line it is started", async () => {
    const { said } = await doOneJob({
      ...put(change(FLAT, "from jobs", "from src.jobs"), "src"),
      Dockerfile: dockerfile("COPY . .", 'CMD ["python", "-m", "src.api"]'),
      "docker-compose.yml": compose("", "command: python -m src.worker, "),
    });
    expect(said).toEqual([
      "api: python -m src.api, as Dockerfile:4 says",
      "worker: python -m src.worker, as docker-compose.yml:4 says",
    ]);
  });

  it("takes what tq.yaml says before all else", async () => {
    const files = {
      ...put(change(FLAT, "from jobs", "from code_of_mine.jobs"), "x/code_of_mine"),
      "x/code_of_mine/jobs.py": `${JOBS}\nassert open('/data/a.txt').read() == os.environ['WORD'] == 'x'\n`,
      "some.txt": "x",
    };
    await using there = await writeProject({ "some.txt": "x" });
    const { words, errors, said } = await doOneJob(files, "", {
      start: { api: "python -m code_of_mine.api", worker: "python -m code_of_mine.worker", from: "x" },
      env: { WORD: "x" },
      files: { "/data/a.txt": join(there.folder, "some.txt") },
    });
    expect(words, errors).toEqual(DONE);
    expect(said[0]).toBe("api: python -m code_of_mine.api, as tq.yaml says");
  });
});
