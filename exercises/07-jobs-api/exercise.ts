import { type Exercise, type Judgement, type Probes, type Step } from "../../src/course/authoring.js";
import { describeFound, type SystemRun } from "../../src/subjects/jobs/probe.js";
import { type Project } from "../../src/subjects/python-code/probe.js";
import { hints } from "./hints.js";
import { judgeCode } from "./rules/code.js";
import { judgeContainers } from "./rules/containers.js";
import { judgeData } from "./rules/data.js";
import { judgeEarly, judgeRestart } from "./rules/early.js";
import { judgeAnswers, judgeStart } from "./rules/start.js";
import { judgeDone } from "./rules/done.js";
import { judgeSharing } from "./rules/sharing.js";
import { judgeStatus } from "./rules/status.js";
import { judgeSubmitted } from "./rules/submitted.js";

/** The kinds of evidence that its checks ask for. */
type Evidence = "code" | "jobs" | "compose";

interface RuleOptions extends Pick<Probes<Evidence>, "place"> {
  /** It runs somewhere, and its code need not be here. */
  outside: boolean;
  project: Project | null;
}

type Rule = (run: SystemRun, options: RuleOptions) => Judgement;

/** Judges the run of the whole system. */
function ofRun(judge: Rule): Step<Evidence>["examine"] {
  return async ({ jobs, code, place }) => {
    const run = await jobs.system();
    if (!run) throw new Error("the code has an API and a worker, and they were not run");
    const outside = place.url !== null;
    return judge(run, { place, outside, project: outside ? null : await code.project() });
  };
}

const steps: Step<Evidence>[] = [
  {
    id: "7.1",
    title: "the code can work",
    needs: [],
    lasting: false,
    task: ({ tq }) =>
      `Put it all together: api.py, jobs.py, worker.py, in this folder or in src.\n${tq("exercise 7 --start")} lays out what you have from the last exercise, and a\nsmall set of data. tq reads your files first, without running them.`,
    examine: async ({ code, jobs, place }) => judgeCode(await code.project(), place, () => jobs.system()),
  },
  {
    id: "7.2",
    solution: ["api.py"],
    title: "the API starts and answers",
    needs: ["7.1"],
    lasting: false,
    fromOutside: true,
    task: () =>
      "Start it:\n\n    python api.py\n\ntq runs a copy of it against a Redis of its own, on a port of its own.",
    examine: async ({ jobs, code, place }) => {
      const run = await jobs.system();
      if (!run) throw new Error("the code has an API and a worker, and they were not run");
      if (place.url !== null) return judgeAnswers(run, place.url);
      return judgeStart(run, (await code.project()).api?.file ?? "api.py", place);
    },
  },
  {
    id: "7.3",
    solution: [
      "api.py#load_data",
      "api.py#read_data",
      "api.py#read_one",
      "jobs.py#save_sightings",
      "jobs.py#get_sighting",
      "jobs.py#list_sightings",
    ],
    title: "data is loaded, listed, searched and found by its id",
    needs: ["7.2"],
    lasting: false,
    fromOutside: true,
    task: () =>
      "Four routes for the data:\n\n    POST /data              loads it into Redis\n    GET /data               lists it\n    GET /data?search=…      only what holds the word\n    GET /data/<id>          one record; 404 where there is none",
    examine: ofRun((run, { place }) => judgeData(run, place)),
  },
  {
    id: "7.4",
    solution: ["api.py#JobRequest", "api.py#create_job", "jobs.py#add_job"],
    title: "a job is answered at once with an id, saved and queued",
    needs: ["7.2"],
    lasting: false,
    fromOutside: true,
    task: () => "POST /jobs, as in exercise 5: save, queue, answer.",
    examine: ofRun(judgeSubmitted),
  },
  {
    id: "7.5",
    solution: ["api.py#read_jobs", "api.py#read_job", "jobs.py#get_job_by_id", "jobs.py#list_jobs"],
    title: "its status can be read at every stage",
    needs: ["7.4"],
    lasting: false,
    fromOutside: true,
    task: () =>
      "Two routes to ask with:\n\n    GET /jobs/<id>      the record, with the status\n    GET /jobs           all of them, or all ids",
    examine: ofRun(judgeStatus),
  },
  {
    id: "7.6",
    solution: ["api.py#read_one", "api.py#read_job", "api.py#read_result", "jobs.py#get_result"],
    title: "who asks too early, or for what is not there, is told so",
    needs: ["7.4"],
    lasting: false,
    fromOutside: true,
    task: () =>
      "GET /jobs/<id>/results gives the result. Before the job is complete there is\nnone: say so. And an id that no job has is answered with 404, on both routes.",
    examine: ofRun(judgeEarly),
  },
  {
    id: "7.7",
    title: "the API restarts without losing a job",
    needs: ["7.5"],
    lasting: false,
    task: () => "Submit a job, end the API with Ctrl-C, start it again, and ask for the job.",
    examine: ofRun(judgeRestart),
  },
  {
    id: "7.8",
    solution: [
      "worker.py",
      "jobs.py#update_job_status",
      "jobs.py#save_result",
      "jobs.py#get_result",
      "api.py#read_result",
    ],
    title: "a worker does it, and the result can be read",
    needs: ["7.5", "7.7"],
    lasting: false,
    fromOutside: true,
    task: () =>
      "The worker reads the data between start and end, makes a result of it, and\nsaves it under the job's id. Submit a job while no worker runs: it waits, and is\ndone when you start one.",
    examine: ofRun(judgeDone),
  },
  {
    id: "7.9",
    solution: ["worker.py#execute_job"],
    title: "three workers share the jobs",
    needs: ["7.8"],
    lasting: false,
    task: () => "Start three workers, and submit six jobs. tq measures it: one worker against three.",
    examine: ofRun(judgeSharing),
  },
  {
    id: "7.10",
    solution: ["docker-compose.yml", "Dockerfile", "requirements.txt"],
    title: "as containers: Redis, API and workers",
    needs: ["7.1"],
    lasting: false,
    task: () =>
      "Write a Dockerfile and docker-compose.yml: Redis, the API with a published port,\nthe worker. Both get REDIS_IP with the name of the Redis service, and the code\nreads it. Then:\n\n    docker compose up --build --detach --scale worker=3\n    tq exercise 7 --check --url http://localhost:5000",
    examine: async ({ compose, code, place }) =>
      judgeContainers(await compose.around(), await code.project(), place),
  },
];

export const exercise: Exercise<Evidence> = {
  number: 7,
  slug: "jobs-api",
  title: "The whole jobs API",
  summary: "data, jobs, workers and results, as programs and as containers",
  needs: ["python", "web"],
  subjects: ["code", "jobs", "compose"],
  steps,
  hints,
  describe: async ({ jobs }) => {
    const run = await jobs.system();
    return run && describeFound(run);
  },
  halfway: [],
  mistakes: {},
  takes: ["url", "job", "system"],
};
