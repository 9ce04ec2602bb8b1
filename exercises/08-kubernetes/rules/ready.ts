import { blocked, type Judgement, notYet, passed } from "../../../src/course/authoring.js";
import {
  allTroubles,
  type Applied,
  decidedTrouble,
  isReady,
  type LeftOut,
  type Readiness,
  type Removal,
  showProgress,
  type Trouble,
} from "../../../src/subjects/kubernetes/probe.js";

/** 8.8, where it does not come to pods: the cluster does not take the objects. */
export function judgeRefusal(applied: Extract<Applied, { ok: false }>): Judgement {
  return notYet({
    expected: "the cluster accepts every object",
    observed: applied.refusal,
    probe: "kubectl apply --dry-run=server -f .",
    cause: "the cluster itself refuses an object; it names the field",
    next: "change what it names, and check again",
  });
}

/** 8.8: the pods of Redis and of the debug Deployment are ready. */
export function judgePods(
  states: readonly Readiness[],
  { notes, leftOut }: Extract<Applied, { ok: true }>,
): Judgement {
  const expected = "the pods of Redis and of the debug Deployment are ready";
  const lack =
    judgeLeftOut(
      leftOut.find(({ part }) => part === "redis" || part === "debug"),
      expected,
    ) ?? judgeReadiness(states, expected);
  if (lack) return lack;
  const aside = notes.length === 0 ? "" : ` (${notes.join("; ")})`;
  return passed(`pods ready: ${showProgress(states)}${aside}`);
}

/** What tq does not apply, because it could reach what is not of the trial. */
export function judgeLeftOut(one: LeftOut | undefined, expected: string): Judgement | null {
  if (!one) return null;
  const observed = `${one.what} was not applied: ${one.why}`;
  if (one.isCopy) {
    return blocked(
      observed,
      "describe Redis in a file of this folder, with all that it needs, and check again",
    );
  }
  return notYet({
    expected,
    observed,
    probe: "kubectl apply --dry-run=client --output yaml -f .",
    cause:
      "a copy of it, run by tq, could reach what is not of this trial: your own Redis, or somebody else's",
    next: "let it lead only to Services that these files describe, by their names",
  });
}

/** Null where all are ready; else by whose doing they are not. */
export function judgeReadiness(states: readonly Readiness[], expected: string): Judgement | null {
  if (states.every(isReady)) return null;
  const decided = decidedTrouble(states);
  const trouble: Trouble | undefined = decided ?? allTroubles(states)[0];
  if (!trouble) {
    return blocked(
      `the cluster has made no pods yet: ${showProgress(states)}`,
      "kubectl get events   shows what it is doing; check again in a while",
    );
  }
  const observed = `pods ready: ${showProgress(states)}; ${trouble.reason}: ${trouble.says}`;
  const isTheirs = trouble.whose === "student" || trouble.suspect === true;
  if (!isTheirs) return blocked(observed, trouble.next);
  return notYet({
    expected,
    observed,
    cause: trouble.says,
    next: trouble.next,
    mistake: trouble.mistake,
    probe: "kubectl apply -f .   and then: kubectl get pods   and: kubectl describe pods",
  });
}

/** 8.11: nothing is left in the cluster. */
export function judgeRemoval({ namespace, gone, reasons, held }: Removal): Judgement {
  if (gone) return passed(`the namespace ${namespace} is gone, with all that was in it`);
  if (held.length > 0) {
    return notYet({
      expected: "kubectl delete removes every object",
      observed: `the namespace ${namespace} stays, because of ${held.join(" and ")}`,
      probe: `kubectl get namespace ${namespace} --output yaml`,
      cause: "an object with a finalizer stays until somebody takes the finalizer off; nobody does here",
      next: "remove metadata: finalizers from these files",
      mistake: "held-by-finalizer",
    });
  }
  return blocked(
    `the namespace ${namespace} is still there: ${reasons.join("; ")}`,
    `kubectl get namespace ${namespace}   until it is gone; what holds it is named above`,
  );
}
