import { type Choices } from "./choices.js";
import { statusExpression } from "./jobs-file.js";

function imports({ clients, words }: Choices): string {
  const names = ["get_job_by_id", "list_data", "save_result", "update_job_status"];
  if (clients === "in jobs") names.splice(2, 0, "q");
  if (words === "enum") names.unshift("Status");
  return [
    "import time",
    "",
    `from jobs import ${names.join(", ")}`,
    ...(clients === "in jobs" ? [] : ["from redis_clients import q"]),
  ].join("\n");
}

function start({ start }: Choices): string {
  return {
    module: "execute_job()",
    guarded: 'if __name__ == "__main__":\n    execute_job()',
    main: "def main():\n    execute_job()\n\n\nmain()",
  }[start];
}

/** worker.py */
export function workerFile(choices: Choices): string {
  return `\
${imports(choices)}


@q.worker${choices.decorator === "called" ? "()" : ""}
def execute_job(jid):
    update_job_status(jid, ${statusExpression(choices, 1)})
    job = get_job_by_id(jid)
    records = [record for record in list_data() if str(job["start"]) <= record["day"] <= str(job["end"])]
    time.sleep(2)
    save_result(jid, {"sightings": len(records), "birds": sum(record["count"] for record in records)})
    update_job_status(jid, ${statusExpression(choices, 2)})


${start(choices)}
`;
}
