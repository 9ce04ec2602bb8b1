import { type Choices, WORDS } from "./choices.js";
import { clientLines } from "./clients-file.js";

/** A status as an expression of the student's code; `index` is its place among the three words. */
export function statusExpression({ words }: Choices, index: 0 | 1 | 2): string {
  const word = WORDS[words][index];
  return words === "enum" ? `Status.${word}.value` : `"${word}"`;
}

function imports({ clients, words }: Choices): string {
  const own = clients === "in jobs";
  return [
    "import json",
    ...(own ? ["import os"] : []),
    "import uuid",
    ...(words === "enum" ? ["from enum import Enum"] : []),
    "",
    ...(own
      ? ["import redis", "from hotqueue import HotQueue"]
      : ["from redis_clients import data_db, q, rd, results_db"]),
  ].join("\n");
}

function statusClass({ words }: Choices): string {
  if (words !== "enum") return "";
  return `

class Status(Enum):
${WORDS.enum.map((word) => `    ${word} = "${word}"`).join("\n")}
`;
}

function saveJob({ record }: Choices): string {
  return `\
def _save_job(job_key, job):
    ${{ hset: "rd.hset(job_key, mapping=job)", hmset: "rd.hmset(job_key, job)", json: "rd.set(job_key, json.dumps(job))" }[record]}`;
}

function loadJob({ record, decoding }: Choices): string {
  if (record === "json") {
    return `\
def _load_job(job_key):
    stored = rd.get(job_key)
    return json.loads(stored) if stored else None`;
  }
  return decoding === "client"
    ? `\
def _load_job(job_key):
    return rd.hgetall(job_key) or None`
    : `\
def _load_job(job_key):
    stored = rd.hgetall(job_key)
    job = {name.decode("utf-8"): value.decode("utf-8") for name, value in stored.items()}
    return job or None`;
}

function listJobs({ jobList, jobKey }: Choices): string {
  const every = `rd.keys("${jobKey}*")`;
  return jobList === "records"
    ? `\
def list_jobs():
    return [_load_job(key) for key in ${every}]`
    : `\
def list_jobs():
    return [_load_job(key)["id"] for key in ${every}]`;
}

/** jobs.py: the records, the queue, the data and the results. */
export function jobsFile(choices: Choices): string {
  const { clients, jobKey } = choices;
  return `\
${imports(choices)}
${clients === "in jobs" ? `\n${clientLines(choices)}` : ""}${statusClass(choices)}

def _generate_jid():
    return str(uuid.uuid4())


def _generate_job_key(jid):
    return ${jobKey === "" ? "jid" : `"${jobKey}" + jid`}


def _instantiate_job(jid, status, start, end):
    return {"id": jid, "status": status, "start": start, "end": end}


${saveJob(choices)}


${loadJob(choices)}


def _queue_job(jid):
    q.put(jid)


def add_job(start, end, status=${statusExpression(choices, 0)}):
    jid = _generate_jid()
    job = _instantiate_job(jid, status, start, end)
    _save_job(_generate_job_key(jid), job)
    _queue_job(jid)
    return job


def get_job_by_id(jid):
    return _load_job(_generate_job_key(jid))


${listJobs(choices)}


def update_job_status(jid, status):
    job = get_job_by_id(jid)
    if job is None:
        raise KeyError(jid)
    job["status"] = status
    _save_job(_generate_job_key(jid), job)


def save_result(jid, result):
    results_db.set(jid, json.dumps(result))


def get_result(jid):
    stored = results_db.get(jid)
    return json.loads(stored) if stored else None


def save_data(records):
    for record in records:
        data_db.set(record["id"], json.dumps(record))


def get_record(rid):
    stored = data_db.get(rid)
    return json.loads(stored) if stored else None


def list_data():
    return [json.loads(data_db.get(key)) for key in sorted(data_db.keys())]
`;
}
