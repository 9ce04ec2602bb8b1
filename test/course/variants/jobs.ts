import { type Choices } from "./choices.js";
import { CLIENT_IMPORTS, clientNames, clientsModule, makeClients } from "./clients.js";
import { importGroups, pythonFile, use } from "./python-file.js";
import { statusClass, statusCode } from "./statuses.js";

/** jobs.py: what becomes of a job in Redis and on the queue. */
export function writeJobs(choices: Choices): string {
  const ownClients = choices.clientsIn === "jobs";
  const { jobs, queue, results: res } = clientNames(choices);
  const clients = ownClients
    ? { lines: "", of: (name: string) => name }
    : use(choices, { [clientsModule(choices)]: [jobs, queue, ...(res === null ? [] : [res])] });
  const standard = [
    "import json",
    ownClients ? CLIENT_IMPORTS.standard : "",
    "import uuid",
    choices.statuses === "enum" ? "from enum import Enum" : "",
  ];
  const imports = importGroups(
    standard.filter(Boolean).join("\n"),
    ownClients ? CLIENT_IMPORTS.others : "",
    clients.lines,
  );
  return pythonFile(
    ownClients ? `${imports}\n\n${makeClients(choices)}` : imports,
    statusClass(choices),
    writeKeys(choices),
    writeRecord(choices, clients.of(jobs)),
    `def _queue_job(jid):\n    ${clients.of(queue)}.put(jid)`,
    writeChanges(choices),
    writeList(choices, clients.of(jobs)),
    writeResults(choices, res === null ? "" : clients.of(res)),
  );
}

/** A job's key in Python, in a function that has its `jid`. */
function keyOf({ jobKey }: Choices): string {
  return jobKey === "" ? "jid" : "_generate_job_key(jid)";
}

function writeKeys({ jobKey }: Choices): string {
  const key = jobKey === "" ? "" : `def _generate_job_key(jid):\n    return '${jobKey}{}'.format(jid)`;
  return pythonFile("def _generate_jid():\n    return str(uuid.uuid4())", key);
}

/** The record as a dictionary, how it is saved, and how it is read. */
function writeRecord(choices: Choices, rd: string): string {
  const make = `
def _instantiate_job(jid, status, start, end):
    return {'id': jid, 'status': status, 'start': start, 'end': end}`;
  return pythonFile(make, writeSave(choices, rd), writeGet(choices, rd));
}

function writeSave(choices: Choices, rd: string): string {
  const how = {
    hset: `hset(${keyOf(choices)}, mapping=job)`,
    hmset: `hmset(${keyOf(choices)}, job)`,
    json: `set(${keyOf(choices)}, json.dumps(job))`,
  };
  return `
def _save_job(jid, job):
    ${rd}.${how[choices.record]}`;
}

function writeGet(choices: Choices, rd: string): string {
  const byHand = choices.decode === "hand";
  if (choices.record === "json") {
    return `
def get_job_by_id(jid):
    job = ${rd}.get(${keyOf(choices)})
    return None if job is None else json.loads(job${byHand ? ".decode('utf-8')" : ""})`;
  }
  const fields = byHand
    ? `{name.decode('utf-8'): value.decode('utf-8') for name, value in fields.items()}`
    : "dict(fields)";
  return `
def get_job_by_id(jid):
    fields = ${rd}.hgetall(${keyOf(choices)})
    if not fields:
        return None
    job = ${fields}
    job['start'] = int(job['start'])
    job['end'] = int(job['end'])
    return job`;
}

function writeChanges(choices: Choices): string {
  const status = choices.statuses === "enum" ? "status.value" : "status";
  return pythonFile(
    `
def add_job(start, end, status=${statusCode(choices).submitted}):
    jid = _generate_jid()
    job = _instantiate_job(jid, ${status}, start, end)
    _save_job(jid, job)
    _queue_job(jid)
    return job`,
    `
def update_job_status(jid, status):
    job = get_job_by_id(jid)
    if job is None:
        raise KeyError(jid)
    job['status'] = ${status}
    _save_job(jid, job)`,
  );
}

/** All jobs, as ids or as records. */
function writeList({ jobKey, decode, list }: Choices, rd: string): string {
  const id = `key${decode === "hand" ? ".decode('utf-8')" : ""}${jobKey === "" ? "" : `[${jobKey.length}:]`}`;
  const keys = `${rd}.keys(${jobKey === "" ? "" : `'${jobKey}*'`})`;
  const ids = id === "key" ? keys : `[${id} for key in ${keys}]`;
  return list === "ids"
    ? `def list_jobs():\n    return ${ids}`
    : `def list_jobs():\n    ids = ${ids}\n    return [get_job_by_id(jid) for jid in ids]`;
}

/** A result is any JSON; as a field of a hash it is text. */
function writeResults(choices: Choices, res: string): string {
  if (choices.results === "database") {
    return pythonFile(
      `def save_result(jid, result):\n    ${res}.set(jid, json.dumps(result))`,
      `
def get_result(jid):
    result = ${res}.get(jid)
    return None if result is None else json.loads(result)`,
    );
  }
  const [write, read] =
    choices.record === "json" ? ["result", "result"] : ["json.dumps(result)", "json.loads(result)"];
  return pythonFile(
    `
def save_result(jid, result):
    job = get_job_by_id(jid)
    job['result'] = ${write}
    _save_job(jid, job)`,
    `
def get_result(jid):
    result = get_job_by_id(jid).get('result')
    return None if result is None else ${read}`,
  );
}
