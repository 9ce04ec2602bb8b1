import { type Exercise, type Judgement, type Probes, type Step } from "../../src/course/authoring.js";
import { type StackRun } from "../../src/subjects/celery/probe.js";
import { hints } from "./hints.js";
import { judgeAddresses } from "./rules/addresses.js";
import { judgeBusy } from "./rules/busy.js";
import { judgeDeaths } from "./rules/deaths.js";
import { judgeNumbers } from "./rules/numbers.js";
import { judgeServices } from "./rules/services.js";
import { judgeStack } from "./rules/stack.js";
import { judgeWaiting } from "./rules/waiting.js";
import { judgeWeb } from "./rules/web.js";

/** The kinds of evidence that its checks ask for. */
type Evidence = "celery";

/** Judges the run of the containers. */
async function ofStack(
  { celery }: Probes<Evidence>,
  judge: (run: StackRun) => Judgement | Promise<Judgement>,
): Promise<Judgement> {
  const run = await celery.stack();
  if (!run) throw new Error("the Compose file has the four services, and they were not run");
  return judge(run);
}

const steps: Step<Evidence>[] = [
  {
    id: "9.1",
    solution: ["docker-compose.yml"],
    title: "the Compose file has the four services",
    needs: [],
    lasting: false,
    task: ({ tq }) =>
      `${tq("exercise 9 --start")} lays out a web, a worker, a Dockerfile and a\nCompose file that is not whole. Four services belong into it:\n\n    falcon-web   built here, port 8000:8000\n    celery       built here, command: ["celery", "--app", "tasks", "worker"]\n    rabbitmq     image rabbitmq:3-management, ports 5672 and 15672\n    redis        image redis:7\n\nLet web and worker wait until rabbitmq and redis are healthy.`,
    examine: ({ celery, place }) => Promise.resolve(judgeServices(celery, place)),
  },
  {
    id: "9.2",
    solution: ["docker-compose.yml", "tasks.py#app", "app.py#app"],
    title: "web and worker find the broker and the results",
    needs: ["9.1"],
    lasting: false,
    task: () =>
      "Tell both services where the broker is and where results go:\n\n    BROKER: amqp://rabbitmq\n    BACKEND: redis://redis:6379/0\n\nand let tasks.py read both variables from its environment.",
    examine: async ({ celery, place }) => {
      if (!celery.services) throw new Error("the Compose file has the four services, and they were not read");
      return judgeAddresses(celery.services, await celery.task(), await celery.web(), place);
    },
  },
  {
    id: "9.3",
    solution: ["tasks.py"],
    title: "the task is right about numbers",
    needs: ["9.2"],
    lasting: false,
    task: () =>
      "Ask the function in tasks.py by itself, without broker and worker:\n\n    python -c 'import tasks; print(tasks.check_number(9))'\n\nSome answers are wrong. Find out which, and why, and mend it.",
    examine: async ({ celery, place }) => {
      const run = await celery.task();
      if (!run) throw new Error("there is a Celery app, and it was not run");
      return judgeNumbers(run, place);
    },
  },
  {
    id: "9.4",
    solution: ["app.py"],
    title: "the web hands tasks over, and says what became of them",
    needs: ["9.2"],
    lasting: false,
    task: () =>
      'In app.py:\n\n    POST / {"number": 11}   {"status": "success", "task_id": "…"}\n    GET /<task id>          {"status": "SUCCESS",\n                             "result": {"number": 11, "is_prime": true}}\n\n"11" as text is as good as 11. A body without a number, or with words, gets\n400. The web computes nothing itself: it hands over with delay.',
    examine: async ({ celery, place }) => judgeWeb(await celery.web(), place),
  },
  {
    id: "9.5",
    title: "the stack comes up, and 11 is prime",
    needs: ["9.3", "9.4"],
    lasting: false,
    containers: true,
    compose: ["up", "--build", "--detach"],
    task: () =>
      "Start it all, and ask:\n\n    docker compose up --build --detach\n    curl localhost:8000 -H 'Content-Type: application/json' \\\n      -d '{\"number\": 11}'\n    curl localhost:8000/<task id>\n\nFor its own look tq builds and starts a second stack of your files, on other\nports, and takes it away again. That takes half a minute.",
    examine: (probes) =>
      ofStack(probes, (run) => {
        const { services } = probes.celery;
        if (!services) throw new Error("a stack was run that has no services");
        return judgeStack(run, services);
      }),
  },
  {
    id: "9.6",
    title: "while one task takes long, others are done",
    needs: ["9.5"],
    lasting: false,
    containers: true,
    task: () =>
      "Send 2305843009213693951. It is prime, and to know that takes most of a\nminute. Meanwhile send others, and watch: docker compose logs --follow celery",
    examine: (probes) => ofStack(probes, async (run) => judgeBusy(run, await probes.celery.task())),
  },
  {
    id: "9.7",
    solution: ["tasks.py#app"],
    title: "a worker is killed in the middle of a task",
    needs: ["9.6"],
    lasting: false,
    containers: true,
    task: () =>
      "Send the long number again, and kill the worker:\n\n    docker compose kill celery\n    docker compose start celery\n\nWhat does GET /<task id> say now, and in a minute? Then try the same with\napp.conf.task_acks_late = True in tasks.py. Either is a fair choice.",
    examine: (probes) =>
      ofStack(probes, async (run) =>
        judgeDeaths(run, await probes.celery.task(), await probes.celery.files(), probes.place),
      ),
  },
  {
    id: "9.8",
    title: "what waits outlives the broker",
    needs: ["9.7"],
    lasting: false,
    containers: true,
    task: () =>
      "Stop the worker, send three numbers, and look at the queue in the console,\nhttp://localhost:15672 (guest, guest). Restart the broker, and look again:\n\n    docker compose stop celery\n    docker compose restart rabbitmq\n    docker compose start celery",
    examine: (probes) => ofStack(probes, judgeWaiting),
  },
];

export const exercise: Exercise<Evidence> = {
  number: 9,
  slug: "celery",
  title: "A message broker: Celery and RabbitMQ",
  summary: "Celery, RabbitMQ, Redis and Falcon, as containers",
  needs: ["docker", "compose", "python", "celery"],
  subjects: ["celery"],
  steps,
  hints,
  halfway: [],
  mistakes: {},
  takes: ["slow"],
};
