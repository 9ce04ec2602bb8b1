import { describe, expect, it } from "vitest";
import { type Finding } from "../../../../src/subjects/python-code/finding.js";
import { PLAIN, type Ways, writeJobsApi } from "../../../support/python/jobs-api.js";
import { COMPOSE, findingsOf, show, WAYS } from "../../../support/python/code-findings.js";

describe("Compose and the code name the variable alike", () => {
  const [, , , ...others] = WAYS;
  const layouts = [
    PLAIN,
    others[1] ?? PLAIN,
    { ...PLAIN, framework: "fastapi", layout: "", imports: "names" } as Ways,
  ];
  const judge = async (
    ways: Ways,
    worker: string,
    change = (text: string): string => text,
  ): Promise<Finding[]> => {
    const files = {
      ...writeJobsApi(ways),
      "docker-compose.yml": COMPOSE(worker).replace("api.py", ways.api),
    };
    const jobs = Object.keys(files).find((name) => name.endsWith("jobs.py")) ?? "";
    const all = await findingsOf({ ...files, [jobs]: change((files as Record<string, string>)[jobs] ?? "") });
    return all.filter(({ kind, file }) => kind.startsWith("compose") && file === "docker-compose.yml");
  };

  it.each(layouts)("a worker without the variable is named ($framework, $host)", async (ways) => {
    const found = await judge(ways, "    restart: always\n");
    expect(found.filter(({ breaks }) => breaks)).toMatchObject([
      { kind: "compose-variable-missing", text: "worker:" },
    ]);
  });

  it.each(layouts)("a variable that the code does not read is named ($framework, $host)", async (ways) => {
    const found = await judge(ways, "    environment:\n      REDIS_SERVER: redis-db\n");
    expect(found).toContainEqual(
      expect.objectContaining({
        kind: "compose-variable-ignored",
        text: "REDIS_SERVER: redis-db",
        breaks: true,
      }),
    );
    expect(found.filter(({ kind }) => kind === "compose-variable-missing")).toEqual([]);
  });

  it("a variable that no code reads is named, where the host is in the code", async () => {
    const written = (text: string): string =>
      text.replaceAll("host=redis_ip", "host='127.0.0.1'").replace(/^redis_ip.*\n/m, "");
    const found = await judge(PLAIN, "    environment: [REDIS_IP=redis-db]\n", written);
    expect(found.some(({ kind, breaks }) => kind === "compose-variable-ignored" && breaks)).toBe(true);
  });

  it.each([
    ["set as a list", "    environment:\n      - REDIS_IP=redis-db\n"],
    ["set as a map", "    environment:\n      REDIS_IP: redis-db\n"],
    ["in a file", "    env_file: .env\n"],
  ])("what is right is left alone: %s", async (_, worker) => {
    const found = await judge(PLAIN, worker);
    expect(found.filter(({ breaks, text }) => breaks || text === "worker:").map(show)).toEqual([]);
  });

  it.each([
    ["REDIS_IP", "('REDIS_IP') or os.getenv('REDIS_HOST', "],
    ["REDIS_HOST", "('REDIS_IP') or os.getenv('REDIS_HOST', "],
    ["REDIS_HOST", "('REDIS_IP') or os.getenv('REDIS_HOST') or ("],
    ["REDIS_HOST", "('REDIS_IP', os.environ.get('REDIS_HOST')) or ("],
  ])("of two variables that the code reads one is enough: %s, with %s", async (set, reads) => {
    const found = await judge(PLAIN, `    environment: [${set}=redis-db]\n`, (text) =>
      text.replace("('REDIS_IP', ", reads),
    );
    expect(found.map(show)).toEqual([]);
  });

  it("a default that names the service needs no variable", async () => {
    const found = await judge(PLAIN, "", (text) => text.replace("127.0.0.1", "redis-db"));
    expect(found.filter(({ kind }) => kind === "compose-variable-missing").map(show)).toEqual([]);
  });
});

describe("what looks like a mistake and is none", () => {
  const MADE =
    "import redis\nfrom hotqueue import HotQueue\nimport os\nip = os.environ.get('REDIS_IP', 'h')\n";
  const CLIENT = `${MADE}rd = redis.Redis(host=ip, decode_responses=True)\nq = HotQueue("queue", host=ip, db=1)\n`;

  it.each<[string, Record<string, string>]>([
    [
      "decode after an if that has returned with text",
      {
        "jobs.py": `${CLIENT}def add(jid):\n    return make(str(jid), str(jid))\ndef make(jid, status):\n    if type(jid) == str:\n        return {'id': jid, 'status': status}\n    return {'id': jid.decode('utf-8'), 'status': status.decode('utf-8')}\n`,
      },
    ],
    [
      "a local variable called like a module",
      { "jobs.py": CLIENT, "api.py": "import jobs\ndef f(jobs):\n    return jobs.nothing\n" },
    ],
    ["a name in an annotation in quotes", { "api.py": "def f(x: 'Nobody') -> 'Nothing':\n    return x\n" }],
    [
      "an import for types only",
      {
        "jobs.py": `from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from api import app\n${CLIENT}`,
        "api.py": "from jobs import rd\nfrom flask import Flask\napp = Flask(__name__)\n",
      },
    ],
    [
      "a circle below a function",
      {
        "jobs.py": `${CLIENT}def f():\n    from worker import g\n    g()\n`,
        "worker.py": "from jobs import q\n@q.worker\ndef g(jid): ...\ng()\n",
      },
    ],
    [
      "a worker started by a thread",
      {
        "jobs.py": CLIENT,
        "worker.py":
          "import threading\nfrom jobs import q\n@q.worker\ndef g(jid): ...\nthreading.Thread(target=g).start()\n",
      },
    ],
    [
      "a worker made by a call",
      { "jobs.py": CLIENT, "worker.py": "from jobs import q\ndef g(jid): ...\nwork = q.worker(g)\nwork()\n" },
    ],
    [
      "a default that is made anew",
      {
        "jobs.py": `${CLIENT}def f(a, b=None):\n    b = compute(a)\n    return b\ndef compute(a): return a\n`,
      },
    ],
    [
      "a generator as the only argument",
      { "jobs.py": `${CLIENT}def f(one): return one\nf(a for a, b in [])\n` },
    ],
    [
      "a decorator that changes the arguments",
      { "jobs.py": `${CLIENT}def d(f): return lambda: f(1)\n@d\ndef f(a): return a\nf()\n` },
    ],
    [
      "a client of another kind under the same name",
      { "jobs.py": `${CLIENT}if ip:\n    rd = {}\nrd.setdefault('a', 1)\n` },
    ],
    [
      "taking by hand in a function that another calls",
      {
        "jobs.py": CLIENT,
        "worker.py":
          "from jobs import q\ndef one(): return q.get(block=True)\ndef main():\n    while True: one()\nmain()\n",
      },
    ],
    [
      "two queues, each with its worker",
      {
        "jobs.py": `${CLIENT}q2 = HotQueue("other", host=ip, db=1)\nq.put(1)\nq2.put(2)\n`,
        "worker.py": "from jobs import q, q2\n@q2.worker\ndef g(jid): ...\ng()\n",
      },
    ],
  ])("%s", async (_, files) => {
    expect((await findingsOf(files)).filter(({ breaks }) => breaks).map(show)).toEqual([]);
  });

  it.each([
    ["submitted by the API, worked on by one function, and ended by another", "finish(jid)"],
    ["a status that nobody can tell from the text", "update_job_status(jid, next_status(jid))"],
    [
      "failed, where the work fails",
      "try:\n        work()\n        update_job_status(jid, 'complete')\n    except KeyError:\n        update_job_status(jid, 'failed')",
    ],
    ["complete, and then a line for the log", "update_job_status(jid, 'complete')\n    print('complete')"],
  ])("no status is as wrong as it looks: %s", async (_, end) => {
    const worker = `from jobs import q, update_job_status
def finish(jid):
    update_job_status(jid, "complete")
@q.worker
def execute_job(jid):
    update_job_status(jid, "in progress")
    ${end}
execute_job()
`;
    const jobs = `${CLIENT}def add_job(start, status="submitted"): ...\ndef update_job_status(jid, status): ...\n`;
    const findings = await findingsOf({ "jobs.py": jobs, "worker.py": worker });
    expect(findings.filter(({ kind }) => kind === "status-not-as-asked").map(show)).toEqual([]);
  });

  it.each([
    ["a field of the same name", "redis_ip: str = 'localhost'"],
    ["a prefix and the rest of it", "model_config = {'env_prefix': 'REDIS_'}\n    ip: str = 'localhost'"],
  ])("a class of settings reads the variable that Compose sets: %s", async (_, fields) => {
    const findings = await findingsOf({
      "jobs.py": `import redis\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    ${fields}\nrd = redis.Redis(host=make_host(Settings()))\n`,
      "worker.py": "from jobs import rd\n",
      "docker-compose.yml": COMPOSE("    environment: [REDIS_IP=redis-db]\n"),
    });
    expect(
      findings.filter(({ kind, text }) => kind === "compose-variable-ignored" && text.includes("IP")),
    ).toEqual([]);
  });

  it("a route is no placeholder, and of a file that cannot be read nothing else is said", async () => {
    const api =
      "from flask import Flask\napp = Flask(__name__)\n  @app.route('/jobs/<jid>')\ndef f(jid):\n    return jid\n";
    const findings = await findingsOf({
      "api.py": api,
      "jobs.py": `${CLIENT}q = HotQueue("queue"m host=ip)\n`,
    });
    expect(findings.map(({ kind, file, line }) => `${kind} ${file}:${line}`)).toEqual([
      "syntax-error api.py:3",
      "syntax-error jobs.py:7",
    ]);
  });
});
