import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type WorkRun } from "../../../src/subjects/jobs/probe.js";
import { editionOf, type Project } from "../../../src/subjects/python-code/probe.js";
import { FORMS, type Form } from "./form.js";
import { isEmpty } from "./told.js";

/** 6.4: the rest of the record is as it was. */
export function judgeKept({ jobs }: WorkRun, project: Project, place: Place): Judgement {
  const form = FORMS[editionOf(project)];
  const [job] = jobs;
  const [before, after] = [job?.writes[0]?.fields, job?.after?.fields ?? null];
  const facts = {
    expected: "id, start and end of the job are as they were when it was submitted",
    probe: place.again("6.4"),
  };
  if (!job || !before || !after) {
    return notYet({
      ...facts,
      observed: `the record ${job?.writes[0]?.key ?? ""} is gone`,
      cause: "the worker removes the record, or saves it under another key",
      next: `write the new status into the same record: ${form.key}`,
      mistake: "record-gone",
    });
  }
  // What was empty is meant to be filled, and times are there to change.
  const names = Object.keys(before).filter(
    (name) => name !== "status" && !isEmpty(before[name]) && !/_time$|_at$|updated|progress/i.test(name),
  );
  // In the end it may be right again: what was swapped twice was wrong in between.
  const states = [...job.writes.map(({ fields }) => ({ ...before, ...fields })), after];
  const [name, state] =
    states
      .flatMap((one) => names.map((field) => [field, one] as const))
      .find(([field, one]) => one[field] !== before[field]) ?? [];
  if (name === undefined) return passed(`${names.join(", ")} are as they were`);
  const [was, is] = [before[name] ?? "", state?.[name]];
  return notYet({
    ...facts,
    observed: `${name} was ${was}, and became ${is ?? "nothing at all"}`,
    ...explainOther(was, is, Object.values(before), form),
  });
}

function explainOther(
  was: string,
  is: string | undefined,
  all: readonly string[],
  { made }: Form,
): { cause: string; next: string; mistake: string } {
  if (is === undefined) {
    return {
      cause: "update_job_status saves a record without this field",
      next: "read the whole job, change its status, and save the whole",
      mistake: "fields-lost",
    };
  }
  if (is === `b'${was}'`) {
    return {
      cause: "Redis gave bytes, and their text form was saved: b'…'",
      next: "make rd with decode_responses=True, or decode() what hget and hmget return",
      mistake: "bytes-as-text",
    };
  }
  return {
    cause: all.includes(is)
      ? "values are saved under each other's names: the order differs between two lines"
      : "the worker or update_job_status writes another value",
    next: `compare the order in which fields are read, and that in which ${made} takes them`,
    mistake: all.includes(is) ? "values-mixed-up" : "values-changed",
  };
}
