import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type MessageRun, type MoreRuns, type StartedWork } from "../../../src/subjects/messages/probe.js";

/** 10.4: exit code 0 comes after the change, and nothing is lost however early the program is killed. */
export function judgeDone(run: MessageRun | null, place: Place): Judgement {
  const expected = "work.py exits with 0 when the account has changed, and not before";
  if (!run) {
    return notYet({
      expected,
      observed: `no work.py in ${place.folder}`,
      probe: `ls ${place.file("work.py")}`,
      next: place.tq("exercise 10 --start"),
    });
  }
  const { first, more, amount, key } = run;
  const facts = { expected, probe: place.again("10.4") };
  if (first.ending === null) {
    return notYet({
      ...facts,
      observed: "it had not ended after 10 seconds",
      cause: "it is started for each message, and should end when that one is done",
      next: "read one message from sys.stdin, do the work, and let the program end",
      mistake: "does-not-end",
    });
  }
  if (first.ending.code !== 0) {
    return notYet({
      ...facts,
      observed: `it ended with ${describe(first)}`,
      next: `put a message, and run it: ${place.tq('consume --exec "python work.py"')}`,
      mistake: "ends-with-an-error",
    });
  }
  if (first.early && first.account === String(amount)) {
    return notYet({
      ...facts,
      observed: "it exited with 0 while Redis had not answered yet; the account changed afterwards",
      cause: "the work goes on in the background: exit code 0 acknowledges what may still fail",
      next: "do the work in work.py itself, and let it end after that",
      mistake: "acknowledged-too-early",
    });
  }
  if (first.account !== String(amount)) {
    return notYet({
      ...facts,
      observed: `it exited with 0; ${key} in database ${place.queue.db} holds ${first.account || "nothing"} instead of ${amount}`,
      cause: "the change goes elsewhere, or is none",
      next: `r.incrby("account:" + message["account"], message["amount"])   with db=${place.queue.db}`,
      mistake: "account-not-changed",
    });
  }
  const lost = more?.killed.find(({ account, ending }) => account === "" && ending?.code === 0);
  if (lost) {
    return notYet({
      ...facts,
      observed:
        "killed between two of its writes, and started again with the same message: exit 0, and the account never changed",
      cause: "the message is marked as done before it is: whoever comes next believes the mark",
      next: "make the change and the mark in one step: a script (r.eval), or MULTI and EXEC",
      mistake: "marked-first",
    });
  }
  return passed(`it waited for Redis, changed ${key} by ${amount}, and then exited with 0`);
}

/** 10.5: what did not work is told by the exit code. */
export function judgeFailure({ refused }: MoreRuns, place: Place): Judgement {
  const facts = {
    expected: "where Redis refuses the change, work.py ends with another exit code than 0",
    probe: place.again("10.5"),
  };
  if (refused.ending === null) {
    return notYet({
      ...facts,
      observed: "it had not ended after 10 seconds",
      cause: "it tries for ever: meanwhile the message is in work, and nobody is told",
      next: "let the exception end the program: tq tries again, later and later",
      mistake: "tries-for-ever",
    });
  }
  if (refused.ending.code === 0) {
    const said = [...refused.lines, ...refused.errors.split("\n")].filter(Boolean).at(-1);
    return notYet({
      ...facts,
      observed: `the account held no number, INCRBY was refused, and the program exited with 0${said === undefined ? "" : `; it said: ${said}`}`,
      cause: "the exception is caught: exit code 0 tells tq that the work is done",
      next: "let the exception end the program, or end it yourself with sys.exit(1)",
      mistake: "failure-swallowed",
    });
  }
  return passed(`it ended with ${describe(refused)}; tq would try again in a second`);
}

/** 10.6: a message that comes twice changes the account once, and another message changes it, too. */
export function judgeOnce({ first, amount, key }: MessageRun, more: MoreRuns, place: Place): Judgement {
  const { again, other, otherFirst, killed, atOnce } = more;
  const facts = {
    expected: `the same message twice changes ${key} once; two messages change it twice`,
    probe: place.again("10.6"),
  };
  const twice = String(2 * amount);
  if (again.account !== String(amount)) {
    const { cause, mistake } = explainTwice(first.marks, again.marks);
    return notYet({
      ...facts,
      observed: `one message of ${amount} came twice: the account holds ${again.account || "nothing"}${again.marks.length > 0 ? `; beside it there is ${again.marks.join(", ")}` : ""}`,
      cause,
      next: 'look for a mark that has the id in its name, "done:" + message["id"], before you change anything',
      mistake,
    });
  }
  if (again.ending?.code !== 0) {
    return notYet({
      ...facts,
      observed: `a message that is done already ended it with ${describe(again)}`,
      cause: "for tq that is a failure: it tries again, and in the end has a dead letter",
      next: "exit with 0 where the work is done already",
      mistake: "done-is-no-failure",
    });
  }
  if (other.account !== twice) {
    const byAttempt = otherFirst !== null && otherFirst.account !== other.account;
    return notYet({
      ...facts,
      observed: `another message of the same amount, with TQ_ATTEMPT=2: the account holds ${other.account}, and should hold ${twice}`,
      cause: byAttempt
        ? "a second attempt is passed over, though the first may have come to nothing"
        : "two messages count as one because they are alike",
      next: 'the id alone says whether it is the same message: "done:" + message["id"]',
      mistake: byAttempt ? "attempt-is-no-id" : "wrong-key",
    });
  }
  if (killed.some(({ account }) => account === twice)) {
    return notYet({
      ...facts,
      observed: `killed between two of its writes, and started again with the same message: the account holds ${twice}`,
      cause: "the change is written, and the mark that it is done comes later, or never",
      next: "do both in one step: a script (r.eval), or MULTI and EXEC",
      mistake: "mark-apart",
    });
  }
  if (atOnce.account !== String(amount)) {
    return notYet({
      ...facts,
      observed: `two programs had the same message at once: the account holds ${atOnce.account || "nothing"} instead of ${amount}`,
      cause: "both looked for the mark before either of them wrote it",
      next: "look, change and mark in one script (r.eval), or WATCH the mark before you look for it",
      mistake: "not-at-once",
    });
  }
  return passed(
    `the same message twice: ${amount}; another of the same amount: ${twice}; two programs at once: ${amount}`,
  );
}

function explainTwice(
  first: readonly string[],
  again: readonly string[],
): { cause: string; mistake: string } {
  if (again.length === 0) {
    return {
      cause: "nothing tells a message that is done already from a new one",
      mistake: "not-idempotent",
    };
  }
  return again.length > first.length
    ? {
        cause: "it marks what is done under a name that is another the second time",
        mistake: "mark-not-found-again",
      }
    : { cause: "it marks what is done, and makes the change in any case", mistake: "mark-not-heeded" };
}

function describe({ ending, errors }: StartedWork): string {
  const last = errors.trim().split("\n").at(-1);
  const how = ending?.signal ? `signal ${ending.signal}` : `exit code ${ending?.code ?? "unknown"}`;
  return `${how}${last ? ` (${last})` : ""}`;
}
