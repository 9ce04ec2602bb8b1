import { expect, it } from "vitest";
import { judgeStack } from "../../../exercises/09-celery/rules/stack.js";
import { type StackRun, type StackServices } from "../../../src/subjects/celery/probe.js";

const services = { web: { name: "falcon-web" }, worker: { name: "celery" } } as unknown as StackServices;

/** A stack that is up, whose web answers a number so. */
function judge(status: number | null, text: string) {
  const post = {
    request: 'POST / {"number": 11}',
    status,
    problem: status === null ? "no answer" : null,
    text,
  };
  const first = { sent: "11", post, id: null, get: null, status: null, result: null };
  const run = { failure: null, webAnswers: true, stopped: [], first, others: [] } as unknown as StackRun;
  return judgeStack(run, services);
}

it.each([
  [500, '{"title": "500 Internal Server Error"}', "RabbitMQ takes a while to start"],
  [null, "", "RabbitMQ takes a while to start"],
  [400, '{"error": "no number"}', "does not take"],
  [200, '{"id": "1"}', "has no task_id"],
])("looks for the fault in the web where it answers %s without a task id", (status, text, cause) => {
  const judgement = judge(status, text);
  expect(judgement).toMatchObject({ verdict: "not-yet", probe: "docker compose logs falcon-web" });
  expect(judgement).toHaveProperty("cause", expect.stringContaining(cause));
  expect(judgement).toHaveProperty("cause", expect.stringContaining("No worker has heard of the task"));
});
