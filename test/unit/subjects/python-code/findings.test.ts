import { describe, expect, it } from "vitest";
import { type Finding, type FindingKind } from "../../../../src/subjects/python-code/finding.js";
import { readProject } from "../../../../src/subjects/python-code/project.js";
import { listWays, PLAIN, type Ways, writeJobsApi } from "../../../support/python/jobs-api.js";
import { writeProject } from "../../../support/python/python-project.js";

async function findingsOf(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  await using project = await writeProject(files);
  return (await readProject(project.folder)).findings;
}

const show = ({ kind, file, line, text, says }: Finding): string =>
  `${kind} ${file}:${line} ${text} (${says})`;

const CONFIG = {
  ...PLAIN,
  layout: "source",
  api: "iss_api.py",
  record: "json",
  key: "{}",
  start: "function",
} as const;

/** Each of the choices that a mistake may depend on is taken in at least three. */
const WAYS: Ways[] = [
  PLAIN,
  {
    ...PLAIN,
    framework: "fastapi",
    layout: "",
    imports: "names",
    decorator: "@q.worker()",
    start: "main",
    host: "or",
  },
  { ...CONFIG, host: "config", imports: "names", databases: { records: 2, queue: 4 } },
  {
    ...PLAIN,
    framework: "fastapi",
    api: "main.py",
    record: "hmset",
    clients: "own module",
    host: "function",
  },
  { ...CONFIG, framework: "fastapi", layout: "", host: "guard", decorator: "@q.worker()" },
  { ...PLAIN, api: "app.py", imports: "names", host: "REDIS_HOST", record: "hmset", start: "main" },
  { ...PLAIN, framework: "fastapi", key: "job:{}", start: "function", databases: { records: 0, queue: 10 } },
];

const COMPOSE = (worker: string, image = "redis:7"): string => `services:
  redis-db:
    image: ${image}
    ports:
      - 6379:6379
  api:
    build: .
    command: ["python", "api.py"]
    environment:
      - REDIS_IP=redis-db
      - REDIS_HOST=redis-db
  worker:
    build: .
    command: python worker.py
${worker}`;

describe("correct code, in all the ways in which it is written", () => {
  it.each(listWays().map((ways, n) => [n, ways] as const))("way %i", async (_, ways) => {
    const files = {
      ...writeJobsApi(ways),
      "docker-compose.yml": COMPOSE(
        "    environment:\n      REDIS_IP: redis-db\n      REDIS_HOST: redis-db\n",
      ),
    };
    const findings = await findingsOf(files);
    expect(
      findings.filter(({ breaks, kind }) => breaks || kind !== "compose-variable-ignored").map(show),
    ).toEqual([]);
  });
});

/** A mistake: what is replaced where (by a pattern that stands there once), and the line that must be named. */
interface Mistake {
  kind: FindingKind;
  breaks: boolean;
  in: "api" | "jobs" | "worker" | "compose";
  change: [find: RegExp, put: string][];
  /** Stands in the line that is named. */
  line: RegExp;
  /** What must be said besides. */
  says?: RegExp;
  only?: (ways: Ways) => boolean;
}

const CLIENTS = (ways: Ways): boolean => ways.clients === "jobs";
const NAMES = (ways: Ways): boolean => ways.imports === "names";
const MODULE = (ways: Ways): boolean => ways.imports === "module";

const MISTAKES: Record<string, Mistake> = {
  "curly quotes": {
    kind: "syntax-error",
    breaks: true,
    in: "worker",
    change: [[/"in progress"/, "“in progress”"]],
    line: /in progress/,
    says: /curly/,
  },
  "a missing colon": {
    kind: "syntax-error",
    breaks: true,
    in: "jobs",
    change: [[/def _queue_job\(jid\):/, "def _queue_job(jid)"]],
    line: /def _queue_job/,
    says: /colon/,
  },
  "tabs among spaces": {
    kind: "syntax-error",
    breaks: true,
    in: "worker",
    change: [[/ {4}time\.sleep/, "\ttime.sleep"]],
    line: /time\.sleep/,
    says: /tabs/,
  },
  "a bracket left open": {
    kind: "syntax-error",
    breaks: true,
    in: "jobs",
    change: [[/q\.put\(jid\)/, "q.put(jid"]],
    line: /q\.put/,
    says: /bracket/,
  },
  "no indentation": {
    kind: "syntax-error",
    breaks: true,
    in: "jobs",
    change: [[/ {4}q\.put/, "q.put"]],
    line: /q\.put/,
    says: /indented/,
  },
  "a quote left open": {
    kind: "syntax-error",
    breaks: true,
    in: "worker",
    change: [[/"in progress"/, '"in progress']],
    line: /in progress/,
    says: /quote/,
  },
  "an unfinished call": {
    kind: "unfinished",
    breaks: true,
    in: "jobs",
    change: [[/q\.put\(jid\)/, "q.put(.....)"]],
    line: /q\.put/,
    says: /unfinished/,
  },
  "an unfinished decorator": {
    kind: "unfinished",
    breaks: true,
    in: "worker",
    change: [[/^.*def execute_job/m, "@<...>\ndef execute_job"]],
    line: /@<\.\.\.>/,
    says: /unfinished/,
  },
  "an open name": {
    kind: "unfinished",
    breaks: true,
    in: "jobs",
    change: [[/q\.put\(jid\)/, "q.put(<the id>)"]],
    line: /q\.put/,
  },
  "an import forgotten": {
    kind: "undefined-name",
    breaks: true,
    in: "worker",
    change: [[/import time\n/, ""]],
    line: /time\.sleep/,
    says: /neither defined nor imported/,
  },
  "uuid forgotten": {
    kind: "undefined-name",
    breaks: true,
    in: "jobs",
    change: [[/import uuid\n/, ""]],
    line: /uuid4/,
  },
  "save_job for _save_job": {
    kind: "undefined-name",
    breaks: true,
    in: "jobs",
    change: [
      [
        / {4}_save_job\(_generate_job_key\(jid\), job_dict\)/,
        "    save_job(_generate_job_key(jid), job_dict)",
      ],
    ],
    line: /save_job/,
  },
  "jobs. without import jobs": {
    kind: "undefined-name",
    breaks: true,
    in: "worker",
    change: [[/ {4}update_job_status\(jid, "complete"/, '    jobs.update_job_status(jid, "complete"']],
    line: /"complete"/,
    says: /brings q, update_job_status, not jobs/,
    only: NAMES,
  },
  "redis.StrictRedis after from redis": {
    kind: "undefined-name",
    breaks: true,
    in: "jobs",
    change: [
      [/import redis\n/, "from redis import StrictRedis\n"],
      [/redis\.Redis/, "redis.StrictRedis"],
    ],
    line: /StrictRedis\(/,
    only: CLIENTS,
  },
  "a name that jobs lacks": {
    kind: "name-not-there",
    breaks: true,
    in: "worker",
    change: [[/update_job_status\n/, "update_job_status, generate_job_key\n"]],
    line: /from jobs import/,
    says: /there it is called _generate_job_key/,
    only: NAMES,
  },
  "an attribute that jobs lacks": {
    kind: "name-not-there",
    breaks: true,
    in: "worker",
    change: [[/update_job_status\(jid, "complete"/, 'update_status(jid, "complete"']],
    line: /update_status/,
    only: MODULE,
  },
  "a module called otherwise": {
    kind: "name-not-there",
    breaks: true,
    in: "api",
    change: [[/import jobs/, "import job as jobs"]],
    line: /import job/,
    says: /one of yours is called jobs/,
    only: MODULE,
  },
  "a module called otherwise, with its names": {
    kind: "name-not-there",
    breaks: true,
    in: "api",
    change: [[/from jobs/, "from Jobs"]],
    line: /from Jobs/,
    only: NAMES,
  },
  "a class called otherwise": {
    kind: "name-not-there",
    breaks: true,
    in: "jobs",
    change: [[/from hotqueue import HotQueue/, "from hotqueue import Hotqueue as HotQueue"]],
    line: /Hotqueue/,
    only: CLIENTS,
  },
  "a private name, imported": {
    kind: "private-used",
    breaks: false,
    in: "worker",
    change: [[/update_job_status\n/, "update_job_status, _generate_jid\n"]],
    line: /from jobs import/,
    only: NAMES,
  },
  "a private name, asked for": {
    kind: "private-used",
    breaks: false,
    in: "api",
    change: [[/jobs\.get_job_by_id\(jid\)/, "jobs._generate_job_key(jid)"]],
    line: /_generate_job_key/,
    only: MODULE,
  },
  "jobs imports worker": {
    kind: "jobs-imports-others",
    breaks: false,
    in: "jobs",
    change: [[/import uuid\n/, "import uuid\nfrom worker import execute_job\n"]],
    line: /from worker/,
  },
  "a circle that fails": {
    kind: "circular-import",
    breaks: true,
    in: "jobs",
    change: [[/import uuid\n/, "import uuid\nfrom worker import execute_job\n"]],
    line: /from worker/,
    says: /import each other/,
    only: NAMES,
  },
  "worker imports api": {
    kind: "worker-imports-api",
    breaks: false,
    in: "worker",
    change: [[/import time\n/, "import time\nfrom {api} import post_job\n"]],
    line: /post_job/,
  },
  "too few arguments": {
    kind: "wrong-arguments",
    breaks: true,
    in: "worker",
    change: [[/update_job_status\(jid, "complete"\)/, 'update_job_status("complete")']],
    line: /"complete"/,
    says: /without status/,
  },
  "too many arguments": {
    kind: "wrong-arguments",
    breaks: true,
    in: "jobs",
    change: [[/= _generate_jid\(\)/, "= _generate_jid(start)"]],
    line: /_generate_jid\(start\)/,
    says: /takes none/,
  },
  "a parameter of another name": {
    kind: "wrong-arguments",
    breaks: true,
    in: "worker",
    change: [[/jid, "complete"/, 'jid, state="complete"']],
    line: /"complete"/,
    says: /no parameter state/,
  },
  "a worker called with an argument": {
    kind: "wrong-arguments",
    breaks: true,
    in: "worker",
    change: [[/execute_job\(\)\n/, "execute_job('x')\n"]],
    line: /execute_job\('x'\)/,
    only: ({ decorator }) => decorator !== "loop",
  },
  "a method of HotQueue's that is none": {
    kind: "unknown-method",
    breaks: true,
    in: "jobs",
    change: [[/q\.put\(jid\)/, "q.enqueue(jid)"]],
    line: /enqueue/,
    says: /no enqueue/,
  },
  "a worker's run": {
    kind: "unknown-method",
    breaks: true,
    in: "worker",
    change: [[/$/, "{q}.run()\n"]],
    line: /\.run\(\)/,
  },
  "a method of Redis' that is none": {
    kind: "unknown-method",
    breaks: true,
    in: "jobs",
    change: [[/rd\.(hset|hmset|set)\(job_key/, "rd.hashset(job_key"]],
    line: /hashset/,
  },
  "HotQueue called wrongly": {
    kind: "wrong-arguments",
    breaks: true,
    in: "jobs",
    change: [[/q\.put\(jid\)/, "q.put(jid, block=True)"]],
    line: /block/,
  },
  "the queue made again": {
    kind: "queue-made-again",
    breaks: false,
    in: "worker",
    change: [
      [
        /import time\n/,
        'import os\nimport time\nfrom hotqueue import HotQueue\nq2 = HotQueue("queue", host=os.environ.get("REDIS_IP", "h"), db={queue})\n',
      ],
    ],
    line: /q2 = HotQueue/,
  },
  "one name on two databases": {
    kind: "client-on-two-dbs",
    breaks: false,
    in: "api",
    change: [
      [
        /^/,
        "import os\nimport redis\nrd = redis.Redis(host=os.environ.get('REDIS_IP', '127.0.0.1'), db=7)\n",
      ],
    ],
    line: /db=7/,
    only: CLIENTS,
  },
  "the queue among the records": {
    kind: "queue-in-records-db",
    breaks: false,
    in: "jobs",
    change: [[/(HotQueue\(.*db=)\d+/, "$1{records}"]],
    line: /HotQueue\(/,
    only: CLIENTS,
  },
  "a host in the code": {
    kind: "host-literal",
    breaks: false,
    in: "jobs",
    change: [[/Redis\(host=redis_ip/, "Redis(host='172.17.0.2'"]],
    line: /172/,
    only: CLIENTS,
  },
  "two hosts": {
    kind: "hosts-differ",
    breaks: true,
    in: "jobs",
    change: [[/Redis\(host=redis_ip/, "Redis(host='127.0.0.1'"]],
    line: /127\.0\.0\.1', port/,
    only: CLIENTS,
  },
  "another queue": {
    kind: "queue-differs",
    breaks: true,
    in: "worker",
    change: [
      [
        /import time\n/,
        'import os\nimport time\nfrom hotqueue import HotQueue\nmine = HotQueue("other", host=os.environ.get("REDIS_IP", "h"), db={queue})\n',
      ],
      [/@(jobs\.)?q\.worker/, "@mine.worker"],
    ],
    line: /mine = HotQueue/,
  },
  "another database": {
    kind: "queue-differs",
    breaks: true,
    in: "worker",
    change: [
      [
        /import time\n/,
        'import os\nimport time\nfrom hotqueue import HotQueue\nmine = HotQueue("queue", host=os.environ.get("REDIS_IP", "h"), db=9)\n',
      ],
      [/@(jobs\.)?q\.worker/, "@mine.worker"],
    ],
    line: /mine = HotQueue/,
  },
  "no decorator": {
    kind: "worker-not-decorated",
    breaks: true,
    in: "worker",
    change: [[/@.*worker.*\n/, ""]],
    line: /def execute_job/,
  },
  "never called": {
    kind: "worker-not-started",
    breaks: true,
    in: "worker",
    change: [[/(if __name__.*:\n {4})?(execute_job|main)\(\)\n$/, ""]],
    line: /def (execute_job|main)/,
  },
  "the parameter overwritten": {
    kind: "parameter-overwritten",
    breaks: true,
    in: "jobs",
    change: [
      [
        / {4}job = get_job_by_id\(jid\)\n/,
        "    jid, status, start, end = rd.hmget(_generate_job_key(jid), 'id', 'status', 'start', 'end')\n    job = _instantiate_job(jid, status, start, end)\n",
      ],
    ],
    line: /hmget/,
    says: /status was given/,
  },
  "decode of a text": {
    kind: "decode-on-text",
    breaks: true,
    in: "worker",
    change: [[/def execute_job\(jid\):\n/, "def execute_job(jid):\n    jid = jid.decode('utf-8')\n"]],
    line: /decode/,
    only: ({ decorator }) => decorator !== "loop",
  },
  "decode of an answer that is text": {
    kind: "decode-on-text",
    breaks: true,
    in: "jobs",
    change: [
      [
        /def get_job_by_id\(jid\):\n/,
        "def get_job_by_id(jid):\n    print(rd.hget(_generate_job_key(jid), 'id').decode('utf-8'))\n",
      ],
    ],
    line: /decode/,
  },
  "decode of what str made": {
    kind: "decode-on-text",
    breaks: true,
    in: "jobs",
    change: [[/def add_job\(.*\n/, "$&    jid = str(uuid.uuid4()).decode()\n"]],
    line: /decode/,
  },
};

describe("each mistake is named, with file and line", () => {
  it.each(Object.entries(MISTAKES))("%s", async (_, mistake) => {
    let tried = 0;
    for (const ways of WAYS.filter((one) => mistake.only?.(one) !== false)) {
      const files = writeJobsApi(ways);
      const name = mistake.in === "api" ? ways.api : `${mistake.in}.py`;
      const file = ways.layout === "" ? name : `${ways.layout}/${name}`;
      let text = files[file] ?? "";
      for (const [find, put] of mistake.change) {
        const filled = put
          .replace("{api}", ways.api.replace(".py", ""))
          .replace("{q}", ways.imports === "module" ? "jobs.q" : "q")
          .replace("{queue}", String(ways.databases.queue))
          .replace("{records}", String(ways.databases.records));
        expect(text).toMatch(find);
        text = text.replace(find, filled);
      }
      const findings = await findingsOf({ ...files, [file]: text });
      const found = findings.filter(({ kind }) => kind === mistake.kind);
      expect(findings.map(show).join("\n")).toContain(mistake.kind);
      const [first] = found;
      expect(first).toMatchObject({ file, breaks: mistake.breaks });
      expect(first?.text).toMatch(mistake.line);
      expect(text.split("\n")[(first?.line ?? 0) - 1]?.trim()).toBe(first?.text);
      if (mistake.says) expect(found.map(({ says }) => says).join("\n")).toMatch(mistake.says);
      // What follows from it may be told too; nothing else may be.
      const FOLLOWS: FindingKind[] = [
        "worker-not-decorated",
        "worker-not-started",
        "queue-made-again",
        "hosts-differ",
        "host-literal",
        "client-on-two-dbs",
        "jobs-imports-others",
        "circular-import",
        "unfinished",
      ];
      expect(
        findings.filter(({ kind }) => kind !== mistake.kind && !FOLLOWS.includes(kind)).map(show),
      ).toEqual([]);
      tried += 1;
    }
    expect(tried).toBeGreaterThanOrEqual(3);
  });
});

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

describe("a syntax error is explained", () => {
  it.each([
    ["print 'a'", 1, /print is a function/],
    ["x = [1, 2", 1, /\[ is opened here and not closed/],
    ["x = (1, [2)]", 1, /closed by \) where \]/],
    ["x = 1)", 1, /closes nothing/],
    ["if True:\n    pass\nelse if False:\n    pass", 3, /elif/],
    ["def f():\n    return 1\n  x = 2", 3, /as far as no other/],
    ["x = 1\n    y = 2", 2, /further than the one before/],
    ["return 5", 1, /outside of any function/],
    ["for x in []\n    pass", 1, /colon/],
    [">>> x = 1", 1, /prompt/],
    ["<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other", 1, /merge/],
    ["x =\u00a0\u00a01", 1, /invisible character in this line \(U\+00A0\)/],
    ["class = 1", 1, /./],
    ["def f(a=1, b): pass", 1, /without a default/],
    ["f(a=1, 2)", 1, /without a name/],
    ["from os import path,", 1, /comma/],
    ["x = {'a': 1 'b': 2}", 1, /comma is missing/],
    ["def f():\n\tx = 1\n        y = 2", 3, /tabs and spaces/],
    ["x = a +", 1, /ends in the middle/],
    ["x = 5 – 3", 1, /long dash/],
    ["else:\n    pass", 1, /belongs to nothing/],
    ["def import():\n    pass", 1, /import is a word of Python's own/],
  ])("%j", async (text, line, says) => {
    const found = await findingsOf({ "jobs.py": `${text}\n` });
    expect(found[0]).toMatchObject({ kind: "syntax-error", line, breaks: true });
    expect(found[0]?.says).toMatch(says);
    expect(found).toHaveLength(1);
  });
});

it.each([
  ["import hotqueue", 'q = HotQueue("queue", db=1)', "hotqueue.HotQueue"],
  ["import redis", "rd = Redis(db=0)", "redis.Redis"],
  ["import flask", "app = Flask(__name__)", "flask.Flask"],
])("with %s, the name in %s is told by its module", async (line, use, written) => {
  const [finding] = await findingsOf({ "jobs.py": `${line}\n\n${use}\n` });
  expect(finding?.next).toContain(`write ${written}; or add to the imports: from`);
});
