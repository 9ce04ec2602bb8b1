import { type Exercise, type Step } from "../../src/course/authoring.js";
import { edition2026 } from "./edition-2026.js";
import { hints } from "./hints.js";
import { judgeImports } from "./rules/imports.js";
import { judgeLoading } from "./rules/loading.js";
import { judgeNames, judgeReadable } from "./rules/names.js";
import { judgePlacement } from "./rules/placement.js";
import { judgePrivacy } from "./rules/privacy.js";

/** The kinds of evidence that its checks ask for. */
type Evidence = "code";

const steps: Step<Evidence>[] = [
  {
    id: "4.1",
    solution: ["api.py", "jobs.py", "worker.py"],
    title: "each name is where it belongs, and only there",
    needs: [],
    lasting: false,
    task: ({ tq }) =>
      `Lay out the page of fragments:\n\n    ${tq("exercise 4 --start")}\n\nSort what stands in fragments.txt into api.py (the web server), jobs.py (jobs in\nRedis and on the queue) and worker.py (executes jobs). Flask or FastAPI: take one.\nLeave the bodies as they are.`,
    examine: async ({ code, place }) => judgePlacement(await code.project(), place),
  },
  {
    id: "4.2",
    solution: ["jobs.py"],
    title: "what only jobs itself uses is private",
    needs: ["4.1"],
    lasting: false,
    task: () =>
      "Who calls what? A function that only its own module calls gets a leading\nunderscore, where it is defined and where it is called:\n\n    def _generate_jid():\n\nWhat api.py or worker.py calls stays without.",
    examine: async ({ code, place }) => judgePrivacy(await code.project(), place),
  },
  {
    id: "4.3",
    solution: ["api.py", "worker.py"],
    title: "api and worker import jobs, and jobs neither",
    needs: ["4.1"],
    lasting: false,
    task: () =>
      "Write the imports between your modules:\n\n    from jobs import add_job\n\napi imports jobs, worker imports from jobs, jobs imports neither of them.",
    examine: async ({ code, place }) => judgeImports(await code.project(), place),
  },
  {
    id: "4.4",
    title: "nothing is used that is neither defined nor imported",
    needs: ["4.3"],
    lasting: false,
    task: () =>
      "Write the other imports: what each module uses of Python (uuid) and of packages\n(redis, hotqueue, flask or fastapi). Each module has its own.",
    examine: async ({ code, place }) => {
      const project = await code.project();
      return judgeReadable(project, place) ?? judgeNames(project, place);
    },
  },
  {
    id: "4.5",
    title: "each module imports without error",
    needs: ["4.4"],
    lasting: false,
    task: () =>
      'Import each module by itself:\n\n    python -c "import jobs"\n\nBodies are still open: there stands ... alone on its line. tq imports a copy of\nyour files, and connects to nothing.',
    examine: async ({ code, place }) => judgeLoading(await code.project(), await code.imports(), place),
  },
];

export const exercise: Exercise<Evidence> = {
  number: 4,
  slug: "code-organization",
  title: "Code organization",
  summary: "a page of fragments becomes three modules",
  needs: ["python", "web"],
  subjects: ["code"],
  steps,
  hints,
  editions: { "2026": edition2026 },
  halfway: [],
  mistakes: {},
};
