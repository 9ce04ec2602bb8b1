import { type Judgement, notYet, passed, type Place, type StoredKey } from "../../../src/course/authoring.js";
import { answerOf, idNameIn, namedId, recordsOf, type SubmitRun } from "../../../src/subjects/jobs/probe.js";
import { editionOf, type Project } from "../../../src/subjects/python-code/probe.js";
import { FORMS, type Form } from "./form.js";

const ELSEWHERE = "In another program this would be as good; here the starter's names are kept.";

/** 5.2: the job is saved. */
export function judgeSaved(run: SubmitRun | null, project: Project, place: Place): Judgement {
  const [first] = run?.good ?? [];
  if (!first) throw new Error("an API that answers was sent no request");
  const edition = editionOf(project);
  const form = FORMS[edition];
  const id = namedId(first.exchange) ?? "";
  const wanted = form.keyOf(id);
  const facts = {
    expected: `database ${form.db} holds the ${form.kind} under ${wanted}, with ${form.fields.join(", ")}`,
    probe: place.again("5.2"),
  };
  const records = recordsOf(first);
  const exact = records.find(({ db, key }) => db === form.db && key === wanted);
  // The model of a job may be kept in any form and place from which it can be read again.
  const record = exact ?? (edition === "2026" ? records.find((one) => isOfJob(one, id, place)) : undefined);
  if (!record) {
    const observed = describe(first.changed);
    return notYet({
      ...facts,
      observed,
      ...(edition === "2026"
        ? explainModel(first.changed, id, form)
        : explainMissing(records, wanted, id, form)),
    });
  }
  if (edition === "classic" && (record.type !== "hash" || !record.fields)) {
    return notYet({
      ...facts,
      observed: `${wanted} is a ${record.type}: ${record.text ?? ""}`,
      cause: `the job is saved as one JSON text. ${ELSEWHERE}`,
      next: "rd.hset(job_key, mapping=job) saves a field for each entry of the dict",
      mistake: "saved-as-text",
    });
  }
  const fields = record.fields ?? {};
  const { key, db } = record;
  const answer = answerOf(first.exchange) ?? {};
  const name = idNameIn(fields);
  const [idField = "", ...others] = form.fields;
  const missing = [...(name === null ? [idField] : []), ...others.filter((one) => fields[one] === undefined)];
  if (missing.length > 0) {
    return notYet({
      ...facts,
      observed: `${key} has ${Object.keys(fields).join(", ")}; it lacks ${missing.join(", ")}`,
      cause: edition === "classic" ? "not the whole job is handed to hset" : "not the whole job is saved",
      next: `${form.save}, the job being ${form.made}`,
      mistake: "saved-in-part",
    });
  }
  const saved = (field: string): string =>
    (field === idField && name !== null ? fields[name] : fields[field]) ?? "";
  const answered = (field: string): string => (field === idField ? id : String(answer[field]));
  const other = form.fields.find((field) => saved(field) !== answered(field));
  if (other !== undefined) {
    return notYet({
      ...facts,
      observed: `the answer says ${other} "${answered(other)}"; saved is "${saved(other)}"`,
      cause: "what is saved is not what is answered",
      next: edition === "classic" ? "save and answer the same dict" : "save and answer the same Job",
      mistake: "saved-otherwise",
    });
  }
  const old = first.events.some(({ name: command }) => command === "HMSET")
    ? "; hmset works and is deprecated: rd.hset(key, mapping=job) does the same"
    : "";
  const elsewhere = exact
    ? ""
    : `; the exercise has it as ${form.kind} under the bare id in database ${form.db}, and yours is as good`;
  return passed(
    `${key} in database ${db}: ${form.fields.map((field) => `${field} ${saved(field)}`).join(", ")}${old}${elsewhere}`,
  );
}

/** Its key names the job, and it is not where the queue is. */
function isOfJob({ db, key }: StoredKey, id: string, { queue }: Place): boolean {
  return key.includes(id) && db !== queue.db;
}

/** What became of a model that was to be saved. */
function explainModel(
  changed: readonly StoredKey[],
  id: string,
  form: Form,
): { cause: string; next: string; mistake: string } {
  const saved = changed.filter(({ type }) => type !== "list");
  const [other] = saved;
  if (!other) {
    return {
      cause: "nothing calls _save_job, or it does nothing yet",
      next: `add_job calls _save_job(job), and that calls ${form.save}`,
      mistake: "not-saved",
    };
  }
  if (!other.key.includes(id)) {
    return {
      cause: `the key is ${other.key}, and does not name the job: the next one takes its place, or nobody finds it by its id`,
      next: form.save,
      mistake: "other-key",
    };
  }
  if (other.fields === null) {
    return {
      cause: `what is saved cannot be read as one JSON object: ${other.text ?? `a ${other.type}`}`,
      next: `save the job's JSON, once: ${form.save}`,
      mistake: "saved-not-json",
    };
  }
  return {
    cause: `the record is in database ${other.db}, where the queue is: whoever lists the jobs meets the queue among them`,
    next: `${form.client} = redis.Redis(host=…, port=6379, db=${form.db})`,
    mistake: "records-in-queue-db",
  };
}

function explainMissing(
  records: readonly StoredKey[],
  wanted: string,
  id: string,
  { db }: Form,
): { cause: string; next: string; mistake: string } {
  const [other] = records;
  if (!other) {
    return {
      cause: "nothing calls _save_job, or it does nothing yet",
      next: "add_job calls _save_job(key, job), and that calls rd.hset(key, mapping=job)",
      mistake: "not-saved",
    };
  }
  if (other.key === wanted) {
    return {
      cause: `the record is in database ${other.db}: rd has another db. ${ELSEWHERE}`,
      next: `rd = redis.Redis(host=…, port=6379, db=${db})`,
      mistake: "records-in-other-db",
    };
  }
  return other.key === id
    ? {
        cause: `the key is the bare id: _generate_job_key is not used, or does not put "job." before it. ${ELSEWHERE}`,
        next: 'return "job.{}".format(jid) in _generate_job_key, and give its result to _save_job',
        mistake: "key-without-job",
      }
    : {
        cause: `the key is ${other.key}, and the exercise calls it ${wanted}. ${ELSEWHERE}`,
        next: 'return "job.{}".format(jid) in _generate_job_key',
        mistake: "other-key",
      };
}

function describe(changed: readonly StoredKey[]): string {
  const shown = changed.map(({ db, key, type }) => `${key} (a ${type} in database ${db})`);
  return shown.length === 0 ? "nothing new in Redis after the request" : `new in Redis: ${shown.join(", ")}`;
}
