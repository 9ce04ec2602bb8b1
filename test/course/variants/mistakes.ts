import { type Choices, OPTIONS } from "./choices.js";
import { statusExpression } from "./jobs-file.js";

/** A change to one file; `find` stands in it exactly once. */
export interface Change {
  /** A Python file without its folder, or another file of the variant. */
  file: string;
  find: string;
  put: string;
}

/** A mistake as it stands in earlier states of students' work. */
export interface Mistake {
  name: string;
  /** The variants in which it can be made; all, where it does not say. */
  suits?: (choices: Choices) => boolean;
  changes: (choices: Choices) => Change[];
  /** Where a teacher would point: the one line of the changed file that holds this text. */
  at: (choices: Choices) => { file: string; text: string };
}

const clientsFileOf = ({ clients }: Choices): string =>
  clients === "in jobs" ? "jobs.py" : "redis_clients.py";

const worker = (find: string, put: string): Change => ({ file: "worker.py", find, put });

const fixed = (file: string, text: string) => (): { file: string; text: string } => ({ file, text });

/** worker.py has a queue object of its own. */
function queueInWorker(choices: Choices, name: string, db: number): Change[] {
  return [
    choices.clients === "in jobs"
      ? worker("list_data, q, ", "list_data, redis_host, ")
      : worker("from redis_clients import q\n", "from redis_clients import redis_host\n"),
    worker("import time\n", "import time\n\nfrom hotqueue import HotQueue\n"),
    worker(
      "\n\n\n@q.worker",
      `\n\nq = HotQueue("${name}", host=redis_host, port=6379, db=${db})\n\n\n@q.worker`,
    ),
  ];
}

/** The line that sets the last status, and the same with another. */
const lastStatus = (choices: Choices, status: string): Change =>
  worker(
    `    update_job_status(jid, ${statusExpression(choices, 2)})\n`,
    `    update_job_status(jid, ${status})  # the end\n`,
  );

/** The end of worker.py in each of the ways to start it. */
const START = { module: "\n\nexecute_job()\n", guarded: "    execute_job()\n", main: "\n\nmain()\n" };

const otherVariable = ({ hostVariable }: Choices): string =>
  hostVariable === "REDIS_IP" ? "REDIS_HOST" : "REDIS_IP";

/** The worker's part of the Compose file, from its command on. */
const composeWorker = ({ hostVariable, redisService }: Choices): string =>
  `    command: ["python", "worker.py"]\n    environment:\n      ${hostVariable}: ${redisService}\n`;

const hasOneVariable = ({ hostVariable }: Choices): boolean => hostVariable !== "both";

export const MISTAKES: Mistake[] = [
  {
    name: "queue-made-again",
    changes: (choices) => queueInWorker(choices, "queue", choices.queueDb),
    at: fixed("worker.py", "q = HotQueue("),
  },
  {
    name: "queue-differs",
    changes: (choices) => queueInWorker(choices, "jobs", choices.queueDb),
    at: fixed("worker.py", "q = HotQueue("),
  },
  {
    name: "queue-differs",
    changes: (choices) => queueInWorker(choices, "queue", 9),
    at: fixed("worker.py", "q = HotQueue("),
  },
  {
    name: "undefined-name",
    changes: () => [worker("import time\n\n", "")],
    at: fixed("worker.py", "time.sleep(2)"),
  },
  {
    name: "undefined-name",
    changes: () => [
      {
        file: "jobs.py",
        find: '    job["status"] = status\n    _save_job(_generate',
        put: '    job["status"] = status\n    _save_job(generate',
      },
    ],
    at: fixed("jobs.py", "_save_job(generate"),
  },
  {
    name: "host-literal",
    changes: (choices) => [
      {
        file: clientsFileOf(choices),
        find: `rd = redis.${choices.redisClass}(host=redis_host`,
        put: `rd = redis.${choices.redisClass}(host="172.17.0.2"`,
      },
    ],
    at: (choices) => ({ file: clientsFileOf(choices), text: '"172.17.0.2"' }),
  },
  {
    name: "status-not-as-asked",
    changes: (choices) => [lastStatus(choices, statusExpression(choices, 1))],
    at: fixed("worker.py", "# the end"),
  },
  {
    name: "worker-imports-api",
    changes: ({ apiFile }) => [
      worker("get_job_by_id, list_data", "list_data"),
      worker("\n\n\n@q.worker", `\nfrom ${apiFile} import get_job_by_id\n\n\n@q.worker`),
    ],
    at: fixed("worker.py", "import get_job_by_id"),
  },
  {
    name: "syntax-error",
    changes: () => [worker("def execute_job(jid):", "def execute_job(jid)")],
    at: fixed("worker.py", "def execute_job(jid)"),
  },
  {
    name: "syntax-error",
    changes: () => [{ file: "jobs.py", find: '{"id": jid, ', put: "{“id”: jid, " }],
    at: fixed("jobs.py", "“id”"),
  },
  {
    name: "compose-variable-missing",
    suits: hasOneVariable,
    changes: (choices) => [
      {
        file: "docker-compose.yml",
        find: composeWorker(choices),
        put: '    command: ["python", "worker.py"]\n',
      },
    ],
    at: fixed("docker-compose.yml", "  worker:"),
  },
  {
    name: "compose-variable-ignored",
    suits: hasOneVariable,
    changes: (choices) => [
      {
        file: "docker-compose.yml",
        find: composeWorker(choices),
        put: composeWorker(choices).replace(choices.hostVariable, otherVariable(choices)),
      },
    ],
    at: (choices) => ({ file: "docker-compose.yml", text: `${otherVariable(choices)}: ` }),
  },
  ...OPTIONS.start.map((start): Mistake => ({
    name: "worker-not-started",
    suits: (choices) => choices.start === start,
    changes: () => [worker(START[start], start === "guarded" ? "    pass\n" : "\n")],
    at: fixed("worker.py", "def execute_job(jid)"),
  })),
  {
    name: "wrong-arguments",
    changes: (choices) => [
      worker(
        `    update_job_status(jid, ${statusExpression(choices, 1)})`,
        `    update_job_status(${statusExpression(choices, 1)})`,
      ),
    ],
    at: (choices) => ({
      file: "worker.py",
      text: `    update_job_status(${statusExpression(choices, 1)})`,
    }),
  },
  {
    name: "client-on-two-dbs",
    changes: (choices) => [
      { file: clientsFileOf(choices), find: "results_db = redis.", put: "rd = redis." },
      { file: "jobs.py", find: "results_db.set(", put: "rd.set(" },
      { file: "jobs.py", find: "results_db.get(", put: "rd.get(" },
      ...(choices.clients === "in jobs" ? [] : [{ file: "jobs.py", find: "rd, results_db\n", put: "rd\n" }]),
    ],
    // The last client that the file makes.
    at: (choices) => ({ file: clientsFileOf(choices), text: `rd = redis.${choices.redisClass}(` }),
  },
  {
    name: "circular-import",
    changes: () => [
      { file: "jobs.py", find: "import uuid\n", put: "import uuid\nfrom worker import execute_job\n" },
    ],
    at: fixed("jobs.py", "from worker import execute_job"),
  },
  {
    name: "circular-import",
    changes: ({ apiFile }) => [
      { file: "jobs.py", find: "import uuid\n", put: `import uuid\nfrom ${apiFile} import app\n` },
    ],
    at: fixed("jobs.py", "import app"),
  },
  {
    name: "name-not-there",
    changes: () => [worker("list_data, ", "list_all as list_data, ")],
    at: fixed("worker.py", "list_all as list_data"),
  },
  {
    name: "queue-in-records-db",
    changes: (choices) => [
      {
        file: clientsFileOf(choices),
        find: `host=redis_host, port=6379, db=${choices.queueDb})\n`,
        put: `host=redis_host, port=6379, db=${choices.jobsDb})\n`,
      },
    ],
    at: (choices) => ({ file: clientsFileOf(choices), text: "q = HotQueue(" }),
  },
  {
    name: "unknown-method",
    suits: ({ start }) => start === "module",
    changes: () => [worker("\n\nexecute_job()\n", "\n\nq.run(execute_job)\n")],
    at: fixed("worker.py", "q.run(execute_job)"),
  },
  {
    name: "unknown-method",
    changes: () => [{ file: "jobs.py", find: "    q.put(jid)\n", put: "    q.enqueue(jid)\n" }],
    at: fixed("jobs.py", "q.enqueue(jid)"),
  },
];
