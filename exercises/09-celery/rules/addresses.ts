import {
  explainTraceback,
  type Judgement,
  notYet,
  passed,
  type Place,
  shellCommand,
  shellWord,
} from "../../../src/course/authoring.js";
import {
  type Service,
  type StackServices,
  type TaskRun,
  type WebRun,
} from "../../../src/subjects/celery/probe.js";

type Run = Pick<TaskRun, "file" | "end" | "celery" | "traceback">;

interface Problem {
  observed: string;
  next: string;
  mistake: string;
  probe?: string;
  cause?: string;
}

/** 9.2: the worker and the web find the broker and the place of the results, with what their services tell them. */
export function judgeAddresses(
  services: StackServices,
  task: TaskRun | null,
  app: WebRun | null,
  place: Place,
): Judgement {
  const { web, worker, broker, store } = services;
  const facts = {
    expected: `BROKER leads to ${broker?.name ?? "rabbitmq"} and BACKEND to ${store?.name ?? "redis"}, in the worker and in the web`,
    probe: "docker compose config",
  };
  if (!task) {
    return notYet({
      ...facts,
      observed: `no file with a Celery app in ${place.folder}`,
      mistake: "no-celery-app",
      next: 'write tasks.py with   app = Celery("tasks", broker=os.environ["BROKER"], …)',
    });
  }
  const said: string[] = [];
  const runs: [Run | null, Service | null][] = [
    [task, worker],
    [app, web],
  ];
  for (const [run, service] of runs) {
    // A web that cannot be asked at all is for a later step.
    if (!run?.celery && run !== task) continue;
    if (!service) continue;
    const problem = explainRun(run, place) ?? explainAddresses(run, service, services);
    if (problem) return notYet({ ...facts, ...problem });
    said.push(`${service.name}: ${run.celery?.broker ?? ""} and ${run.celery?.backend ?? ""}`);
  }
  return passed(said.join("; "));
}

/** Why a file could not be used; null where it could. */
export function explainRun({ file, end, traceback, celery }: Run, place: Place): Problem | null {
  const module = file.replace(/\.py$/, "").replaceAll("/", ".");
  const probe = `cd ${shellWord(place.folder)} && ${shellCommand("python", "-c", `import ${module}`)}`;
  if (end === "ended" && traceback) {
    return { observed: `${file}: ${traceback.error}`, probe, ...explainTraceback(traceback) };
  }
  if (end !== "done" && !celery) {
    return {
      observed: `importing ${file} ${end === "silent" ? "does not come to an end" : "ends the program"}`,
      probe,
      cause: "at the top of the module stands something that works, waits or ends, not only definitions",
      next: "leave imports, the app and the functions at the top; the rest belongs into functions",
      mistake: "import-does-not-end",
    };
  }
  if (celery?.broker === null) {
    return {
      observed: `${file} has no Celery app at its top level`,
      probe,
      mistake: "no-celery-app",
      next: 'app = Celery("tasks", broker=os.environ["BROKER"], backend=os.environ["BACKEND"])',
    };
  }
  return null;
}

function explainAddresses(
  { file, celery }: Run,
  service: Service,
  { broker, store }: Pick<StackServices, "broker" | "store">,
): Problem | null {
  if (!celery) return null;
  const names = { broker: broker?.name ?? "rabbitmq", store: store?.name ?? "redis" };
  const where = (value: string): string =>
    [...service.environment.values()].some((one) => one.value === value)
      ? `as ${service.name} is told`
      : `${service.name} is told no other that ${file} reads`;
  const brokerUrl = celery.broker ?? "";
  if (!/^(?:amqps?|pyamqp|py-amqp):\/\//.test(brokerUrl) || !isOf(brokerUrl, broker)) {
    return {
      observed: `in ${service.name} the broker is ${brokerUrl || "none"}   (${where(brokerUrl)})`,
      cause: isLocal(brokerUrl)
        ? "inside a container localhost is the container itself"
        : `a container finds the broker under its service's name, ${names.broker}`,
      next: `give ${service.name} the variable   BROKER: amqp://${names.broker}   and read it in ${file}`,
      mistake: "broker-address",
    };
  }
  const backend = celery.backend ?? "";
  const variable = `BACKEND: redis://${names.store}:6379/0`;
  if (backend === "" || backend.startsWith("disabled") || celery.ignoresResults) {
    return {
      observed: celery.ignoresResults
        ? `the task of ${file} ignores its result`
        : `in ${service.name} there is no result backend`,
      cause: "Celery keeps no result, and the status of every task stays PENDING",
      next: celery.ignoresResults
        ? "take ignore_result away"
        : `Celery(…, backend=os.environ["BACKEND"]), and for ${service.name} the variable   ${variable}`,
      mistake: "backend-missing",
    };
  }
  if (!/^rediss?:\/\//.test(backend) || !isOf(backend, store) || !/^(?:6379)?$/.test(portOf(backend))) {
    return {
      observed: `in ${service.name} the results go to ${backend}   (${where(backend)})`,
      cause: isLocal(backend)
        ? "inside a container localhost is the container itself"
        : `a container finds Redis under its service's name and own port, ${names.store}:6379`,
      next: `give ${service.name} the variable   ${variable}   and read it in ${file}`,
      mistake: "backend-address",
    };
  }
  return null;
}

function hostOf(url: string): string {
  return /^[\w+-]+:\/\/(?:[^@/]*@)?([^:/]*)/.exec(url)?.[1] ?? "";
}

function portOf(url: string): string {
  return /^[\w+-]+:\/\/(?:[^@/]*@)?[^:/]*:(\d+)/.exec(url)?.[1] ?? "";
}

/** Under its service's name, or another one that the Compose file gives it. */
function isOf(url: string, service: Service | null): boolean {
  return service !== null && service.names.includes(hostOf(url));
}

function isLocal(url: string): boolean {
  return /^(?:localhost|127\..*|)$/.test(hostOf(url));
}
