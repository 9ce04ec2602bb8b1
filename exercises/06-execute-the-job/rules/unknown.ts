import {
  describeStuck,
  type Judgement,
  notYet,
  passed,
  type Place,
  showTraceback,
} from "../../../src/course/authoring.js";
import { type WorkRun } from "../../../src/subjects/jobs/probe.js";

/** 6.7: an id that has no record does not pass in silence. */
export function judgeUnknown({ unknown, worker }: WorkRun, place: Place): Judgement {
  const facts = {
    expected:
      "an id on the queue that has no record is named: by a traceback, or by a message and the next job",
    probe: place.again("6.7"),
  };
  if (!unknown) throw new Error("the worker lived, and was given no unknown id");
  const { id, outcome, lines, traceback } = unknown;
  const isNamed = lines.some((line) => line.includes(id));
  if (outcome === "ended" && isNamed) {
    return passed(
      `it ended the worker, and was named: ${traceback ? showTraceback(traceback) : lines.join("\n")}\nThe next jobs wait until somebody starts it again; a message instead of an exception would let it go on`,
    );
  }
  if (outcome === "went on" && isNamed) {
    return passed(
      `it was named, and the worker went on: ${lines.find((line) => line.includes(id)) ?? ""}\nAn exception would have ended the worker, and the next jobs would wait`,
    );
  }
  if (outcome === "stuck") {
    return notYet({
      ...facts,
      observed: `with the unknown id ${id} the worker neither ends nor takes another job`,
      cause: `${worker.stuck ? `${describeStuck(worker.stuck)}. It` : "it"} waits for a record that never comes`,
      next: "if there is no record, say so and return, or raise KeyError(jid)",
      mistake: "unknown-for-ever",
    });
  }
  if (outcome === "ended" && traceback) {
    return notYet({
      ...facts,
      observed: `the unknown id ${id} ended the worker: ${showTraceback(traceback)}`,
      cause: "the error does not say which id it was: nobody will find out, and the next jobs wait",
      next: "if there is no record, print the id and return, or raise KeyError(jid)",
      mistake: "unknown-not-named",
    });
  }
  const said = lines.length === 0 ? "and says nothing" : `and says: ${lines.join(" ")}`;
  return notYet({
    ...facts,
    observed: `the unknown id ${id} was taken; the worker ${outcome === "ended" ? "ends" : "goes on"} ${said}`,
    cause:
      lines.length === 0
        ? "hset makes a record where there is none, or the missing one is passed over"
        : "what it says does not name the id: nobody will find out which job it was",
    next: "if there is no record, print the id and return, or raise KeyError(jid)",
    mistake: lines.length === 0 ? "unknown-in-silence" : "unknown-not-named",
  });
}
