import {
  findReturns,
  type Hold,
  type Judgement,
  notYet,
  passed,
  type Place,
  readMessage,
  type Traffic,
} from "../../../src/course/authoring.js";

type Known = Traffic["known"];

/** 10.2: a message that one consumer held went back, and another took it. */
export function judgeReturned(holds: readonly Hold[], known: Known, place: Place): Judgement {
  const [back] = findReturns(holds);
  if (back) {
    const { from, to } = back;
    return passed(
      `${from.consumer} held ${show(from)}; when its lease was over the message went back, and ${to.consumer} took it`,
    );
  }
  const facts = {
    expected: "a message that a killed worker held goes back, and another worker takes it",
    probe: place.tq("status"),
  };
  const held = holds.filter(({ reliable }) => reliable);
  if (held.length === 0) {
    // The first was lost in the step before.
    if (holds.length < 2) return nothing(facts, known, place, "no message was taken with --reliable");
    return notYet({
      ...facts,
      observed: `${holds.length} messages were taken, and none of them with --reliable`,
      cause: "a plain worker takes the message out of Redis: there is nothing to bring back",
      next: killed(place),
      mistake: "plain-again",
    });
  }
  const other = `${place.tq("echo-worker --reliable")}   in another terminal: it takes what comes back`;
  if (held.some(({ outcome }) => outcome === "back")) {
    return notYet({
      ...facts,
      observed: "a message went back to the queue; no other worker has taken it yet",
      next: other,
      mistake: "nobody-took-it",
    });
  }
  const open = held.findLast(({ outcome }) => outcome === "held");
  if (open) {
    return notYet({
      ...facts,
      observed: `${open.consumer} holds ${show(open)}`,
      next: `kill -9 that worker, start another, and wait for the lease (10 seconds)\n${other}`,
    });
  }
  const given = held.findLast(({ outcome }) => outcome === "given");
  if (given) {
    return notYet({
      ...facts,
      observed: `${given.consumer} gave ${show(given)} back itself`,
      cause: "the worker was asked to stop (Ctrl-C, or kill without -9), and had the time to tidy up",
      next: "do it again, and end it with kill -9: nothing of it runs after that",
      mistake: "stopped-instead-of-killed",
    });
  }
  return notYet({
    ...facts,
    observed: `${held.length} ${held.length === 1 ? "message was" : "messages were"} taken with --reliable, and acknowledged`,
    cause: "the work was done before the worker was killed",
    next: killed(place),
    mistake: "acknowledged-before-the-kill",
  });
}

/** 10.3: two consumers took one message, and the first acknowledged it when it was no longer its own. */
export function judgeTwice(holds: readonly Hold[], known: Known, place: Place): Judgement {
  const returns = findReturns(holds);
  const twice = returns.find(({ from }) => from.late);
  if (twice) {
    const { from, to } = twice;
    return passed(
      `${from.consumer} and ${to.consumer} both took ${show(from)}; the acknowledgement of the first came when the message was no longer its own, and was refused`,
    );
  }
  const facts = {
    expected: "a worker that is only slow acknowledges a message that another has taken meanwhile",
    probe: place.tq("status"),
  };
  const pause = `${place.tq("echo-worker --reliable --delay 5")}   put a message; Ctrl-Z; when the other worker has it: fg`;
  const back = returns.at(-1);
  const last = back && holds.slice(holds.indexOf(back.to) + 1).at(-1);
  if (last) return notYet({ ...facts, ...explainNotTwice(last), next: pause });
  if (back) {
    return notYet({
      ...facts,
      observed: `${back.to.consumer} took what ${back.from.consumer} had held; that one has acknowledged nothing since`,
      cause: "a worker that was killed does not come back; one that was paused does",
      next: `if it is paused, let it go on: fg, or kill -CONT <its process id>. Else: ${pause}`,
      mistake: "killed-not-paused",
    });
  }
  return nothing(facts, known, place, "no message was taken by two workers", pause);
}

/** Of a message that was taken after the last one that came back: why nobody else had it, too. */
function explainNotTwice(last: Hold): { observed: string; cause?: string; mistake?: string } {
  const { consumer, reliable, outcome } = last;
  if (!reliable) {
    return {
      observed: `${consumer} took ${show(last)} without --reliable`,
      cause: "a plain worker has no lease: nobody else gets its message, however slow it is",
      mistake: "slow-without-reliable",
    };
  }
  if (outcome === "done") {
    return {
      observed: `${consumer} took ${show(last)}, and acknowledged it while it was its own`,
      cause: "it was paused for less than its lease (10 seconds), or no other worker was there",
      mistake: "done-in-time",
    };
  }
  if (outcome === "given") {
    return {
      observed: `${consumer} gave ${show(last)} back itself`,
      cause: "it was ended with Ctrl-C, and had the time to tidy up; Ctrl-Z pauses",
      mistake: "stopped-not-paused",
    };
  }
  return { observed: `${consumer} holds ${show(last)}` };
}

function killed(place: Place): string {
  return `${place.tq("echo-worker --reliable --delay 30")}   then put a message, and kill -9 the worker within the 30 seconds`;
}

function nothing(
  facts: { expected: string; probe: string },
  known: Known,
  place: Place,
  seen: string,
  next = killed(place),
): Judgement {
  return notYet({
    ...facts,
    observed: known === "nothing" ? "not observed" : seen,
    next:
      known === "nothing"
        ? `${place.tq("exercise 10 --watch")}   in one terminal, and the step again in the others`
        : next,
  });
}

function show({ message }: Hold): string {
  return message ? `the message ${readMessage(message).shown}` : "a message";
}
