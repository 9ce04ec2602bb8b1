import { type Judgement, notYet, passed } from "../../../src/course/authoring.js";
import { type StackRun } from "../../../src/subjects/celery/probe.js";

/** 9.8: tasks wait in RabbitMQ, outlive its restart, and are done then. */
export function judgeWaiting({ waiting }: StackRun): Judgement {
  if (!waiting) throw new Error("the stack was up, and nothing was left waiting");
  const { sent, before, after, cameBack, tasks, later } = waiting;
  const facts = {
    expected: `${sent} tasks wait in a queue while no worker runs, are there after RabbitMQ was restarted, and are done when a worker comes`,
    probe: "curl -s -u guest:guest localhost:15672/api/queues   and: docker compose restart rabbitmq",
  };
  if (!before || before.ready < sent) {
    return notYet({
      ...facts,
      observed: `RabbitMQ's queues hold ${before?.ready ?? 0} of ${sent} messages`,
      cause: "the messages go elsewhere, or are not kept until somebody takes them",
      next: "leave queues and exchanges to Celery, which makes a durable queue named celery",
    });
  }
  const seen = `queue ${before.name} (${before.durable ? "durable" : "not durable"}) held ${before.ready} messages`;
  if (!cameBack) {
    return notYet({
      ...facts,
      observed: `${seen}; after its restart RabbitMQ did not answer any more`,
      next: "docker compose logs rabbitmq",
    });
  }
  if (!after || after.ready < sent) {
    return notYet({
      ...facts,
      observed: `${seen}; after the restart ${after ? `it holds ${after.ready}` : "there is no such queue"}: the tasks are lost`,
      cause: !before.durable
        ? "the queue is not durable: it lives as long as the broker"
        : after
          ? "the messages are transient: the broker keeps them in memory alone"
          : "what the broker writes is not on a disk that outlives its restart",
      next: "leave Celery's defaults: a durable queue, messages with delivery_mode 2, RabbitMQ's data in a volume",
      mistake: "lost-at-restart",
    });
  }
  const open = [...tasks, later].filter(({ status }) => status !== "SUCCESS");
  if (open.length > 0) {
    return notYet({
      ...facts,
      observed: `${seen}, also after the restart; of these and one more, ${open.length} were not done when a worker was started: ${open[0]?.get?.text ?? open[0]?.post.text ?? open[0]?.post.problem ?? ""}`,
      cause: "the worker does not come back, or the web does not find the broker again",
      probe: "docker compose logs celery falcon-web",
      next: "leave broker_connection_retry_on_startup and the retries of delay as they are",
      mistake: "not-done-after",
    });
  }
  return passed(
    `${seen}; after the restart ${after.ready}; a worker was started and did them, and one that was sent later`,
  );
}
