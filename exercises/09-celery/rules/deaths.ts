import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type CeleryFiles, type StackRun, type TaskRun } from "../../../src/subjects/celery/probe.js";

type Death = StackRun["deaths"][number];

/** 9.7: what becomes of a task whose worker is killed, with early and with late acknowledgement. */
export function judgeDeaths(
  { deaths }: StackRun,
  task: TaskRun | null,
  { acks }: CeleryFiles,
  place: Place,
): Judgement {
  const isLate = task?.celery?.acksLate ?? false;
  const facts = {
    expected:
      "a worker is killed in the middle of a task: lost where it acknowledged early, back in the queue where late",
    probe: place.again("9.7"),
  };
  if (acks && !isLate) {
    return notYet({
      ...facts,
      observed: `${acks.file}:${acks.line}: ${acks.text}   and yet the task acknowledges early: ${show(deaths.find(({ own }) => own))}`,
      cause: "Celery does not know what is written there, and says nothing of names that it does not know",
      probe: `sed -n ${acks.line}p ${place.file(acks.file)}`,
      next: "app.conf.task_acks_late = True   or, for one task:   @app.task(acks_late=True)",
      mistake: "late-without-effect",
    });
  }
  const odd = deaths.find(({ acksLate, back }) => acksLate !== back);
  if (odd) {
    return notYet({
      ...facts,
      observed: describe(odd),
      cause: odd.acksLate
        ? "the message was not kept until the task was done"
        : "the message was not acknowledged when the task began",
      next: "leave acknowledging to Celery: task_acks_late alone decides",
    });
  }
  const own = deaths.find((death) => death.own);
  const first = own
    ? `your worker, killed while it computed: ${describe(own)}`
    : "your method is too quick for a kill in the middle";
  return passed([first, ...deaths.filter((death) => !death.own).map(describe)].join("; "));
}

function describe(death: Death): string {
  return `acknowledged ${death.acksLate ? "late" : "early"}, ${show(death)}`;
}

function show(death: Death | undefined): string {
  if (!death) return "the task was not caught in the middle";
  return death.back
    ? `the task is back in the queue ${death.queue}`
    : `the task is lost: no message in the queue ${death.queue}, and its status stays ${death.status ?? "unknown"}`;
}
