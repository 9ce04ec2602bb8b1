import { blocked, type Judgement, notYet, passed } from "../../../src/course/authoring.js";
import { type StackRun, type StackServices } from "../../../src/subjects/celery/probe.js";
import { primeIn } from "./numbers.js";

/** What a build or a start says where the machine or its network is in the way, and not the student's file. */
const MACHINE =
  /temporary failure in name resolution|network is unreachable|connection (?:refused|timed out)|no route to host|TLS handshake|i\/o timeout|no space left|failed to resolve source metadata|toomanyrequests|Could not find a version .* \(from versions: none\)|port is already allocated/i;

/** 9.5: the stack comes up, and what is sent is done. */
export function judgeStack(run: StackRun, { web, worker }: StackServices): Judgement {
  const facts = {
    expected:
      "all four services run, and 11 comes back as prime, 1, 0, -7, 4, 6, 8, 9, 25 and 49 as not prime",
    probe: "docker compose up --build --detach   and: docker compose logs",
  };
  const { failure, stopped, first, others } = run;
  if (failure) {
    const said = lastLine(failure.text, failure.stage);
    if (MACHINE.test(failure.text)) {
      return blocked(
        `docker compose ${failure.stage} failed: ${said}`,
        "docker compose build   shows whether images and packages can be fetched; tq setup fetches the images",
      );
    }
    return notYet({
      ...facts,
      observed: `docker compose ${failure.stage} failed: ${said}`,
      probe: `docker compose ${failure.stage}`,
      ...(failure.stage === "build" && { cause: "the Dockerfile, or what it installs, has a fault" }),
      next: `run docker compose ${failure.stage}, and read its last lines`,
      mistake: failure.stage === "build" ? "build-fails" : "does-not-start",
    });
  }
  const [ended] = stopped;
  if (ended && first?.status !== "SUCCESS") {
    return notYet({
      ...facts,
      observed: `${ended.service} ended with exit code ${ended.exitCode}; it said last: ${tellingLine(ended.log)}`,
      probe: `docker compose logs ${ended.service}`,
      cause: "its command fails, so its container ends",
      next: `docker compose logs ${ended.service}   shows all that it said`,
      mistake: "ends-by-itself",
    });
  }
  if (!run.webAnswers) {
    return notYet({
      ...facts,
      observed: `${web?.name ?? "falcon-web"} runs, and its port does not answer`,
      probe: "docker compose ps   and: curl -i localhost:8000",
      cause: "in a container a server on 127.0.0.1, gunicorn's own choice, is heard only from inside",
      next: 'let gunicorn listen on all addresses: ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]',
      mistake: "heard-inside-only",
    });
  }
  if (first?.id === null) {
    const { status, problem, text, request } = first.post;
    const failed = status === null || status >= 500;
    const name = web?.name ?? "falcon-web";
    return notYet({
      ...facts,
      observed: `11 was sent; ${request}: ${status ?? problem ?? "no answer"} ${text}; no task id came`,
      cause: failed
        ? `${name} could not hand the task over: RabbitMQ takes a while to start, and who asks it before gets an error. No worker has heard of the task`
        : `${name} does not take {"number": 11}, or its answer has no task_id. No worker has heard of the task`,
      probe: `docker compose logs ${name}`,
      next: failed
        ? "let it wait for RabbitMQ: a healthcheck there, and depends_on with condition: service_healthy; where it waits already, its log names the line"
        : 'answer {"status": "success", "task_id": task.id}',
    });
  }
  if (first?.status !== "SUCCESS") {
    const said = first?.get ?? first?.post;
    return notYet({
      ...facts,
      observed: `11 was sent; ${said?.request ?? ""}: ${said?.status ?? said?.problem ?? "no answer"} ${said?.text ?? ""}`,
      cause: `${worker?.name ?? "celery"} did not do it, or stored nothing of it`,
      probe: `docker compose logs ${worker?.name ?? "celery"}`,
      next: "in the log: is the worker ready, does it know the task, where do its results go",
      mistake: "stays-pending",
    });
  }
  const all = [first, ...others];
  const wrong = all.find(
    ({ sent, status, result }) => status !== "SUCCESS" || primeIn(result) !== /^"?11"?$/.test(sent),
  );
  if (wrong) {
    return notYet({
      ...facts,
      observed: `${wrong.sent}: ${wrong.get?.text ?? wrong.post.text}`,
      cause: "what the worker in its container does with it is other than what your files do by themselves",
      probe: `docker compose logs ${worker?.name ?? "celery"}`,
      next: "docker compose up --build   makes the images of the files as they are now",
      mistake: "wrong-answer",
    });
  }
  if (run.management !== 200) {
    return notYet({
      ...facts,
      expected: "RabbitMQ's console answers on its port 15672",
      observed: `its API answered ${run.management ?? "nothing"}`,
      probe: "curl -i -u guest:guest localhost:15672/api/overview",
      cause:
        run.management === 401
          ? "name and password are others than RABBITMQ_DEFAULT_USER and _PASS say"
          : "no console",
      next: "image: rabbitmq:3-management, with guest and guest, or with the variables that change them",
      mistake: "no-console",
    });
  }
  return passed(
    `up after ${(run.upAfter / 1000).toFixed(1)} s; 11 is prime, also as text, and nine others are not${run.stored === true ? "; Redis holds celery-task-meta-<id>" : ""}`,
  );
}

function lastLine(text: string, stage: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/level=warning/.test(line));
  const telling = stage === "build" ? lines.findLast((line) => /ERROR|error:/i.test(line)) : undefined;
  return (telling ?? lines.at(-1) ?? "").trim();
}

/** Of what a program said last, the line that names an error. */
function tellingLine(log: readonly string[]): string {
  return log.findLast((line) => /error|unable|exception/i.test(line)) ?? log.at(-1) ?? "nothing";
}
