import { type Choices } from "./choices.js";
import { clientNames, clientsModule } from "./clients.js";
import { importGroups, pythonFile, use } from "./python-file.js";
import { statusCode } from "./statuses.js";
import { topicOf } from "./topics.js";

/** worker.py: takes ids from the queue, and does the jobs. */
export function writeWorker(choices: Choices): string {
  const { consumer, statuses, unknownId } = choices;
  const { data, queue } = clientNames(choices);
  const functions = ["get_job_by_id", "save_result", "update_job_status"];
  const clients = [queue, data];
  const own = clientsModule(choices);
  const fromJobs = [...functions, ...(statuses === "enum" ? ["Status"] : [])];
  const uses = use(
    choices,
    own === "jobs" ? { jobs: [...fromJobs, ...clients] } : { jobs: fromJobs, [own]: clients },
  );
  const code = statusCode(choices);
  const status = (word: string): string =>
    statuses === "enum" ? `${uses.of("Status")}${word.slice("Status".length)}` : word;
  const decorator =
    consumer === "q.get" ? "" : `@${uses.of(queue)}.worker${consumer === "@q.worker()" ? "()" : ""}\n`;
  const update = uses.of("update_job_status");
  const known = `
    job = ${uses.of("get_job_by_id")}(jid)
    if job is None:
        print('there is no job', jid, flush=True)
        return`;
  return pythonFile(
    importGroups("import json\nimport time", uses.lines),
    writeCompute(choices, uses.of(data)),
    `${decorator}def execute_job(jid):${unknownId === "print" ? known : ""}
    ${update}(jid, ${status(code.running)})
${unknownId === "print" ? "" : `    job = ${uses.of("get_job_by_id")}(jid)\n`}    time.sleep(${topicOf(choices).work})
    ${uses.of("save_result")}(jid, compute(job['start'], job['end']))
    ${update}(jid, ${status(code.done)})`,
    writeStart(choices, uses.of(queue)),
  );
}

/** The work: how many records lie between start and end, and the mean of what was measured. */
function writeCompute(choices: Choices, rd: string): string {
  const { things, range, measure } = topicOf(choices);
  return `
def compute(start, end):
    ${things} = [json.loads(text) for text in ${rd}.hvals('${things}')]
    found = [one['${measure}'] for one in ${things} if start <= one['${range}'] <= end]
    mean = sum(found) / len(found) if found else None
    return {'count': len(found), 'mean_${measure}': mean}`;
}

function writeStart({ consumer, start }: Choices, queue: string): string {
  const run =
    consumer === "q.get" ? `while True:\n    execute_job(${queue}.get(block=True))` : "execute_job()";
  switch (start) {
    case "module":
      return run;
    case "guard":
      return `if __name__ == '__main__':\n${indent(run)}`;
    case "main":
      return pythonFile(`def main():\n${indent(run)}`, "if __name__ == '__main__':\n    main()");
  }
}

function indent(code: string): string {
  return code.replaceAll(/^/gm, "    ");
}
