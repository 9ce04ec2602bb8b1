import { pythonFile } from "../python-file.js";
import { bodyOf, type Field } from "./bodies.js";
import { isNumber, keyOf, parametersOf, writeKeys, writeList } from "./jobs.js";
import { lines } from "./python.js";
import { statusCode } from "./statuses.js";
import { type FormChoices } from "./ways.js";

/** The functions of jobs.py, where a job is a pydantic model, as in the newest edition of the course. */
export function writeModel(choices: FormChoices): string {
  const { idName, message, words } = choices;
  const given = parametersOf(choices).join(", ");
  const values = parametersOf(choices).map((name) => `${name}=${name}`);
  const { first, done, failed } = statusCode(choices);
  const status = words.startsWith("enum") ? "job.status.value" : "job.status";
  return pythonFile(
    lines(
      "class Job(BaseModel):",
      `    ${idName}: str`,
      `    status: ${words.startsWith("enum") ? "JobStatus" : "str"}`,
      ...bodyOf(choices).fields.map((field) => `    ${field.name}: ${typeOf(field)}`),
      "    start_time: Optional[datetime] = None",
      "    end_time: Optional[datetime] = None",
    ),
    writeKeys(choices),
    writeKeep(choices),
    `def _queue_job(job):\n    q.put(${message === "id" ? `job.${idName}` : "job.model_dump(mode='json')"})`,
    `
def add_job(${given}):
    jid = _generate_jid()
    job = Job(${idName}=jid, status=${first}, ${values.join(", ")})
    _save_job(jid, job)
    _queue_job(job)
    return job`,
    `
def start_job(jid):
    job = get_job_by_id(jid)
    if job is None:
        raise KeyError(jid)
    job.start_time = datetime.now()
    _save_job(jid, job)`,
    `
def update_job_status(jid, status):
    job = get_job_by_id(jid)
    if job is None:
        raise KeyError(jid)
    job.status = status
    if status in (${done}, ${failed}):
        job.end_time = datetime.now()
    _save_job(jid, job)`,
    writeList(choices, "job.model_dump(mode='json')", status),
  );
}

/** Two forms of the same: by pydantic alone, and by json. */
function writeKeep(choices: FormChoices): string {
  const key = keyOf(choices);
  const byJson = choices.words === "enum-texts";
  return pythonFile(
    `
def _save_job(jid, job):
    jdb.set(${key}, ${byJson ? "json.dumps(job.model_dump(mode='json'))" : "job.model_dump_json()"})`,
    `
def get_job_by_id(jid):
    text = jdb.get(${key})
    if text is None:
        return None
    return ${byJson ? "Job(**json.loads(text))" : "Job.model_validate_json(text)"}`,
  );
}

export function typeOf(field: Field): string {
  if (isNumber(field)) return "int";
  return field.demand.is === "ids" ? "list[str]" : "str";
}
