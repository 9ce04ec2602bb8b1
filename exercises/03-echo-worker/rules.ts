import { explainTraceback, type Judgement, notYet, passed, type Place } from "../../src/course/authoring.js";
import { type WorkerRun } from "../../src/subjects/echo-worker/probe.js";
import { type Project } from "../../src/subjects/python-code/probe.js";

/** 3.1: a function is made a worker of the queue. */
export function judgeDecorated(run: WorkerRun, project: Project): Judgement {
  const decorated = workerOf(run);
  if (decorated)
    return passed(
      `@q.worker makes ${decorated.function}() a worker of queue "${decorated.queue}"${describeSerializer(decorated.serializer)}`,
    );
  const expected = "a function of worker.py has the decorator @q.worker";
  const probe = "python worker.py";
  if (run.endedAtStart && run.errors !== "") {
    return notYet({
      expected,
      observed: `worker.py ended with an error: ${lastLine(run)}`,
      probe,
      ...explainCrash(run, project),
    });
  }
  return notYet({
    expected,
    observed: run.waitedOn
      ? "worker.py takes messages, and no function of it has the decorator"
      : "worker.py ran, and no function of it has the decorator",
    probe,
    cause: "the line @q.worker is missing above def echo(item):",
    next: "write @q.worker on the line above def echo(item):",
    mistake: "no-decorator",
  });
}

export function workerOf({
  notes,
}: WorkerRun): Extract<WorkerRun["notes"][number], { what: "worker" }> | undefined {
  return notes.find((note) => note.what === "worker");
}

/** What the function is called. */
export function nameOf(run: WorkerRun): string {
  return workerOf(run)?.function ?? "echo";
}

function describeSerializer(serializer: string | null): string {
  return serializer === "pickle"
    ? ""
    : `, which reads ${serializer === null ? "text as it is" : serializer}: who puts must write it so, too (tq push --serializer ${serializer === "json" ? "json" : "text"})`;
}

/** What a program's error means for somebody who has written five lines. */
export function explainCrash(
  run: WorkerRun,
  { findings }: Project,
): { cause: string; next: string; mistake?: string } {
  const { traceback } = run;
  const last = lastLine(run);
  if (/missing 1 required positional argument/.test(last)) {
    return {
      cause: `${nameOf(run)} is called as a plain function: the line @q.worker is missing above it`,
      next: `write @q.worker on the line above def ${nameOf(run)}(item):`,
      mistake: "no-decorator",
    };
  }
  if (!traceback)
    return { cause: `an exception that nothing handles: ${last}`, next: "run: python worker.py" };
  const explanation = explainTraceback(traceback, findings);
  return explanation.mistake === "syntax-error"
    ? { ...explanation, mistake: "crash-on-import" }
    : explanation;
}

/** 3.2: the worker waits for messages. */
export function judgeWaits(run: WorkerRun, place: Place, project: Project): Judgement {
  if (run.waitedOn) return passed(`it waits on ${run.waitedOn.key} in database ${run.waitedOn.db}`);
  const expected = "python worker.py does not return: it waits for a message";
  if (run.endedAtStart) {
    const crashed = run.errors !== "";
    return notYet({
      expected,
      observed: crashed
        ? `it ended with an error: ${lastLine(run)}`
        : "it ended at once, without waiting for a message",
      probe: "python worker.py",
      ...(crashed
        ? explainCrash(run, project)
        : {
            cause: "the worker is never called: the decorator alone starts nothing",
            next: `call it at the end of the file: ${nameOf(run)}()`,
            mistake: "never-called",
          }),
    });
  }
  return notYet({
    expected,
    observed: "it runs, and does not ask Redis for a message",
    probe: place.again("3.2"),
    cause: "it does something else before it calls the worker",
    next: `call the worker at the end of the file: ${nameOf(run)}()`,
  });
}

export function lastLine({ errors }: Pick<WorkerRun, "errors">): string {
  return errors.trim().split("\n").at(-1) ?? "";
}
