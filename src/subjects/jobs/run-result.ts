import { type Exchange } from "../../lab/http/exchange.js";
import { type RefusedNote, type SleepNote, type WroteNote } from "../../lab/program/program-notes.js";
import { type AloneRun } from "./alone-run.js";
import { type Start } from "./api-program.js";
import { type DataRun, NO_DATA } from "./data-run.js";
import { type LateResult } from "./late-result.js";
import { type SharingRun } from "./sharing-run.js";
import { type JobSent } from "./submit-job.js";
import { type WorkerState } from "./watched-worker.js";

/** What an API says of one job; null where it is not asked. */
export interface JobAnswers {
  status: Exchange | null;
  results: Exchange | null;
}

/** How a job is asked for. */
export interface Asked {
  /** As a person writes it: GET /jobs/{id}; null where no route does. */
  route: string | null;
  /** Who says so. */
  by: "tq.yaml" | "found";
  /** The list of all jobs tells it. */
  isList: boolean;
}

/** What a whole jobs API did: run by tq, or, from outside, wherever it runs. */
export interface SystemRun {
  start: Start;
  /** The framework's own table of routes, as a person writes them; null where it is not to be had. */
  routes: readonly string[] | null;
  /** It has the routes of the exercise's own text: then it is judged by that text, and not by the four goals alone. */
  isCourse: boolean;
  data: DataRun;
  job: JobSent | null;
  id: string | null;
  /** The route of each; null where its tq.yaml says "none". */
  statusAsked: Asked | null;
  resultAsked: Asked | null;
  /** Right after the job was submitted. */
  early: JobAnswers;
  /** An id that no job has. */
  unknown: JobAnswers;
  /** The list of all jobs; null where there is none. */
  list: Exchange | null;
  /** The API was ended and started again while the job waited; null from outside. */
  restarted: { start: Start; status: Exchange | null; isKept: boolean } | null;
  /** A worker that was started when the job already waited; null from outside. */
  worker: WorkerState | null;
  /** The statuses that were seen, in order, and those that were written into the record. */
  statuses: string[];
  written: string[];
  /** Asked when the job was done, or when the time for it was over. */
  late: JobAnswers & { done: boolean };
  /** What the first worker saved, and where the route of the result looked for it last; none from outside. */
  kept: readonly WroteNote[];
  looked: readonly Pick<WroteNote, "db" | "key">[];
  /** The last status was written before the work: a sleep of the student's that came after it. */
  doneEarly: SleepNote | null;
  /** The result was saved after the last status; null from outside, too. */
  lateResult: LateResult | null;
  /** One worker against three; null from outside, and where the first job was not done. */
  sharing: SharingRun | null;
  /** The last of the other jobs, and the first, each done by a system that did no other; null where not all had one result. */
  alone: readonly (AloneRun | null)[] | null;
  /** What the programs wanted to touch and were not let. */
  refused: RefusedNote[];
}

/** Of a system that did not come up. */
export const NOTHING: Omit<SystemRun, "start"> = {
  routes: null,
  isCourse: true,
  data: NO_DATA,
  job: null,
  id: null,
  statusAsked: null,
  resultAsked: null,
  early: { status: null, results: null },
  unknown: { status: null, results: null },
  list: null,
  restarted: null,
  worker: null,
  statuses: [],
  written: [],
  late: { status: null, results: null, done: false },
  kept: [],
  looked: [],
  doneEarly: null,
  lateResult: null,
  sharing: null,
  alone: null,
  refused: [],
};
