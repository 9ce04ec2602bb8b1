/** Correct jobs APIs, written in the ways in which students write them. */
export interface Ways {
  framework: "flask" | "fastapi";
  layout: "" | "src" | "source";
  /** Name of the file with the API. */
  api: string;
  host: "REDIS_IP" | "REDIS_HOST" | "or" | "config" | "function" | "guard";
  key: "job.{}" | "job:{}" | "{}";
  record: "hash" | "hmset" | "json";
  databases: { records: number; queue: number };
  decorator: "@q.worker" | "@q.worker()" | "loop";
  start: "module" | "main" | "function";
  imports: "module" | "names";
  clients: "jobs" | "own module";
}

export const PLAIN: Ways = {
  framework: "flask",
  layout: "src",
  api: "api.py",
  host: "REDIS_IP",
  key: "job.{}",
  record: "hash",
  databases: { records: 0, queue: 1 },
  decorator: "@q.worker",
  start: "module",
  imports: "module",
  clients: "jobs",
};

const HOSTS: Record<Ways["host"], string> = {
  REDIS_IP: `redis_ip = os.environ.get('REDIS_IP', '127.0.0.1')\n`,
  REDIS_HOST: `redis_ip = os.getenv("REDIS_HOST", "redis-db")\n`,
  or: `redis_ip = os.environ.get('REDIS_IP') or '172.17.0.1'\n`,
  config: `class Config:\n    host = os.environ.get('REDIS_IP', 'redis')\n\nredis_ip = Config.host\n`,
  function: `def _get_host():\n    return os.environ.get('REDIS_IP', 'localhost')\n\nredis_ip = _get_host()\n`,
  guard: `redis_ip = os.environ.get('REDIS_IP')\nif not redis_ip:\n    raise Exception('REDIS_IP is not set')\n`,
};

export function writeJobsApi(ways: Ways): Record<string, string> {
  const { layout, api, databases, clients } = ways;
  const { records, queue } = databases;
  const made = `${HOSTS[ways.host]}rd = redis.Redis(host=redis_ip, port=6379, db=${records}, decode_responses=True)
q = HotQueue("queue", host=redis_ip, port=6379, db=${queue})
`;
  const imports = "import os\nimport redis\nfrom hotqueue import HotQueue\n";
  const own = clients === "own module";
  const files: Record<string, string> = {
    [api]: ways.framework === "flask" ? flaskApi(ways) : fastapiApi(ways),
    "jobs.py": `import json\nimport uuid\n${own ? "from redis_clients import rd, q\n" : `${imports}\n${made}`}${jobs(ways)}`,
    "worker.py": worker(ways),
  };
  if (own) files["redis_clients.py"] = `${imports}\n${made}`;
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [layout === "" ? name : `${layout}/${name}`, text]),
  );
}

function jobs({ key, record }: Ways): string {
  const save = {
    hash: "    rd.hset(job_key, mapping=job_dict)",
    hmset: "    rd.hmset(job_key, job_dict)",
    json: "    rd.set(job_key, json.dumps(job_dict))",
  }[record];
  const read =
    record === "json"
      ? "    text = rd.get(_generate_job_key(jid))\n    return json.loads(text) if text else None"
      : "    return rd.hgetall(_generate_job_key(jid)) or None";
  return `

def _generate_jid():
    return str(uuid.uuid4())


def _generate_job_key(jid):
    return ${key === "{}" ? "jid" : `"${key}".format(jid)`}


def _instantiate_job(jid, status, start, end):
    if type(jid) == bytes:
        jid = jid.decode('utf-8')
    return {'id': jid, 'status': status, 'start': start, 'end': end}


def _save_job(job_key, job_dict):
${save}


def _queue_job(jid):
    q.put(jid)


def add_job(start, end, status="submitted"):
    jid = _generate_jid()
    job_dict = _instantiate_job(jid, status, start, end)
    _save_job(_generate_job_key(jid), job_dict)
    _queue_job(jid)
    return job_dict


def get_job_by_id(jid):
${read}


def update_job_status(jid, status):
    job = get_job_by_id(jid)
    if job:
        job['status'] = status
        _save_job(_generate_job_key(jid), job)
    else:
        raise Exception(f"no job {jid}")
`;
}

function flaskApi({ imports }: Ways): string {
  const call = imports === "module" ? "jobs." : "";
  return `from flask import Flask, request, jsonify
${imports === "module" ? "import jobs" : "from jobs import add_job, get_job_by_id"}

app = Flask(__name__)


@app.route('/jobs', methods=['POST'])
def post_job():
    try:
        job = request.get_json(force=True)
    except Exception as e:
        return jsonify({'status': 'Error', 'message': f'Invalid JSON: {e}.'}), 400
    return jsonify(${call}add_job(job['start'], job['end']))


@app.route('/jobs/<jid>', methods=['GET'])
def get_job(jid):
    job = ${call}get_job_by_id(jid)
    return jsonify(job) if job else ("no such job", 404)


if __name__ == '__main__':
    app.run(debug=True, host='0.0.0.0')
`;
}

function fastapiApi({ imports }: Ways): string {
  const call = imports === "module" ? "jobs." : "";
  return `from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field
${imports === "module" ? "import jobs" : "from jobs import add_job, get_job_by_id"}

service = FastAPI()


class JobRequest(BaseModel):
    start: int = Field(..., description="first")
    end: int


@service.post("/jobs")
def post_job(body: JobRequest):
    return ${call}add_job(body.start, end=body.end)


@service.get("/jobs/{jid}")
async def get_job(jid: str):
    job = ${call}get_job_by_id(jid)
    if job is None:
        raise HTTPException(status_code=404, detail="no such job")
    return job
`;
}

function worker({ decorator, start, imports }: Ways): string {
  const call = imports === "module" ? "jobs." : "";
  const q = imports === "module" ? "jobs.q" : "q";
  const body = `    ${call}update_job_status(jid, "in progress")
    time.sleep(15)
    ${call}update_job_status(jid, "complete")
`;
  const head = `import time\n${imports === "module" ? "import jobs" : "from jobs import q, update_job_status"}\n\n\n`;
  const run =
    decorator === "loop"
      ? `def main():\n    while True:\n        jid = ${q}.get(block=True)\n        execute_job(jid)\n`
      : start === "function"
        ? "def main():\n    execute_job()\n"
        : "";
  const called = run === "" ? "execute_job()" : "main()";
  const begin = start === "main" ? `if __name__ == '__main__':\n    ${called}\n` : `${called}\n`;
  const above = decorator === "loop" ? "" : `${decorator.replace("q", q)}\n`;
  return `${head}${above}def execute_job(jid):\n${body}\n\n${run === "" ? "" : `${run}\n\n`}${begin}`;
}

/** Many different ones: each way of each choice, and every choice together with many of the others. */
export function listWays(): Ways[] {
  const choices: { [Choice in keyof Ways]: Ways[Choice][] } = {
    framework: ["flask", "fastapi"],
    layout: ["src", "", "source"],
    api: ["api.py", "app.py", "flask_api.py", "iss_api.py", "main.py"],
    host: ["REDIS_IP", "REDIS_HOST", "or", "config", "function", "guard"],
    key: ["job.{}", "{}", "job:{}"],
    record: ["hash", "json", "hmset"],
    databases: [
      { records: 0, queue: 1 },
      { records: 2, queue: 1 },
      { records: 0, queue: 4 },
      { records: 1, queue: 10 },
    ],
    decorator: ["@q.worker", "@q.worker()", "loop"],
    start: ["module", "main", "function"],
    imports: ["module", "names"],
    clients: ["jobs", "own module"],
  };
  const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;
  return Array.from({ length: 48 }, (_, n) => ({
    framework: pick(choices.framework, n),
    layout: pick(choices.layout, n + Math.floor(n / 3)),
    api: pick(choices.api, n),
    host: pick(choices.host, Math.floor(n / 2)),
    key: pick(choices.key, n + Math.floor(n / 5)),
    record: pick(choices.record, n + Math.floor(n / 9)),
    databases: pick(choices.databases, n + Math.floor(n / 7)),
    decorator: pick(choices.decorator, Math.floor(n / 4)),
    start: pick(choices.start, n + Math.floor(n / 12)),
    imports: pick(choices.imports, Math.floor(n / 6)),
    clients: pick(choices.clients, Math.floor(n / 11)),
  }));
}
