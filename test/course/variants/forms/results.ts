import { pythonFile } from "../python-file.js";
import { keyOf } from "./jobs.js";
import { type FormChoices } from "./ways.js";

/** What a hash calls a result. */
function fieldOf({ made }: FormChoices): string {
  return made === "picture" ? "image" : "result";
}

/** save_result and get_result of jobs.py; what is read is bytes, or text where it stands in a JSON record. */
export function writeResults(choices: FormChoices): string {
  const field = fieldOf(choices);
  switch (choices.results) {
    case "database":
      return pythonFile(
        "def save_result(jid, result):\n    res.set(jid, result)",
        "def get_result(jid):\n    return res.get(jid)",
      );
    case "hash":
      return pythonFile(
        `def save_result(jid, result):\n    res.hset(jid, '${field}', result)`,
        `def get_result(jid):\n    return res.hget(jid, '${field}')`,
      );
    case "record":
      if (choices.record === "hash")
        return pythonFile(
          `def save_result(jid, result):\n    jdb.hset(${keyOf(choices)}, '${field}', result)`,
          `def get_result(jid):\n    return jdb.hget(${keyOf(choices)}, '${field}')`,
        );
      return pythonFile(
        `
def save_result(jid, result):
    job = get_job_by_id(jid)
    job['result'] = result
    _save_job(jid, job)`,
        "def get_result(jid):\n    return get_job_by_id(jid).get('result')",
      );
  }
}

/** A result that was read, as text. */
export function resultText({ results, record }: FormChoices): string {
  return results === "record" && record === "json" ? "result" : "result.decode('utf-8')";
}
