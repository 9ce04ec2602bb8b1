import { pythonFile } from "../python-file.js";
import { bodyOf, type Field } from "./bodies.js";
import { makeClients } from "./clients.js";
import { importsFor } from "./python.js";
import { writeModel } from "./model.js";
import { writeRecord } from "./record.js";
import { writeResults } from "./results.js";
import { statusClass } from "./statuses.js";
import { type FormChoices } from "./ways.js";

/** jobs.py: what becomes of a job in Redis and on the queue. */
export function writeJobs(choices: FormChoices): string {
  const code = pythonFile(
    makeClients(choices),
    statusClass(choices),
    choices.record === "model" ? writeModel(choices) : writeRecord(choices),
    writeResults(choices),
  );
  return `${importsFor(code, "")}\n\n${code}`;
}

/** The parameters of add_job. */
export function parametersOf(choices: FormChoices): string[] {
  return bodyOf(choices).fields.map(({ name }) => name);
}

/** A job's key in Python, where its `jid` is known. */
export function keyOf({ jobKey }: FormChoices): string {
  return jobKey === "" ? "jid" : "_generate_job_key(jid)";
}

/** The functions that make ids and keys. */
export function writeKeys({ jobKey }: FormChoices): string {
  const key = `def _generate_job_key(jid):\n    return '${jobKey}{}'.format(jid)`;
  return pythonFile("def _generate_jid():\n    return str(uuid.uuid4())", jobKey === "" ? "" : key);
}

/** All jobs as the API lists them; `dump` makes what can be answered of a job. */
export function writeList({ jobKey, list }: FormChoices, dump: string, status: string): string {
  const id = `key.decode('utf-8')${jobKey === "" ? "" : `[${jobKey.length}:]`}`;
  const ids = `[${id} for key in jdb.keys()]`;
  switch (list) {
    case "ids":
      return `def list_jobs():\n    return ${ids}`;
    case "records":
      return `def list_jobs():\n    jobs = [get_job_by_id(jid) for jid in ${ids}]\n    return [${dump} for job in jobs]`;
    case "by-id":
      return `
def list_jobs():
    answer = {}
    for jid in ${ids}:
        job = get_job_by_id(jid)
        answer[jid] = {'status': ${status}}
    return answer`;
  }
}

export function isNumber({ demand }: Field): boolean {
  return demand.is === "number";
}
