/** The choices in which programs of the newest edition differ: all of them right. */
export interface ModelWays {
  layout: "" | "src/" | "src/jobsapi/";
  statuses: "texts" | "numbers" | "literal";
  model: "pydantic" | "dataclass";
  save: "model_dump_json" | "json.dumps" | "hash";
  id: "jid" | "id" | "job_id";
  key: "{}" | "job:{}";
  db: number;
  /** What start_job writes. */
  start: "status and time" | "time";
  worker: "execute_job" | "do_work";
  served: "by itself" | "uvicorn";
}

export const MODEL_WAYS: { readonly [Way in keyof ModelWays]: readonly ModelWays[Way][] } = {
  layout: ["src/", "", "src/jobsapi/"],
  statuses: ["texts", "numbers", "literal"],
  model: ["pydantic", "dataclass"],
  save: ["model_dump_json", "json.dumps", "hash"],
  id: ["jid", "id", "job_id"],
  key: ["{}", "job:{}"],
  db: [2, 0, 5],
  start: ["status and time", "time"],
  worker: ["execute_job", "do_work"],
  served: ["by itself", "uvicorn"],
};

/** So many programs, in which each two values of two choices that are next to each other meet. */
export function listModelWays(count: number): ModelWays[] {
  const pick = <Way extends keyof ModelWays>(way: Way, n: number): ModelWays[Way] => {
    const values = MODEL_WAYS[way];
    const value = values[n % values.length];
    if (value === undefined) throw new Error(`no value for ${way}`);
    return value;
  };
  return Array.from({ length: count }, (_, n) => ({
    layout: pick("layout", n),
    statuses: pick("statuses", n + Math.floor(n / 3)),
    model: pick("model", Math.floor(n / 2)),
    save: pick("save", n * 2 + Math.floor(n / 3)),
    id: pick("id", Math.floor(n / 2)),
    key: pick("key", Math.floor(n / 3)),
    db: pick("db", n + Math.floor(n / 4)),
    start: pick("start", n),
    worker: pick("worker", Math.floor(n / 2)),
    served: pick("served", Math.floor(n / 3) + n),
  }));
}

export function nameOf(ways: ModelWays): string {
  return Object.values(ways).join(", ");
}

export function writeModelApi(ways: ModelWays): Record<string, string> {
  const { layout, worker } = ways;
  return {
    "pyproject.toml":
      '[project]\nname = "jobsapi"\nversion = "0.1.0"\ndependencies = ["fastapi", "hotqueue", "redis"]\n',
    [`${layout}api.py`]: writeApi(ways),
    [`${layout}jobs.py`]: writeJobs(ways),
    [`${layout}worker.py`]: `import time

from jobs import ${ways.statuses === "literal" ? "" : "JobStatus, "}q, start_job, update_job_status


@q.worker
def ${worker}(jid):
    try:
        start_job(jid)
        time.sleep(12)
        update_job_status(jid, ${member(ways, "SUCCESS")})
    except KeyError as error:
        print(f"no such job: {error}")
    except Exception as error:
        print(f"job {jid} failed: {error}")
        update_job_status(jid, ${member(ways, "ERROR")})


if __name__ == "__main__":
    ${worker}()
`,
  };
}

const VALUES = { QUEUED: 1, RUNNING: 2, ERROR: 3, SUCCESS: 4 } as const;
const TEXTS = {
  QUEUED: "QUEUED",
  RUNNING: "RUNNING",
  ERROR: "FINISHED -- ERROR",
  SUCCESS: "FINISHED -- SUCCESS",
} as const;

function member({ statuses }: ModelWays, name: keyof typeof VALUES): string {
  return statuses === "literal" ? `"${TEXTS[name]}"` : `JobStatus.${name}`;
}

function writeApi({ served }: ModelWays): string {
  return `${served === "uvicorn" ? "import uvicorn\n" : ""}from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from jobs import add_job, get_job_by_id

app = FastAPI()


class JobRequest(BaseModel):
    start: int
    end: int


@app.post("/jobs")
def create_job(request: JobRequest):
    return add_job(request.start, request.end)


@app.get("/jobs/{jid}")
def read_job(jid: str):
    try:
        return get_job_by_id(jid)
    except KeyError:
        raise HTTPException(status_code=404, detail=f"no job {jid}")
${served === "uvicorn" ? '\n\nif __name__ == "__main__":\n    uvicorn.run(app, host="0.0.0.0", port=5000)\n' : ""}`;
}

function writeJobs(ways: ModelWays): string {
  const { statuses, model, id, key, db, start } = ways;
  const status = statuses === "literal" ? "str" : "JobStatus";
  const isPydantic = model === "pydantic";
  const base = statuses === "numbers" ? "int, Enum" : "str, Enum";
  const values: Readonly<Record<string, string | number>> = statuses === "numbers" ? VALUES : TEXTS;
  const members = Object.entries(values).map(([name, value]) => `    ${name} = ${JSON.stringify(value)}`);
  const begin = start === "time" ? "" : `    job.status = ${member(ways, "RUNNING")}\n`;
  return `import dataclasses
import json
import os
import uuid
from datetime import datetime
from enum import Enum

import redis
from hotqueue import HotQueue
from pydantic import BaseModel

_redis_ip = os.environ.get("REDIS_IP", "redis-db")
q = HotQueue("queue", host=_redis_ip, port=6379, db=1, socket_timeout=None)
jdb = redis.Redis(host=_redis_ip, port=6379, db=${db})
${statuses === "literal" ? "" : `\n\nclass JobStatus(${base}):\n${members.join("\n")}\n`}

${isPydantic ? "" : "@dataclasses.dataclass\n"}class Job${isPydantic ? "(BaseModel)" : ""}:
    ${id}: str
    status: ${status}
    start: int
    end: int
    start_time: ${isPydantic ? "datetime" : "str"} | None = None
    end_time: ${isPydantic ? "datetime" : "str"} | None = None


def _generate_jid():
    return str(uuid.uuid4())


def _save_job(job):
    ${saving(ways)}


def _queue_job(jid):
    q.put(jid)


def add_job(start, end):
    job = Job(${id}=_generate_jid(), status=${member(ways, "QUEUED")}, start=start, end=end)
    _save_job(job)
    _queue_job(job.${id})
    return job


def get_job_by_id(jid):
    found = ${ways.save === "hash" ? "jdb.hgetall" : "jdb.get"}(${keyed(key, "jid")})
    if not found:
        raise KeyError(jid)
    ${reading(ways)}


def start_job(jid):
    job = get_job_by_id(jid)
${begin}    job.start_time = ${isPydantic ? "datetime.now()" : "datetime.now().isoformat()"}
    _save_job(job)


def update_job_status(jid, status):
    job = get_job_by_id(jid)
    job.status = status
    job.end_time = ${isPydantic ? "datetime.now()" : "datetime.now().isoformat()"}
    _save_job(job)
`;
}

function keyed(key: string, of: string): string {
  return key === "{}" ? of : `f"job:{${of}}"`;
}

function saving({ save, model, id, key }: ModelWays): string {
  const at = keyed(key, `job.${id}`);
  const plain = model === "pydantic" ? 'job.model_dump(mode="json")' : "dataclasses.asdict(job)";
  if (save === "hash")
    return `jdb.hset(${at}, mapping={name: json.dumps(value).strip('"') for name, value in ${plain}.items()})`;
  return save === "model_dump_json" && model === "pydantic"
    ? `jdb.set(${at}, job.model_dump_json())`
    : `jdb.set(${at}, json.dumps(${plain}))`;
}

function reading({ save, statuses }: ModelWays): string {
  if (save !== "hash") return "return Job(**json.loads(found))";
  const number = statuses === "numbers" ? "int(value)" : "value";
  return `fields = {name.decode(): value.decode() for name, value in found.items()}
    fields = {name: None if value == "null" else ${number} if name == "status" else value for name, value in fields.items()}
    fields["start"], fields["end"] = int(fields["start"]), int(fields["end"])
    return Job(**fields)`;
}
