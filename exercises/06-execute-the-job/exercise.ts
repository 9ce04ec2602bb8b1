import { type Exercise, type Judgement, type Probes, type Step } from "../../src/course/authoring.js";
import { type WorkRun } from "../../src/subjects/jobs/probe.js";
import { edition2026 } from "./edition-2026.js";
import { hints } from "./hints.js";
import { judgeHost } from "./rules/host.js";
import { judgeSeveral } from "./rules/several.js";
import { judgeKept } from "./rules/kept.js";
import { judgeComplete, judgeInProgress } from "./rules/statuses.js";
import { judgeTaken } from "./rules/taken.js";
import { judgeUnknown } from "./rules/unknown.js";

/** The kinds of evidence that its checks ask for. */
type Evidence = "code" | "jobs";

/** Judges the run of API and worker, which there is once a job was taken. */
function ofRun(
  judge: (run: WorkRun, probes: Probes<Evidence>) => Judgement | Promise<Judgement>,
): Step<Evidence>["examine"] {
  return async (probes) => {
    const run = await probes.jobs.work();
    if (!run) throw new Error("a job was taken, and there is no worker");
    return judge(run, probes);
  };
}

const steps: Step<Evidence>[] = [
  {
    id: "6.1",
    solution: ["worker.py"],
    title: "the worker takes the job",
    needs: [],
    lasting: false,
    task: ({ tq }) =>
      `In worker.py, execute_job(jid) becomes a worker of the queue, and is started:\n\n    @q.worker\n    def execute_job(jid):\n        ...\n\n    execute_job()\n\n${tq("exercise 6 --start")} lays out a beginning. Run API and worker in two\nterminals, and send a request from a third. tq runs copies of your files\nagainst a Redis of its own.`,
    examine: async ({ jobs, code, place }) => judgeTaken(await jobs.work(), await code.project(), place),
  },
  {
    id: "6.2",
    solution: ["jobs.py#start_job", "jobs.py#update_job_status", "worker.py#execute_job"],
    title: "the record says that somebody works on it",
    needs: ["6.1"],
    lasting: false,
    task: () => 'The first thing that execute_job does:\n\n    update_job_status(jid, "in progress")',
    examine: ofRun(async (run, { code, place }) => judgeInProgress(run, await code.project(), place)),
  },
  {
    id: "6.3",
    solution: ["jobs.py#update_job_status", "worker.py#execute_job"],
    title: "the record says that it is done",
    needs: ["6.2"],
    lasting: false,
    task: () =>
      'Then comes the work; for now a sleep stands for it. And then:\n\n    update_job_status(jid, "complete")',
    examine: ofRun(async (run, { code, place }) => judgeComplete(run, await code.project(), place)),
  },
  {
    id: "6.4",
    solution: ["jobs.py#update_job_status"],
    title: "the rest of the record is as it was",
    needs: ["6.3"],
    lasting: false,
    task: ({ redisCli }) =>
      `update_job_status changes the status, and nothing else. Look:\n\n    ${redisCli(0, "HGETALL", "job.<id>")}`,
    examine: ofRun(async (run, { code, place }) => judgeKept(run, await code.project(), place)),
  },
  {
    id: "6.5",
    solution: ["worker.py"],
    title: "jobs that wait are done after, in order, none twice",
    needs: ["6.3"],
    lasting: false,
    task: () => "Send several requests while the worker is busy, and watch their statuses.",
    examine: ofRun((run, { place }) => judgeSeveral(run, place)),
  },
  {
    id: "6.6",
    solution: ["jobs.py#host", "jobs.py#rd", "jobs.py#jdb", "jobs.py#q"],
    title: "the host of Redis comes from REDIS_IP, with a default",
    needs: ["6.3"],
    lasting: false,
    task: () =>
      'The same files are to run here and in containers. So in jobs.py the host comes\nfrom the environment, for q and for rd:\n\n    host = os.environ.get("REDIS_IP", "127.0.0.1")',
    examine: ofRun(async (run, { jobs, code, place }) =>
      judgeHost(run, await jobs.withoutVariable(), await code.project(), place),
    ),
  },
  {
    id: "6.7",
    solution: [
      "jobs.py#start_job",
      "jobs.py#get_job_by_id",
      "jobs.py#update_job_status",
      "worker.py#execute_job",
    ],
    title: "an id that has no record does not pass in silence",
    needs: ["6.5"],
    lasting: false,
    task: ({ tq }) =>
      `Put an id on the queue that no record has, and see what your worker does:\n\n    ${tq("push no-such-job")}\n\nIt is to say which id it was. Whether it ends or goes on is yours to decide.`,
    examine: ofRun((run, { place }) => judgeUnknown(run, place)),
  },
];

export const exercise: Exercise<Evidence> = {
  number: 6,
  slug: "execute-the-job",
  title: "Execute the job",
  summary: "a worker takes the id, does the work, and keeps the record's status",
  needs: ["python", "web"],
  subjects: ["code", "jobs"],
  steps,
  hints,
  editions: { "2026": edition2026 },
  halfway: [],
  mistakes: {},
};
