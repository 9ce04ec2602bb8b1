import { describe, expect, it } from "vitest";
import { type Project, type Value } from "../../../../src/subjects/python-code/project.js";
import { readCode, JOBS, FLASK, WORKER } from "../../../support/python/code-samples.js";

const env = (variable: string, fallback: string | null): Value => ({ kind: "env", variable, fallback });
const literal = (value: string | number): Value => ({ kind: "literal", value });

describe("where clients take their host from", () => {
  it.each<[string, string, Value]>([
    ["a literal", "rd = redis.Redis(host='redis-db')", literal("redis-db")],
    ["a literal, first of all", "rd = redis.Redis('redis-db', 6379, 0)", literal("redis-db")],
    ["a name", "ip = '172.17.0.1'\nrd = redis.Redis(host=ip)", literal("172.17.0.1")],
    ["nothing", "rd = redis.Redis()", { kind: "absent" }],
    ["a variable", "rd = redis.Redis(host=os.environ['REDIS_IP'])", env("REDIS_IP", null)],
    [
      "a variable and a default",
      "rd = redis.Redis(host=os.environ.get('REDIS_IP', '127.0.0.1'))",
      env("REDIS_IP", "127.0.0.1"),
    ],
    [
      "getenv",
      "h = os.getenv('REDIS_HOST', default='r')\nrd = redis.Redis(host=h)".replace("default=", ""),
      env("REDIS_HOST", "r"),
    ],
    ["or", "h = os.getenv('REDIS_HOST') or 'r'\nrd = redis.Redis(host=h)", env("REDIS_HOST", "r")],
    [
      "an if",
      "h = os.environ.get('REDIS_IP')\nif not h:\n    h = 'r'\nrd = redis.Redis(host=h)",
      env("REDIS_IP", "r"),
    ],
    [
      "a guard",
      "h = os.environ.get('REDIS_IP')\nif not h:\n    raise Exception()\nrd = redis.Redis(host=h)",
      env("REDIS_IP", null),
    ],
    [
      "an except",
      "try:\n    h = os.environ['REDIS_IP']\nexcept KeyError:\n    h = 'r'\nrd = redis.Redis(host=h)",
      env("REDIS_IP", "r"),
    ],
    [
      "an f-string",
      "h = os.environ.get('REDIS_IP', 'r')\nrd = redis.Redis(host=f'{h}')",
      env("REDIS_IP", "r"),
    ],
    [
      "a function",
      "def make(db):\n    return redis.Redis(host=os.environ.get('REDIS_IP', 'r'), db=db)\nrd = make(0)",
      env("REDIS_IP", "r"),
    ],
    [
      "a function of its own",
      "def host():\n    return os.environ.get('REDIS_IP', 'r')\nrd = redis.Redis(host=host())",
      env("REDIS_IP", "r"),
    ],
    [
      "a dictionary",
      "settings = {'host': os.environ.get('REDIS_IP', 'r'), 'port': 6379}\nrd = redis.Redis(**settings)",
      env("REDIS_IP", "r"),
    ],
    [
      "a class",
      "class Config:\n    HOST = os.environ.get('REDIS_IP', 'r')\nrd = redis.Redis(host=Config.HOST)",
      env("REDIS_IP", "r"),
    ],
    [
      "a url",
      "h = os.environ.get('REDIS_IP', 'r')\nrd = redis.from_url(f'redis://{h}:6379/0')",
      env("REDIS_IP", "r"),
    ],
    ["StrictRedis", "from redis import StrictRedis\nrd = StrictRedis(host='r')", literal("r")],
  ])("%s", async (_, code, host) => {
    const { clients } = await readCode({ "jobs.py": `import os\nimport redis\n${code}\n` });
    expect(clients.filter(({ name }) => name === "rd").map((client) => client.host)).toMatchObject([host]);
  });

  it("follows a name into another module", async () => {
    const config = "import os\nredis_host = os.environ.get('REDIS_IP', 'redis-db')\nDB = 3\n";
    for (const [first, host, db] of [
      ["from config import redis_host, DB", "redis_host", "DB"],
      ["from config import *", "redis_host", "DB"],
      ["import config", "config.redis_host", "config.DB"],
      ["import config as c", "c.redis_host", "c.DB"],
      ["from .config import redis_host as h, DB as d", "h", "d"],
    ] as const) {
      const jobs = `import hotqueue\n${first}\nq = hotqueue.HotQueue("some_queue", host=${host}, db=${db})\n`;
      const { clients } = await readCode({ "jobs.py": jobs, "config.py": config });
      expect(clients).toMatchObject([
        {
          kind: "queue",
          name: "q",
          module: "jobs",
          host: env("REDIS_IP", "redis-db"),
          db: literal(3),
          queue: literal("some_queue"),
        },
      ]);
    }
  });
});

describe("modules of folders of their own", () => {
  const names = ({ modules }: Project) => modules.map(({ file }) => file).sort();

  it("finds the worker's folder beside the API's, and what an image brings together", async () => {
    const project = await readCode({
      "api/api.py": FLASK,
      "worker/worker.py": WORKER,
      "common/jobs.py": JOBS,
      Dockerfile: "FROM python:3.12\nCOPY api/ common/ /app/\n",
    });
    expect(names(project)).toEqual(["api/api.py", "common/jobs.py", "worker/worker.py"]);
    expect(project.api?.file).toBe("api/api.py");
    expect(project.worker?.file).toBe("worker/worker.py");
    expect(project.jobs?.file).toBe("common/jobs.py");
    expect(project.packages).toEqual(["flask", "hotqueue", "redis"]);
  });

  it("takes what nothing brings together for what it is: not found", async () => {
    const project = await readCode({
      "api/api.py": FLASK,
      "worker/worker.py": WORKER,
      "common/jobs.py": JOBS,
    });
    expect(names(project)).toEqual(["api/api.py", "worker/worker.py"]);
  });

  it("finds worker/worker.py beside an API at the top, with its own copy of jobs.py", async () => {
    const project = await readCode({
      "api.py": FLASK,
      "jobs.py": JOBS,
      "worker/worker.py": WORKER,
      "worker/jobs.py": JOBS,
    });
    expect(project.worker?.file).toBe("worker/worker.py");
    expect(names(project)).toEqual(["api.py", "jobs.py", "worker/jobs.py", "worker/worker.py"]);
  });

  it.each([
    ["from birds.jobs import q", "src/birds"],
    ["from src.birds.jobs import q", "src/birds"],
    ["from .jobs import q", "src/birds"],
  ])("takes a package of the folder's own for no package to install: %s", async (line, folder) => {
    const project = await readCode({
      [`${folder}/api.py`]: FLASK.replace("import jobs", line),
      [`${folder}/jobs.py`]: JOBS,
      [`${folder}/worker.py`]: WORKER.replace("from jobs import q", line),
      "pyproject.toml": "",
    });
    expect(project.packages).toEqual(["flask", "hotqueue", "redis"]);
    expect(project.api?.imports.at(-1)).toMatchObject({ own: "jobs" });
  });
});
