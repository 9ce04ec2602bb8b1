import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type CeleryProbe, commandLine } from "../../../src/subjects/celery/probe.js";

/** 9.1: the Compose file has the four services, and the web and the console can be reached. */
export function judgeServices({ file, services }: CeleryProbe, place: Place): Judgement {
  const facts = {
    expected: "falcon-web and celery, built here; rabbitmq with its console; redis; port 8000",
    probe: "docker compose config",
  };
  if (!file) {
    return notYet({
      ...facts,
      observed: `no Compose file in ${place.folder}`,
      mistake: "no-compose-file",
      next: `${place.tq("exercise 9 --start")}   lays one out`,
    });
  }
  const { name, problem } = file;
  if (problem || !services) {
    return notYet({
      ...facts,
      mistake: "bad-yaml",
      observed: problem
        ? `${name}:${problem.line}:${problem.column}: ${problem.message}`
        : `${name} holds no services`,
      next: problem ? `mend line ${problem.line} of ${name}` : "begin with services:",
    });
  }
  const { all, web, worker, broker, store } = services;
  const missing = [
    !web && "falcon-web (build: . and a port)",
    !worker && "celery (build: . and a command: celery … worker)",
    !broker && "rabbitmq (image rabbitmq:3-management)",
    !store && "redis (image redis:7)",
  ].filter((one) => one !== false);
  if (!web || !worker || !broker || !store) {
    return notYet({
      ...facts,
      mistake: "services-missing",
      observed: `${name} has ${all.map((one) => one.name).join(", ") || "no service"}`,
      next: `add ${missing.join("; ")}`,
    });
  }
  const command = commandLine(worker.runs);
  if (/gunicorn/.test(command) || command === "") {
    return notYet({
      ...facts,
      mistake: "no-worker-command",
      observed: `${worker.name} runs: ${command || "what its image runs"}`,
      cause: "the image is the web's, too: without a command of its own the service runs what the image does",
      next: `give ${worker.name} the line   command: ["celery", "--app", "tasks", "worker"]`,
    });
  }
  if (web.ports.length === 0) {
    return notYet({
      ...facts,
      mistake: "port-not-published",
      observed: `${web.name} publishes no port`,
      cause: "without it nothing outside the containers reaches the web",
      next: `give ${web.name} the line   ports: ["8000:8000"]`,
    });
  }
  if (/^(?:.*\/)?rabbitmq(?::|$)/.test(broker.image) && !broker.image.includes("management")) {
    return notYet({
      ...facts,
      mistake: "no-console",
      observed: `${broker.name} has the image ${broker.image}`,
      cause: "this image of RabbitMQ has no console, and so nothing that shows its queues over HTTP",
      next: "image: rabbitmq:3-management",
    });
  }
  const waiting = [web, worker].filter(({ waitsFor }) => waitsFor[broker.name] === "service_healthy");
  const waits =
    waiting.length === 2
      ? "web and worker wait until the broker answers"
      : "not both wait until the broker answers (depends_on with condition: service_healthy)";
  return passed(`${[web, worker, broker, store].map((one) => one.name).join(", ")}; ${waits}`);
}
