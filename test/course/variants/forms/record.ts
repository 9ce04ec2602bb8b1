import { pythonFile } from "../python-file.js";
import { bodyOf } from "./bodies.js";
import { isNumber, keyOf, parametersOf, writeKeys, writeList } from "./jobs.js";
import { lines, listOf } from "./python.js";
import { statusCode } from "./statuses.js";
import { type FormChoices } from "./ways.js";

/** The functions of jobs.py, where a job is a dictionary. */
export function writeRecord(choices: FormChoices): string {
  const { idName, message } = choices;
  const given = parametersOf(choices).join(", ");
  const fields = parametersOf(choices).map((name) => `'${name}': ${name}`);
  return pythonFile(
    writeKeys(choices),
    `
def _instantiate_job(jid, status, ${given}):
    return {'${idName}': jid, 'status': status, ${fields.join(", ")}}`,
    writeSave(choices),
    `def _queue_job(${message === "id" ? "jid" : "job"}):\n    q.put(${message === "id" ? "jid" : "job"})`,
    writeGet(choices),
    `
def add_job(${given}, status=${statusCode(choices).first}):
    jid = _generate_jid()
    job = _instantiate_job(jid, status, ${given})
    _save_job(jid, job)
    _queue_job(${message === "id" ? "jid" : "job"})
    return job`,
    `
def update_job_status(jid, status):
    job = get_job_by_id(jid)
    if job:
        job['status'] = status
        _save_job(jid, job)
    else:
        raise Exception('there is no job ' + jid)`,
    writeList(choices, "job", "job['status']"),
  );
}

function writeSave(choices: FormChoices): string {
  if (choices.record === "json")
    return `def _save_job(jid, job):\n    jdb.set(${keyOf(choices)}, json.dumps(job))`;
  if (!hasList(choices)) return `def _save_job(jid, job):\n    jdb.hset(${keyOf(choices)}, mapping=job)`;
  return `
def _save_job(jid, job):
    fields = dict(job)
    fields['ids'] = json.dumps(fields['ids'])
    jdb.hset(${keyOf(choices)}, mapping=fields)`;
}

function writeGet(choices: FormChoices): string {
  if (choices.record === "json")
    return `
def get_job_by_id(jid):
    text = jdb.get(${keyOf(choices)})
    if text is None:
        return None
    return json.loads(text)`;
  // A picture in the same hash is no text, and is not asked for.
  const names = [choices.idName, "status", ...parametersOf(choices)];
  const numbers = bodyOf(choices).fields.filter(isNumber);
  return lines(
    "def get_job_by_id(jid):",
    `    fields = jdb.hgetall(${keyOf(choices)})`,
    "    if not fields:",
    "        return None",
    `    job = {name: fields[name.encode('utf-8')].decode('utf-8') for name in ${listOf(names)}}`,
    ...numbers.map(({ name }) => `    job['${name}'] = int(job['${name}'])`),
    hasList(choices) ? "    job['ids'] = json.loads(job['ids'])" : null,
    "    return job",
  );
}

function hasList({ body }: FormChoices): boolean {
  return body === "ids";
}
