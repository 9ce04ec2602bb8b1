import { importGroups, pythonFile } from "../python-file.js";
import { writeData } from "./data.js";
import { applicationOf, prefixOf, type Web, webOf } from "./frameworks.js";
import { parametersOf } from "./jobs.js";
import { placesOf } from "./places.js";
import { importsFor, lines } from "./python.js";
import { readBody } from "./reading.js";
import { jobPath, resultPath, statusPath } from "./routes.js";
import { sendResult } from "./sending.js";
import { putTogether } from "./together.js";
import { type FormChoices } from "./ways.js";

/** The API's module. */
export function writeApi(choices: FormChoices): string {
  const web = webOf(choices);
  const { made, joined } = applicationOf(choices);
  const apart = pythonFile(
    choices.others === "LOG_LEVEL" ? "logging.basicConfig(level=os.environ['LOG_LEVEL'])" : "",
    made,
    writeData(choices, web),
    writeSubmit(choices, web),
    writeList(choices, web),
    choices.status === "list" ? "" : writeStatus(choices, web),
    writeResult(choices, web),
    joined,
    writeStart(choices),
  );
  const code = choices.handlers === "together" ? putTogether(apart) : apart;
  const names = ["add_job", "get_job_by_id", "get_result", "list_jobs", "rd"];
  const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  return `${importGroups(importsFor(code, `from ${placesOf(choices).jobsModule} import ${used.join(", ")}`))}\n\n${code}`;
}

/** What JSON has of a job. */
function asJson({ record }: FormChoices): string {
  return record === "model" ? "job.model_dump(mode='json')" : "job";
}

function fieldOf({ record }: FormChoices, name: string): string {
  return record === "model" ? `job.${name}` : `job['${name}']`;
}

/** The status as a word. */
function statusOf(choices: FormChoices): string {
  return choices.words.startsWith("enum") ? "job.status.value" : fieldOf(choices, "status");
}

function writeSubmit(choices: FormChoices, web: Web): string {
  const { above, sent, code } = readBody(choices, web);
  return pythonFile(
    above,
    web.route({
      method: "POST",
      path: jobPath(choices),
      name: "create_job",
      ...(sent !== undefined && { sent }),
      code: lines(code, `job = add_job(${parametersOf(choices).join(", ")})`, answerJob(choices, web)),
    }),
  );
}

function answerJob(choices: FormChoices, web: Web): string {
  const id = fieldOf(choices, choices.idName);
  const send = choices.sentAs === "html" ? web.html : web.json;
  switch (choices.answer) {
    case "record":
      return send(asJson(choices));
    case "nested":
      return send(`{'message': 'the job is queued', 'job': ${asJson(choices)}}`);
    case "sentence":
      return web.text(`'Job {} is queued\\n'.format(${id})`);
    case "header":
      return choices.status === "list"
        ? web.header("{'message': 'the job is queued'}", "X-Job-Id", id)
        : web.header(
            "{'message': 'the job is queued'}",
            "Location",
            `'${prefixOf(choices)}${statusPath(choices, "{}")}'.format(${id})`,
          );
  }
}

function writeList({ sentAs }: FormChoices, web: Web): string {
  return web.route({
    method: "GET",
    path: "/jobs",
    name: "read_jobs",
    code: (sentAs === "html" ? web.html : web.json)("list_jobs()"),
  });
}

/** `job`, or an answer that there is none. */
function knownJob(web: Web): string {
  return lines(
    "job = get_job_by_id(jid)",
    "if job is None:",
    `    ${web.refuse(404, "'there is no job {}'.format(jid)")}`,
  );
}

function writeStatus(choices: FormChoices, web: Web): string {
  const answer = {
    text: web.text(`'Job {} is {}\\n'.format(jid, ${statusOf(choices)})`),
    record: (choices.sentAs === "html" ? web.html : web.json)(asJson(choices)),
  };
  const last = choices.status === "text" ? answer.text : answer.record;
  return choices.status === "/job_status"
    ? web.route({
        method: "GET",
        path: "/job_status",
        name: "read_job",
        query: ["job_id"],
        code: lines("jid = job_id", knownJob(web), last),
      })
    : web.route({
        method: "GET",
        path: statusPath(choices, "<jid>"),
        name: "read_job",
        code: lines(knownJob(web), last),
      });
}

function writeResult(choices: FormChoices, web: Web): string {
  if (choices.result === "none") return "";
  const early =
    choices.early < 300
      ? web.json(
          `{'message': 'job {} is not done yet'.format(jid), 'status': ${statusOf(choices)}}`,
          choices.early,
        )
      : web.refuse(choices.early, "'job {} is not done yet, ask again later'.format(jid)");
  const code = lines(
    knownJob(web),
    "result = get_result(jid)",
    "if result is None:",
    `    ${early}`,
    sendResult(choices, web),
  );
  return choices.result === "/output"
    ? web.route({ method: "GET", path: "/output", name: "read_result", query: ["jid"], code })
    : web.route({ method: "GET", path: resultPath(choices, "<jid>") ?? "", name: "read_result", code });
}

function writeStart({ framework, server, others }: FormChoices): string {
  if (server === "command") return "";
  const host = others === "FLASK_IP" ? "os.environ['FLASK_IP']" : "'0.0.0.0'";
  return framework === "flask"
    ? `if __name__ == '__main__':\n    app.run(debug=True, host=${host}, port=5000)`
    : `if __name__ == '__main__':\n    uvicorn.run(app, host=${host}, port=5000)`;
}
