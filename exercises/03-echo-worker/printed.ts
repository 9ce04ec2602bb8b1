import { type Judgement, notYet, passed, type Place, shellWord } from "../../src/course/authoring.js";
import { type Batch, type TwoWorkersRun, type WorkerRun } from "../../src/subjects/echo-worker/probe.js";
import { type Project } from "../../src/subjects/python-code/probe.js";
import { explainCrash, lastLine, nameOf, workerOf } from "./rules.js";

/** 3.3: each message is printed once, in order. */
export function judgePrinted(run: WorkerRun, place: Place, project: Project): Judgement {
  const { first } = run;
  const right = first.printed.join("\n") === first.put.join("\n");
  if (right && !first.ended)
    return passed(`put ${first.put.length} messages; printed the same ${first.put.length}, in order`);
  const expected = `the ${first.put.length} messages that are put are printed, once each, in order`;
  const probe = `python worker.py   and in another terminal: ${place.tq("push one two three")}`;
  const observed = describePrinted(first);
  return notYet({ expected, observed, probe, ...explainPrinted(run, place, project) });
}

function describePrinted({ put, taken, printed, ended }: Batch): string {
  const end = ended ? `; then it ended${ended.code === null ? "" : ` with exit code ${ended.code}`}` : "";
  const shown = printed.length === 0 ? "none" : printed.join(", ");
  return `put ${put.length}, took ${Math.max(taken, 0)} of them, printed ${shown}${end}`;
}

function explainPrinted(
  run: WorkerRun,
  place: Place,
  project: Project,
): { cause: string; next: string; mistake?: string } {
  const { first, waitedOn, errors, printedAtEnd } = run;
  const key = `hotqueue:${place.queue.name}`;
  const name = nameOf(run);
  if (workerOf(run)?.isAsync) {
    return {
      cause: `${name} is an async def: the decorator calls it, gets a coroutine that nobody awaits, and nothing of it runs`,
      next: `write def ${name}(item): without async`,
      mistake: "worker-is-async",
    };
  }
  if (waitedOn && waitedOn.key === key && waitedOn.db !== place.queue.db) {
    return {
      cause: `the worker waits in database ${waitedOn.db}; the messages are put in database ${place.queue.db}`,
      next: `give the queue object db=${place.queue.db}`,
      mistake: "other-db",
    };
  }
  if (waitedOn && waitedOn.key !== key) {
    return {
      cause: `the worker waits on ${waitedOn.key}; the messages are put on ${key}`,
      next: `name the queue "${place.queue.name}", or tell tq yours: --queue ${shellWord(waitedOn.key.replace(/^hotqueue:/, ""))}`,
      mistake: "other-name",
    };
  }
  if (/takes \d+ positional arguments? but \d+ were given/.test(errors)) {
    return {
      cause: "the worker is called with an argument, which is added to each message",
      next: `call it with nothing in the brackets: ${name}()`,
      mistake: "called-with-argument",
    };
  }
  if (first.ended && errors !== "") return explainCrash(run, project);
  if (first.ended) {
    return {
      cause: "it takes a message and ends, where a worker goes on for ever",
      next: `let @q.worker do the loop: no q.get(), no exit() in ${name}`,
      mistake: "swallows-one",
    };
  }
  if (first.printed.length === 0 && printedAtEnd.length > 0) {
    return {
      cause: "the messages are collected, and printed only when the program ends",
      next: `print(item) in ${name}, for each message as it comes`,
      mistake: "prints-at-the-end",
    };
  }
  if (first.printed.length > 0 && first.printed[0] !== first.put[0]) {
    return {
      cause: "a loop over q.consume() inside the worker takes the messages that follow the first",
      next: `${name} gets one item and prints it; the decorator does the loop`,
      mistake: "consume-loop-inside",
    };
  }
  if (first.taken >= first.put.length) {
    return {
      cause: `${name} takes the message and does not print it${returnsSomething(name, project) ? ": return gives it back to nobody" : ""}`,
      next: `print(item) in ${name}`,
      mistake: "returns-instead-of-prints",
    };
  }
  return {
    cause: `${name} does not come to an end with a message, or does not get the next`,
    next: `let ${name} print its item and nothing else`,
    mistake: "swallows-one",
  };
}

function returnsSomething(name: string, { worker, modules }: Project): boolean {
  const bodies = [worker, ...modules].flatMap((module) => module?.body ?? []);
  const definition = bodies.find((one) => one.kind === "function" && one.name === name);
  return (
    definition?.kind === "function" &&
    definition.body.some((one) => one.kind === "return" && one.value !== null)
  );
}

/** 3.4: it goes on, until an exception that nothing handles. */
export function judgeLasting({ many, exception, errors }: WorkerRun, place: Place): Judgement {
  const expected = `it goes on over ${many.put.length} messages and a while without any, and ends with an exception`;
  if (many.ended || many.printed.join("\n") !== many.put.join("\n")) {
    return notYet({
      expected,
      observed: `${many.printed.length} of ${many.put.length} messages printed${many.ended ? "; it ended by itself" : ""}`,
      probe: place.again("3.4"),
      cause: many.ended ? "something in worker.py ends it" : "echo does more than print its item",
      next: "let echo print its item and nothing else; no timeout=, no exit()",
    });
  }
  if (!exception.ended) {
    return passed(
      `${many.printed.length} messages printed; it lived on after a message that it cannot read, because something catches the exception`,
    );
  }
  return passed(
    `${many.printed.length} messages printed. A message that cannot be read ended it (${lastLine({ errors })}); messages left on the queue: ${exception.left}. The one in hand is lost`,
  );
}

/** 3.5: two workers share the messages. */
export function judgeTwo({ put, printed, waited }: TwoWorkersRun, place: Place): Judgement {
  const [one, two] = printed;
  const all = [...one, ...two];
  const expected = `of ${put.length} messages each goes to one of two workers, and both get some`;
  if (new Set(all).size === put.length && all.length === put.length && one.length > 0 && two.length > 0) {
    return passed(
      `${put.length} messages: ${one.length} to one worker, ${two.length} to the other, none twice`,
    );
  }
  return notYet({
    expected,
    observed: `${waited} of 2 workers waited; ${one.length} and ${two.length} messages were printed, ${all.length - new Set(all).size} of them twice`,
    probe: place.again("3.5"),
    next: "both are the same file: let it print each item once, and start no second loop",
  });
}
