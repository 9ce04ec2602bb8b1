import { type Judgement, notYet, passed, type Place, type StoredKey } from "../../../src/course/authoring.js";
import { answerOf, recordsOf, type SubmitRun } from "../../../src/subjects/jobs/probe.js";

const FIELDS = ["id", "status", "start", "end"] as const;

/** Where the exercise has the records. */
const DB = 0;

const ELSEWHERE = "In another program this would be as good; here the starter's names are kept.";

/** 5.2: the job is saved as a hash. */
export function judgeSaved(run: SubmitRun | null, place: Place): Judgement {
  const [first] = run?.good ?? [];
  if (!first) throw new Error("an API that answers was sent no request");
  const id = String(answerOf(first.exchange)?.["id"]);
  const wanted = `job.${id}`;
  const facts = {
    expected: `database ${DB} holds the hash ${wanted} with ${FIELDS.join(", ")}`,
    probe: place.again("5.2"),
  };
  const records = recordsOf(first);
  const record = records.find(({ db, key }) => db === DB && key === wanted);
  if (!record)
    return notYet({ ...facts, observed: describe(first.changed), ...explainMissing(records, wanted, id) });
  if (record.type !== "hash" || !record.fields) {
    return notYet({
      ...facts,
      observed: `${wanted} is a ${record.type}: ${record.text ?? ""}`,
      cause: `the job is saved as one JSON text. ${ELSEWHERE}`,
      next: "rd.hset(job_key, mapping=job) saves a field for each entry of the dict",
      mistake: "saved-as-text",
    });
  }
  const { fields } = record;
  const answer = answerOf(first.exchange) ?? {};
  const missing = FIELDS.filter((field) => fields[field] === undefined);
  if (missing.length > 0) {
    return notYet({
      ...facts,
      observed: `${wanted} has ${Object.keys(fields).join(", ")}; it lacks ${missing.join(", ")}`,
      cause: "not the whole job is handed to hset",
      next: "rd.hset(job_key, mapping=job), with the dict that _instantiate_job makes",
      mistake: "saved-in-part",
    });
  }
  const other = FIELDS.find((field) => fields[field] !== String(answer[field]));
  if (other !== undefined) {
    return notYet({
      ...facts,
      observed: `the answer says ${other} "${String(answer[other])}"; saved is "${fields[other] ?? ""}"`,
      cause: "what is saved is not what is answered",
      next: "save and answer the same dict",
      mistake: "saved-otherwise",
    });
  }
  const old = first.events.some(({ name }) => name === "HMSET")
    ? "; hmset works and is deprecated: rd.hset(key, mapping=job) does the same"
    : "";
  return passed(
    `${wanted} in database ${DB}: ${FIELDS.map((field) => `${field} ${fields[field] ?? ""}`).join(", ")}${old}`,
  );
}

function explainMissing(
  records: readonly StoredKey[],
  wanted: string,
  id: string,
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
      next: `rd = redis.Redis(host=…, port=6379, db=${DB})`,
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
