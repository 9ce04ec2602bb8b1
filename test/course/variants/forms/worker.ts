import { importGroups, pythonFile } from "../python-file.js";
import { bodyOf } from "./bodies.js";
import { writeAll } from "./data.js";
import { parametersOf } from "./jobs.js";
import { writeMake } from "./making.js";
import { placesOf } from "./places.js";
import { importsFor, indent, lines } from "./python.js";
import { statusCode } from "./statuses.js";
import { type FormChoices } from "./ways.js";

/** Seconds that a worker sleeps over a job. */
const WORK = 3;

/** worker.py: takes what the queue carries, and does the jobs. */
export function writeWorker(choices: FormChoices): string {
  const code = pythonFile(
    writeHead(choices),
    writeAll(choices),
    writeMake(choices),
    writeFunction(choices),
    writeStart(choices),
  );
  const names = ["get_job_by_id", "save_result", "start_job", "update_job_status", "JobStatus", "q", "rd"];
  const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  return `${importGroups(importsFor(code, `from ${placesOf(choices).jobsModule} import ${used.join(", ")}`))}\n\n${code}`;
}

function writeHead({ others }: FormChoices): string {
  if (others === "argument") return "worker_name = sys.argv[1]\nprint('this is', worker_name, flush=True)";
  if (others === "LOG_LEVEL") return "logging.basicConfig(level=os.environ['LOG_LEVEL'])";
  return others === "WORKER_IP"
    ? "worker_ip = os.environ['WORKER_IP']\nprint('this is', worker_ip, flush=True)"
    : "";
}

function writeFunction(choices: FormChoices): string {
  const { consumer, message, record, idName, failure, work } = choices;
  const { running, done, failed } = statusCode(choices);
  const decorator = consumer.startsWith("@") ? consumer : null;
  const isDict = message === "job" || record !== "model";
  const of = (name: string): string => (isDict ? `job['${name}']` : `job.${name}`);
  const doing = lines(
    work === "sleep" ? `time.sleep(${WORK})` : null,
    `found = [one for one in all_${choices.topic}() if ${bodyOf(choices).picks(of)}]`,
    `save_result(jid, make_result(jid, found${parametersOf(choices).includes("function") ? `, ${of("function")}` : ""}))`,
    `update_job_status(jid, ${done})`,
  );
  return lines(
    decorator,
    `def do_work(${message === "job" ? "job" : "jid"}):`,
    message === "job" ? `    jid = job['${idName}']` : null,
    record === "model" ? "    start_job(jid)" : null,
    `    update_job_status(jid, ${running})`,
    message === "job" ? null : "    job = get_job_by_id(jid)",
    failure === "none" ? indent(doing) : `    try:\n${indent(indent(doing))}`,
    failure === "none" ? null : "    except Exception as error:",
    failure === "none" ? null : "        print('job', jid, 'failed:', error, flush=True)",
    failure === "none" ? null : `        update_job_status(jid, ${failed})`,
  );
}

function writeStart({ consumer, start }: FormChoices): string {
  const run =
    consumer === "q.get"
      ? "while True:\n    do_work(q.get(block=True))"
      : consumer === "q.consume"
        ? "for message in q.consume():\n    do_work(message)"
        : "do_work()";
  return start === "module" ? run : `if __name__ == '__main__':\n${indent(run)}`;
}
